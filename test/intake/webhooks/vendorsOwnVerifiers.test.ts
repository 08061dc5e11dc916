import { generateKeyPairSync, sign } from 'node:crypto';
import { EventWebhook } from '@sendgrid/eventwebhook';
import fc from 'fast-check';
import Stripe from 'stripe';
import type { WebhookSettings } from '../../../src/intake/webhooks/webhookVendor';
import MADE_BY_PACKAGES from '../../fixtures/signatures/madeByPackages.json';
import { NOW_MS, verified } from './told';

const NOW_SECONDS = NOW_MS / 1000;
const TEXT = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
const SECRET = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== '');
const CHANGE = fc.constantFrom('nothing', 'body', 'time', 'signature', 'key');
type Change = 'nothing' | 'body' | 'time' | 'signature' | 'key';

const isGenuine = async (type: string, body: string, headers: Readonly<Record<string, string>>, settings: WebhookSettings) =>
  (await verified(type, { body, headers }, settings)) === null;

/** What the vendor's package answers; it throws where it finds nothing to verify. */
function saysYes(ask: () => boolean): boolean {
  try {
    return ask();
  } catch {
    return false;
  }
}

describe("what is computed here, held against the vendors' own packages with any body and key, untouched or changed", () => {
  it("SendGrid's", async () => {
    const webhook = new EventWebhook();
    const pairs = [0, 1].map(() => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }));
    const keys = pairs.map(({ publicKey }) => publicKey.export({ format: 'der', type: 'spki' }).toString('base64'));
    await fc.assert(
      fc.asyncProperty(TEXT, CHANGE, async (text, change: Change) => {
        const made = sign('sha256', Buffer.from(`${NOW_SECONDS}${text}`), pairs[0]?.privateKey ?? '').toString('base64');
        const body = change === 'body' ? `${text} ` : text;
        const time = String(change === 'time' ? NOW_SECONDS + 1 : NOW_SECONDS);
        const signature = change === 'signature' ? made.slice(4) : made;
        const publicKey = keys[change === 'key' ? 1 : 0] ?? '';
        const headers = {
          'x-twilio-email-event-webhook-timestamp': time,
          'x-twilio-email-event-webhook-signature': signature,
        };
        const theirs = saysYes(() =>
          webhook.verifySignature(webhook.convertPublicKeyToECDSA(publicKey), Buffer.from(body), signature, time),
        );
        expect(theirs).toBe(change === 'nothing');
        expect(await isGenuine('sendgrid', body, headers, { publicKey })).toBe(theirs);
      }),
      { numRuns: 60 },
    );
  });

  it("Calendly's, which is Stripe's under another name", async () => {
    await fc.assert(
      fc.asyncProperty(TEXT, SECRET, CHANGE, async (text, secret, change: Change) => {
        const made = Stripe.webhooks.generateTestHeaderString({ payload: text, secret, timestamp: NOW_SECONDS });
        const body = change === 'body' ? `${text} ` : text;
        const header = { time: made.replace('t=', 't=1'), signature: made.replace('v1=', 'v1=0') }[change as string] ?? made;
        const key = change === 'key' ? `${secret}.` : secret;
        const theirs = saysYes(() => Stripe.webhooks.signature?.verifyHeader(body, header, key, 0) ?? false);
        expect(theirs).toBe(change === 'nothing');
        expect(await isGenuine('calendly', body, { 'calendly-webhook-signature': header }, { signingKey: key })).toBe(theirs);
        expect(await isGenuine('stripe', body, { 'stripe-signature': header }, { signingSecret: key })).toBe(theirs);
      }),
    );
  });
});

/** Signatures that packages made which are too heavy to be installed for this alone. */
describe.each(MADE_BY_PACKAGES)('a signature made by $madeBy, of $body', ({ type, body, headers, secret: signingSecret, url }) => {
  const posted = { body, headers: headers as unknown as Readonly<Record<string, string>> };

  it('is genuine as it is, and not with another body, secret or address', async () => {
    expect(await verified(type, posted, { signingSecret }, { url })).toBeNull();
    const others = [
      verified(type, { ...posted, body: `${body}&a=1` }, { signingSecret }, { url }),
      verified(type, posted, { signingSecret: `${signingSecret}.` }, { url }),
      ...(type === 'shopify' ? [] : [verified(type, posted, { signingSecret }, { url: url.replace('src_1000', 'src_1001') })]),
    ];
    for (const verdict of await Promise.all(others)) expect(verdict).toBe('WEBHOOK_SIGNATURE_INVALID');
  });
});

it('a signature of Twilio by an algorithm that is not known is none', async () => {
  const sample = MADE_BY_PACKAGES.find(({ type }) => type === 'twilio');
  const headers = { ...sample?.headers, 'x-twilio-webhooks-signature-settings': 'key=k,algorithm=HMAC_MD5' } as unknown as Record<
    string,
    string
  >;
  const posted = { body: sample?.body ?? '', headers };
  expect(await verified('twilio', posted, { signingSecret: sample?.secret ?? '' }, { url: sample?.url ?? '' })).toBe(
    'WEBHOOK_SIGNATURE_INVALID',
  );
});

describe("Stripe's package is asked so that", () => {
  const secret = 'whsec_a';
  const headerOf = (payload: string, timestamp = NOW_SECONDS) => Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  const verify = (body: string | Buffer, header: string) =>
    verified('stripe', { body: body as string, headers: { 'stripe-signature': header } }, { signingSecret: [' ', 'whsec_b', secret] });

  it('the time that is signed is the one whose age counts', async () => {
    expect(await verify('{}', headerOf('{}'))).toBeNull();
    const old = headerOf('{}', NOW_SECONDS - 3600);
    expect(await verify('{}', old)).toBe('WEBHOOK_STALE');
    expect(await verify('{}', `t=${NOW_SECONDS},${old}`)).toBe('WEBHOOK_SIGNATURE_INVALID');
    expect(await verify('{}', `${old},t=${NOW_SECONDS}`)).toBe('WEBHOOK_SIGNATURE_INVALID');
  });

  it('a header that it throws at is a wrong signature', async () => {
    const signature = headerOf('{}').replace(/.*v1=/, '');
    for (const value of ['', 'é'.repeat(signature.length), signature.slice(1), 'x']) {
      expect(await verify('{}', `t=${NOW_SECONDS},v1=${value}`)).toBe('WEBHOOK_SIGNATURE_INVALID');
    }
    for (const header of ['', 't', 't=', `t=${NOW_SECONDS}`, `v1=${signature}`, `t=NaN,v1=${signature}`]) {
      expect(await verify('{}', header)).toBe('WEBHOOK_SIGNATURE_INVALID');
    }
  });

  it('bytes that only look like what was signed once they are text are not genuine', async () => {
    expect(await verify('{"a":"\u{fffd}"}', headerOf('{"a":"\u{fffd}"}'))).toBeNull();
    const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.of(0xff), Buffer.from('"}')]);
    expect(await verify(bytes, headerOf('{"a":"\u{fffd}"}'))).toBe('WEBHOOK_SIGNATURE_INVALID');
    expect(await verify('\u{feff}{}', headerOf('{}'))).toBe('WEBHOOK_SIGNATURE_INVALID');
  });
});
