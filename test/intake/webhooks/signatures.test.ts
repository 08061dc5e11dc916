import { createHmac } from 'node:crypto';
import {
  SIGNER_NAMES,
  type Signer,
  type Signing,
  settingsWith,
  signedBy,
  signTwilioJson,
  ZENDESK_TEST_SECRET,
} from '../../../bench/fuzz/vendorSignatures';
import type { WebhookSettings } from '../../../src/intake/webhooks/webhookVendor';
import { ADDRESS, NOW_MS, vendorOf, verified } from './told';
import { FIXTURES, fixture, vendorFixture } from './vendorFixture';

const MINUTE_MS = 60_000;
const SECRET = 'the secret of the source';
const SIGNING: Signing = { secret: SECRET, atMs: NOW_MS, url: ADDRESS };
const SETTINGS: WebhookSettings = { signingSecret: SECRET };

/** Those whose signatures say when they were made, and for how many minutes they are good. */
const GOOD_FOR_MINUTES: Partial<Record<Signer, number>> = { calendly: 3, hubspot: 5, salesforce: 5, sendgrid: 5, stripe: 5, zendesk: 5 };
/** Those that send a secret instead of a signature. */
const SIGN_NOTHING: readonly Signer[] = ['freshdesk', 'mailchimp'];

const SAMPLES: readonly (readonly [name: string, type: Signer, bodyText: string])[] = [
  ...FIXTURES.map((name) => [name, vendorFixture(name).type as Signer, vendorFixture(name).bodyText] as const),
  ['freshdesk-ticket', 'freshdesk', '{"ticket_id":7}'],
];
const minutesLater = (minutes: number) => ({ receivedAtMs: NOW_MS + minutes * MINUTE_MS });

describe.each(SAMPLES)('a delivery signed as its vendor signs (%s)', (_name, type, bodyText) => {
  const posted = signedBy(type, bodyText, SIGNING);
  const settings = settingsWith(type, SECRET);

  it('is genuine, also while the secret is replaced by another', async () => {
    expect(await verified(type, posted, settings)).toBeNull();
    const both = Object.fromEntries(Object.entries(settings).map(([name, secret]) => [name, ['the next one', secret]]));
    expect(await verified(type, posted, both as WebhookSettings)).toBeNull();
  });

  it('is refused for a source with another secret or none, and without its signature', async () => {
    const others = [{ signingSecret: `${SECRET}.`, publicKey: 'another', urlSecret: 'another' }, {}, { signingSecret: '' }];
    for (const other of others) expect(await verified(type, posted, other)).toBe('WEBHOOK_SIGNATURE_INVALID');
    const nonsense = Object.fromEntries(Object.keys(posted.headers).map((header) => [header, 'x']));
    for (const headers of [{}, nonsense]) {
      expect(await verified(type, { ...posted, headers }, settings, { url: ADDRESS })).toBe('WEBHOOK_SIGNATURE_INVALID');
    }
  });

  it('is refused once a byte of it is changed, where its vendor signs the body', async () => {
    const changed = { ...posted, body: bodyText.replace(/[0-9]/, (digit) => String((Number(digit) + 1) % 10)) };
    expect(await verified(type, changed, settings)).toBe(SIGN_NOTHING.includes(type) ? null : 'WEBHOOK_SIGNATURE_INVALID');
  });

  it('is good for as long as its vendor says, in the past or by a clock that goes wrong', async () => {
    const minutes = GOOD_FOR_MINUTES[type] ?? 48 * 60;
    for (const sign of [1, -1]) {
      expect(await verified(type, posted, settings, minutesLater(sign * minutes))).toBeNull();
      expect(await verified(type, posted, settings, minutesLater(sign * (minutes + 0.1)))).toBe(
        type in GOOD_FOR_MINUTES ? 'WEBHOOK_STALE' : null,
      );
    }
  });
});

it.each(SIGNER_NAMES)('settings of a source of %s will do with what its vendor signs with, and not without', (type) => {
  expect(vendorOf(type).checkSettings(settingsWith(type, SECRET))).toBeNull();
  expect(vendorOf(type).checkSettings({})).toMatch(/^(signingSecret|publicKey|urlSecret) must be /);
  expect(vendorOf(type).checkSettings({ signingSecret: 7, publicKey: 'no key', urlSecret: [] })).not.toBeNull();
});

describe('the time of a signature', () => {
  it('is asked only of what is signed: a stale time with a wrong signature is a wrong signature', async () => {
    const posted = signedBy('zendesk', fixture('zendesk-ticket-created'), SIGNING);
    expect(await verified('zendesk', posted, { signingSecret: 'another' }, minutesLater(60))).toBe('WEBHOOK_SIGNATURE_INVALID');
  });

  it('is part of what is signed', async () => {
    const posted = signedBy('stripe', fixture('stripe-invoice-paid'), SIGNING);
    const fresh = (posted.headers['stripe-signature'] ?? '').replace(/t=\d+/, `t=${(NOW_MS + 60 * MINUTE_MS) / 1000}`);
    const forged = { ...posted, headers: { 'stripe-signature': fresh } };
    expect(await verified('stripe', forged, SETTINGS, minutesLater(60))).toBe('WEBHOOK_SIGNATURE_INVALID');
  });

  it('that is none is stale', async () => {
    const posted = signedBy('zendesk', fixture('zendesk-ticket-created'), SIGNING);
    const headers = { ...posted.headers, 'x-zendesk-webhook-signature-timestamp': 'yesterday' };
    const signature = createHmac('sha256', SECRET).update(`yesterday${posted.body}`).digest('base64');
    const forged = { ...posted, headers: { ...headers, 'x-zendesk-webhook-signature': signature } };
    expect(await verified('zendesk', forged, SETTINGS)).toBe('WEBHOOK_STALE');
  });
});

describe("the vendors' own worked examples", () => {
  it("Twilio's, of its documentation on webhook security", async () => {
    const parameters = { CallSid: 'CA1234567890ABCDE', Caller: '+12349013030', Digits: '1234', From: '+12349013030', To: '+18005551212' };
    const posted = {
      body: new URLSearchParams(parameters).toString(),
      headers: { 'x-twilio-signature': '0/KCTR6DLpKmkAf8muzZqo1nDgQ=' },
    };
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    expect(await verified('twilio', posted, { authToken: '12345' }, { url })).toBeNull();
    expect(await verified('twilio', posted, { authToken: '12345' }, { url: url.replace('foo=1', 'foo=2') })).toBe(
      'WEBHOOK_SIGNATURE_INVALID',
    );
  });

  it("Stripe's, made by generateTestHeaderString of its own package (stripe-node 23.1.0)", async () => {
    const signature = 't=1795348800,v1=ceaad1fc52ff30c27df246bc534e57133b74164deadee603cc7f769e4824dae0';
    const posted = { body: '{"id":"evt_test_webhook","object":"event"}', headers: { 'stripe-signature': signature } };
    expect(await verified('stripe', posted, { signingSecret: 'whsec_test_secret' })).toBeNull();
    expect(await verified('stripe', { ...posted, body: `${posted.body} ` }, { signingSecret: 'whsec_test_secret' })).toBe(
      'WEBHOOK_SIGNATURE_INVALID',
    );
  });

  it("Zendesk's secret for tests is used as the text that it is", async () => {
    const posted = signedBy('zendesk', { a: 1 }, { ...SIGNING, secret: ZENDESK_TEST_SECRET });
    expect(await verified('zendesk', posted, { signingSecret: ZENDESK_TEST_SECRET })).toBeNull();
  });
});

describe('Twilio', () => {
  it.each([
    ['https://host.example:443/webhooks/src_1', 'https://host.example/webhooks/src_1'],
    ['https://host.example/webhooks/src_1', 'https://host.example:443/webhooks/src_1'],
    ['http://host.example:80/webhooks/src_1', 'http://host.example/webhooks/src_1'],
    ['https://host.example/webhooks/src_1', 'https://host.example:8443/webhooks/src_1'],
  ])('signs %s where it was given %s: the port may be in it or not', async (signed, url) => {
    const posted = signedBy('twilio', fixture('twilio-sms-inbound'), { ...SIGNING, url: signed });
    expect(await verified('twilio', posted, { authToken: SECRET }, { url })).toBeNull();
  });

  it('signs JSON by its hash in the address', async () => {
    const posted = signTwilioJson({ MessageSid: 'SM1' }, SIGNING);
    expect(await verified('twilio', posted, { authToken: SECRET })).toBeNull();
    expect(await verified('twilio', { ...posted, body: '{}' }, { authToken: SECRET })).toBe('WEBHOOK_SIGNATURE_INVALID');
  });
});

describe('HubSpot', () => {
  it('signs the address with its colons decoded', async () => {
    const url = `${ADDRESS}?region=eu%3Awest`;
    const posted = signedBy('hubspot', fixture('hubspot-workflow-deal'), { ...SIGNING, url });
    expect(await verified('hubspot', posted, SETTINGS, { url })).toBeNull();
  });

  it('has older signatures, which are not enough: they cover no time', async () => {
    const { bodyText, headers } = vendorFixture('hubspot-workflow-contact');
    const { 'x-hubspot-signature-v3': _, ...older } = headers;
    expect(older['x-hubspot-signature']).toMatch(/^[0-9a-f]{64}$/);
    expect(await verified('hubspot', { body: bodyText, headers: older }, SETTINGS)).toBe('WEBHOOK_SIGNATURE_INVALID');
  });
});

it('Stripe signs a second time with a secret that replaces another', async () => {
  const posted = signedBy('stripe', fixture('stripe-invoice-paid'), SIGNING);
  const signature = (posted.headers['stripe-signature'] ?? '').replace(',v1=', `,v1=${'0'.repeat(64)},v1=`);
  expect(await verified('stripe', { ...posted, headers: { 'stripe-signature': signature } }, SETTINGS)).toBeNull();
});

it("a bridge to Salesforce may send the shared secret in a signature's place, and no other", async () => {
  const verify = (authorization: string) => verified('salesforce', { body: '{}', headers: { authorization } }, SETTINGS);
  expect(await verify(`Bearer ${SECRET}`)).toBeNull();
  for (const wrong of ['Bearer ', 'Bearer another', SECRET, `Basic ${SECRET}`])
    expect(await verify(wrong)).toBe('WEBHOOK_SIGNATURE_INVALID');
});

it("the address that Mailchimp was given is the secret: nothing else tells a delivery from a stranger's", async () => {
  const secret = encodeURIComponent(SECRET);
  const verify = (url: string) => verified('mailchimp', { body: 'type=subscribe', headers: {} }, { urlSecret: SECRET }, { url });
  expect(await verify(`${ADDRESS}?a=1&secret=${secret}`)).toBeNull();
  for (const url of [ADDRESS, 'https://h/?secret=', 'https://h/?secret=another', `https://h/${secret}`]) {
    expect(await verify(url)).toBe('WEBHOOK_SIGNATURE_INVALID');
  }
});

it.each([
  ['the password of Basic authorization', { authorization: `Basic ${Buffer.from(`anybody:${SECRET}`).toString('base64')}` }, ADDRESS],
  ['its user name', { authorization: `Basic ${Buffer.from(`${SECRET}:`).toString('base64')}` }, ADDRESS],
  ['a header', { 'x-webhook-secret': SECRET }, ADDRESS],
  ['the address', {}, `${ADDRESS}?secret=${encodeURIComponent(SECRET)}`],
])('Freshdesk, which signs nothing, may carry the secret as %s', async (_where, headers, url) => {
  expect(await verified('freshdesk', { body: '{}', headers }, { secret: SECRET }, { url })).toBeNull();
});
