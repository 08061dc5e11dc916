import { createHmac } from 'node:crypto';
import { fixture, SIGN, signTwilioJson, ZENDESK_TEST_SECRET } from './signing';
import { ADDRESS, NOW_MS, vendorOf, verified } from './told';

const SAMPLES: readonly (readonly [keyof typeof SIGN, string])[] = [
  ['zendesk', 'zendesk-ticket-created'],
  ['zendesk', 'zendesk-trigger-ticket'],
  ['intercom', 'intercom-conversation-user-created'],
  ['typeform', 'typeform-nps-response'],
  ['calendly', 'calendly-invitee-created'],
  ['twilio', 'twilio-sms-inbound'],
  ['freshdesk', 'zendesk-trigger-ticket'],
];
const SECRET = 'the secret of the source';

describe.each(SAMPLES)('a delivery of %s (%s)', (type, name) => {
  const posted = SIGN[type](fixture(name), { secret: SECRET, atMs: NOW_MS, url: ADDRESS });

  it('is genuine with the secret of the source, also while that is replaced by another', () => {
    expect(verified(type, posted, { signingSecret: SECRET })).toBeNull();
    expect(verified(type, posted, { signingSecret: ['the next one', SECRET] })).toBeNull();
  });

  it('is refused with another secret, without a signature, and with one of another length', () => {
    expect(verified(type, posted, { signingSecret: `${SECRET}.` })).toBe('WEBHOOK_SIGNATURE_INVALID');
    expect(verified(type, { ...posted, headers: {} }, { signingSecret: SECRET })).toBe('WEBHOOK_SIGNATURE_INVALID');
    const headers = Object.fromEntries(Object.keys(posted.headers).map((header) => [header, 'x']));
    expect(verified(type, { ...posted, headers }, { signingSecret: SECRET })).toBe('WEBHOOK_SIGNATURE_INVALID');
  });

  it('needs a secret in the settings', () => {
    expect(vendorOf(type).checkSettings({})).toMatch(/^signingSecret must be /);
    expect(vendorOf(type).checkSettings({ signingSecret: SECRET })).toBeNull();
  });
});

it.each(SAMPLES.filter(([type]) => type !== 'freshdesk'))('a body of %s (%s) that was changed on its way is refused', (type, name) => {
  const posted = SIGN[type](fixture(name), { secret: SECRET, atMs: NOW_MS, url: ADDRESS });
  const changed = { ...posted, body: posted.body.replace('e', 'x') };
  expect(verified(type, changed, { signingSecret: SECRET })).toBe('WEBHOOK_SIGNATURE_INVALID');
});

describe('how old a signature may be', () => {
  const minutes = (count: number) => ({ receivedAtMs: NOW_MS + count * 60_000 });

  it.each([
    ['zendesk', 'zendesk-ticket-created', 5],
    ['calendly', 'calendly-invitee-created', 3],
  ] as const)('%s (%s): %s minutes, in the past or by a clock that goes wrong', (type, name, tolerance) => {
    const posted = SIGN[type](fixture(name), { secret: SECRET, atMs: NOW_MS, url: ADDRESS });
    const settings = { signingSecret: SECRET };
    expect(verified(type, posted, settings, minutes(tolerance))).toBeNull();
    expect(verified(type, posted, settings, minutes(-tolerance))).toBeNull();
    expect(verified(type, posted, settings, minutes(tolerance + 0.1))).toBe('WEBHOOK_STALE');
    expect(verified(type, posted, settings, minutes(-tolerance - 0.1))).toBe('WEBHOOK_STALE');
  });

  it('is asked only of what is signed: a stale time with a wrong signature is a wrong signature', () => {
    const posted = SIGN.zendesk(fixture('zendesk-ticket-created'), { secret: SECRET, atMs: NOW_MS, url: ADDRESS });
    expect(verified('zendesk', posted, { signingSecret: 'another' }, minutes(60))).toBe('WEBHOOK_SIGNATURE_INVALID');
  });

  it('a time that is none is stale', () => {
    const posted = SIGN.zendesk(fixture('zendesk-ticket-created'), { secret: SECRET, atMs: NOW_MS, url: ADDRESS });
    const headers = { ...posted.headers, 'x-zendesk-webhook-signature-timestamp': 'yesterday' };
    const signature = createHmac('sha256', SECRET).update(`yesterday${posted.body}`).digest('base64');
    const forged = { ...posted, headers: { ...headers, 'x-zendesk-webhook-signature': signature } };
    expect(verified('zendesk', forged, { signingSecret: SECRET })).toBe('WEBHOOK_STALE');
  });
});

describe("the vendors' own worked examples", () => {
  it("Twilio's, of its documentation on webhook security", () => {
    const parameters = { CallSid: 'CA1234567890ABCDE', Caller: '+12349013030', Digits: '1234', From: '+12349013030', To: '+18005551212' };
    const posted = {
      body: new URLSearchParams(parameters).toString(),
      headers: { 'x-twilio-signature': '0/KCTR6DLpKmkAf8muzZqo1nDgQ=' },
    };
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    expect(verified('twilio', posted, { authToken: '12345' }, { url })).toBeNull();
    expect(verified('twilio', posted, { authToken: '12345' }, { url: url.replace('foo=1', 'foo=2') })).toBe('WEBHOOK_SIGNATURE_INVALID');
  });

  it("Zendesk's secret for tests is used as the text that it is", () => {
    const posted = SIGN.zendesk({ a: 1 }, { secret: ZENDESK_TEST_SECRET, atMs: NOW_MS, url: ADDRESS });
    expect(verified('zendesk', posted, { signingSecret: ZENDESK_TEST_SECRET })).toBeNull();
  });
});

describe('Twilio', () => {
  const sign = (url: string) => SIGN.twilio(fixture('twilio-sms-inbound'), { secret: SECRET, atMs: NOW_MS, url });

  it.each([
    ['https://host.example:443/webhooks/src_1', 'https://host.example/webhooks/src_1'],
    ['https://host.example/webhooks/src_1', 'https://host.example:443/webhooks/src_1'],
    ['http://host.example:80/webhooks/src_1', 'http://host.example/webhooks/src_1'],
    ['https://host.example/webhooks/src_1', 'https://host.example:8443/webhooks/src_1'],
  ])('signs %s where it was given %s: the port may be in it or not', (signed, given) => {
    expect(verified('twilio', sign(signed), { authToken: SECRET }, { url: given })).toBeNull();
  });

  it('signs JSON by its hash in the address', () => {
    const { url, ...posted } = signTwilioJson({ MessageSid: 'SM1' }, { secret: SECRET, atMs: NOW_MS, url: ADDRESS });
    expect(verified('twilio', posted, { authToken: SECRET }, { url })).toBeNull();
    expect(verified('twilio', { ...posted, body: '{}' }, { authToken: SECRET }, { url })).toBe('WEBHOOK_SIGNATURE_INVALID');
  });
});

it.each([
  ['the password of Basic authorization', { authorization: `Basic ${Buffer.from(`anybody:${SECRET}`).toString('base64')}` }, ADDRESS],
  ['its user name', { authorization: `Basic ${Buffer.from(`${SECRET}:`).toString('base64')}` }, ADDRESS],
  ['a header', { 'x-webhook-secret': SECRET }, ADDRESS],
  ['the address', {}, `${ADDRESS}?secret=${encodeURIComponent(SECRET)}`],
])('Freshdesk, which signs nothing, may carry the secret as %s', (_where, headers, url) => {
  expect(verified('freshdesk', { body: '{}', headers }, { secret: SECRET }, { url })).toBeNull();
});
