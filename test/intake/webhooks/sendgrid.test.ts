import { settingsWith, signedBy } from '../../../bench/fuzz/vendorSignatures';
import { SENDGRID } from '../../../src/intake/webhooks/sendgrid';
import { UnreadablePayload } from '../../../src/intake/webhooks/webhookVendor';
import { mapped } from './mapped';
import { ADDRESS, NOW_MS, verified } from './told';
import { vendorFixture } from './vendorFixture';

const ADA = 'email:ada.lovelace@example.com';
const anEvent = (fields: object) => ({
  email: 'ada.lovelace@example.com',
  timestamp: 1_777_629_600,
  sg_event_id: 'e-1',
  sg_message_id: 'm-1',
  ...fields,
});

describe('a batch that SendGrid sent', () => {
  const batch = mapped(SENDGRID, vendorFixture('sendgrid-events').payload);

  it('is one interaction an event, but for a delay', () => {
    expect(batch.map(({ kind, name, direction }) => `${kind} ${name} ${direction}`)).toEqual([
      'EMAIL_SENT Email Sent OUTBOUND',
      'EMAIL_DELIVERED Email Delivered OUTBOUND',
      'EMAIL_OPENED Email Opened INBOUND',
      'EMAIL_CLICKED Email Link Clicked INBOUND',
      'EMAIL_BOUNCED Email Bounced OUTBOUND',
      'CUSTOM Email Marked as Spam INBOUND',
      'UNSUBSCRIBED Unsubscribed INBOUND',
      'UNSUBSCRIBED Unsubscribed INBOUND',
    ]);
  });

  it("is marketing's, by e-mail, of whom the letter went to", () => {
    for (const one of batch) {
      expect(one).toMatchObject({ department: 'MARKETING', channel: 'EMAIL', identifiers: [ADA], occurredAt: '2017-12-15T00:59:29.000Z' });
      expect(one.subject).toEqual({ type: 'email', externalId: '14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0' });
      expect(one.properties['campaign_name']).toBe('spring-campaign');
    }
  });

  it('names each by its event id', () => {
    expect(batch[0]?.messageId).toBe('2FeCcG5VRWpck6mKqRgnDg==');
    expect(new Set(batch.map(({ messageId }) => messageId)).size).toBe(8);
  });
});

describe('an event of a letter', () => {
  it('opened by a machine was not opened', () => {
    expect(mapped(SENDGRID, [anEvent({ event: 'open', sg_machine_open: true })])).toMatchObject([
      { kind: 'CUSTOM', name: 'Email Opened By Machine', department: 'MARKETING', channel: 'EMAIL', direction: 'INTERNAL' },
    ]);
  });

  it.each([
    [
      { event: 'dropped', reason: 'Bounced Address' },
      { kind: 'CUSTOM', name: 'Email Dropped', properties: { reason: 'Bounced Address' } },
    ],
    [
      { event: 'group_resubscribe', asm_group_id: 10 },
      { kind: 'CONSENT_CHANGED', channel: 'EMAIL', properties: { purpose: 'email', granted: true, group_id: '10' } },
    ],
    [
      { event: 'click', url: 'https://a.example' },
      { kind: 'EMAIL_CLICKED', properties: { link_url: 'https://a.example' } },
    ],
    [{ event: 'delivered', user_id: 'user-ada' }, { identifiers: ['user_id:user-ada', ADA] }],
    [
      { event: 'open', singlesend_id: 's-1', singlesend_name: 'Spring', category: ['a', 'b'] },
      { properties: { campaign_id: 's-1', campaign_name: 'Spring', categories: ['a', 'b'] } },
    ],
  ])('%j', (fields, expected) => {
    expect(mapped(SENDGRID, [anEvent(fields)])).toMatchObject([expected]);
  });

  it('without an id is named by what it says', () => {
    const [one, again, other] = mapped(SENDGRID, [
      anEvent({ event: 'open', sg_event_id: null }),
      Object.fromEntries(Object.entries(anEvent({ event: 'open', sg_event_id: null })).reverse()),
      anEvent({ event: 'click', sg_event_id: null }),
    ]);
    expect(one?.messageId).toBe(again?.messageId);
    expect(one?.messageId).not.toBe(other?.messageId);
  });

  it('of an account, not of a letter, is left out; one without a time can not be read', () => {
    expect(mapped(SENDGRID, [anEvent({ event: 'account_status_change' })])).toEqual([]);
    expect(() => SENDGRID.toMessages([anEvent({ event: 'open', timestamp: null })], {}, {})).toThrow(UnreadablePayload);
  });
});

it('verifies a body to its last byte: SendGrid ends some with a line break', async () => {
  const sent = signedBy('sendgrid', '[{"event":"open"}]\r\n', { secret: '', atMs: NOW_MS, url: ADDRESS });
  const settings = settingsWith('sendgrid', '');
  expect(await verified('sendgrid', sent, settings)).toBeNull();
  expect(await verified('sendgrid', { ...sent, body: '[{"event":"open"}]' }, settings)).toBe('WEBHOOK_SIGNATURE_INVALID');
});

it("verifies the example that the tests of Twilio's own verifier have (sendgrid-nodejs, packages/eventwebhook)", () => {
  const dropped = {
    email: 'hello@world.com',
    event: 'dropped',
    reason: 'Bounced Address',
    sg_event_id: 'ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA',
    sg_message_id: 'LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0',
    'smtp-id': '<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>',
    timestamp: 1600112492,
  };
  const headers = {
    'x-twilio-email-event-webhook-signature':
      'MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=',
    'x-twilio-email-event-webhook-timestamp': '1600112502',
  };
  const publicKey =
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==';
  const delivery = { body: Buffer.from(`${JSON.stringify([dropped])}\r\n`), headers, url: '', receivedAtMs: 1_600_112_503_000 };
  expect(SENDGRID.verify(delivery, { publicKey })).toBeNull();
  expect(SENDGRID.verify({ ...delivery, receivedAtMs: Date.UTC(2026, 4, 1) }, { publicKey })).toBe('WEBHOOK_STALE');
});
