import { MAILCHIMP } from '../../../src/intake/webhooks/mailchimp';
import { UnreadablePayload } from '../../../src/intake/webhooks/webhookVendor';
import type { Json } from '../../../src/kernel/json';
import { type Mapped, mapped } from './mapped';
import { vendorFixture } from './vendorFixture';

const parse = (body: string): Json => MAILCHIMP.parse?.(Buffer.from(body)) ?? null;
const FIRED_AT = '2009-03-26 21:36:52';

/** As Mailchimp posts it. */
function posted(type: string, data: Record<string, string>): Mapped[] {
  const form = new URLSearchParams({ type, fired_at: FIRED_AT });
  for (const [name, value] of Object.entries(data)) form.set(`data${name.startsWith('[') ? name : `[${name}]`}`, value);
  return mapped(MAILCHIMP, parse(form.toString()));
}

describe('a member who subscribed', () => {
  const form = new URLSearchParams(vendorFixture('mailchimp-subscribe').payload as Record<string, string>).toString();
  const all = mapped(MAILCHIMP, parse(form));

  it('consents to letters, and says who it is', () => {
    const whose = {
      department: 'MARKETING',
      channel: 'EMAIL',
      occurredAt: '2009-03-26T21:35:57.000Z',
      identifiers: ['mailchimp.member_id:8a25ff1d98', 'email:api@mailchimp.com'],
    };
    expect(all).toEqual([
      expect.objectContaining({
        ...whose,
        kind: 'CONSENT_CHANGED',
        direction: 'INBOUND',
        properties: { purpose: 'email', granted: true, list_id: 'a6b5da1054' },
      }),
      expect.objectContaining({
        ...whose,
        kind: 'IDENTIFIED',
        properties: { email: 'api@mailchimp.com', firstName: 'Mailchimp', lastName: 'API', interests: 'Group1,Group2' },
      }),
    ]);
  });

  it('counts once when the same form comes again, in whatever order, and again when another comes', () => {
    const reversed = new URLSearchParams([...new URLSearchParams(form)].reverse()).toString();
    expect(mapped(MAILCHIMP, parse(reversed)).map(({ messageId }) => messageId)).toEqual(all.map(({ messageId }) => messageId));
    expect(mapped(MAILCHIMP, parse(form.replace('57', '58')))[0]?.messageId).not.toBe(all[0]?.messageId);
  });
});

it.each([
  [
    'unsubscribe',
    { id: 'm1', email: 'a@example.com', reason: 'manual', action: 'unsub' },
    { kind: 'UNSUBSCRIBED', direction: 'INBOUND', properties: { reason: 'manual' } },
  ],
  [
    'cleaned',
    { email: 'a@example.com', reason: 'hard', campaign_id: 'c1' },
    { kind: 'EMAIL_BOUNCED', properties: { reason: 'hard', campaign_id: 'c1' } },
  ],
  ['cleaned', { email: 'a@example.com', reason: 'abuse' }, { kind: 'CUSTOM', name: 'Email Marked as Spam', direction: 'INBOUND' }],
  [
    'profile',
    { id: 'm1', email: 'a@example.com', '[merges][FNAME]': 'Ada', '[merges][PLAN]': 'pro' },
    { kind: 'IDENTIFIED', properties: { email: 'a@example.com', firstName: 'Ada', plan: 'pro' } },
  ],
])('%s %j', (type, data, expected) => {
  expect(posted(type, data)).toMatchObject([{ department: 'MARKETING', channel: 'EMAIL', ...expected }]);
});

it('takes the old and the new address of a member for one person', () => {
  expect(posted('upemail', { new_id: 'm2', new_email: 'new@example.com', old_email: 'old@example.com' })).toMatchObject([
    {
      kind: 'IDENTIFIED',
      identifiers: ['mailchimp.member_id:m2', 'email:new@example.com', 'email:old@example.com'],
      aliases: [[1, 2]],
      properties: { email: 'new@example.com' },
    },
  ]);
});

it('has nothing to say of a campaign that was sent', () => {
  expect(posted('campaign', { id: 'c1', subject: 'Spring', status: 'sent' })).toEqual([]);
});

it('can not read a form without its type or time', () => {
  for (const body of ['', 'type=subscribe', `fired_at=${FIRED_AT}`, 'type=subscribe&fired_at=soon']) {
    expect(() => MAILCHIMP.toMessages(parse(body), {}, {})).toThrow(UnreadablePayload);
  }
});
