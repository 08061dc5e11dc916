import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { WebhookSettings } from '../../src/intake/webhooks/webhookVendor';
import type { JsonObject } from '../../src/kernel/json';

/** A delivery as it goes over the wire. */
export interface Posted {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Where to; left out: as the vendor was given it. */
  readonly url?: string;
}

export interface Signing {
  readonly secret: string;
  readonly atMs: number;
  /** Where it is posted to, as the vendor was given it. */
  readonly url: string;
}

/** The secret that Zendesk's documentation gives for webhooks under test. */
export const ZENDESK_TEST_SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';

const JSON_HEADERS = { 'content-type': 'application/json' };
const FORM_HEADERS = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

type SignBody = (body: string, signing: Signing) => Omit<Posted, 'body'>;

const secondsOf = (ms: number) => String(Math.floor(ms / 1000));
const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text);
const stripes = (body: string, { secret, atMs }: Signing) =>
  `t=${secondsOf(atMs)},v1=${hmac(secret, `${secondsOf(atMs)}.${body}`).digest('hex')}`;

/** How each vendor signs, written down a second time from its documentation. */
const SIGNERS = {
  calendly: (body, signing) => ({ headers: { 'calendly-webhook-signature': stripes(body, signing) } }),
  freshdesk: (_body, { secret }) => ({
    headers: { authorization: `Basic ${Buffer.from(`throughline:${secret}`).toString('base64')}` },
  }),
  hubspot: (body, { secret, atMs, url }) => ({
    headers: {
      'x-hubspot-request-timestamp': String(atMs),
      'x-hubspot-signature-v3': hmac(secret, `POST${url.replace('%3A', ':')}${body}${atMs}`).digest('base64'),
    },
  }),
  intercom: (body, { secret }) => ({
    headers: { 'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}` },
  }),
  mailchimp: (_body, { secret, url }) => ({ headers: FORM_HEADERS, url: `${url}?secret=${encodeURIComponent(secret)}` }),
  salesforce: (body, signing) => ({ headers: { 'throughline-signature': stripes(body, signing) } }),
  sendgrid: (body, { atMs }) => ({
    headers: {
      'x-twilio-email-event-webhook-timestamp': secondsOf(atMs),
      'x-twilio-email-event-webhook-signature': sign('sha256', Buffer.from(secondsOf(atMs) + body), privateKey).toString('base64'),
    },
  }),
  shopify: (body, { secret }) => ({ headers: { 'x-shopify-hmac-sha256': hmac(secret, body).digest('base64') } }),
  stripe: (body, signing) => ({ headers: { 'stripe-signature': `${stripes(body, signing)},v0=6ffbb59b2300aae63f27240606` } }),
  twilio: (body, { secret, url }) => {
    const parameters = [...new URLSearchParams(body)].sort(([left], [right]) => (left < right ? -1 : 1));
    const signature = createHmac('sha1', secret).update(url + parameters.flat().join(''));
    return { headers: { ...FORM_HEADERS, 'x-twilio-signature': signature.digest('base64') } };
  },
  typeform: (body, { secret }) => ({ headers: { 'typeform-signature': `sha256=${hmac(secret, body).digest('base64')}` } }),
  zendesk: (body, { secret, atMs }) => {
    const time = `${new Date(atMs).toISOString().slice(0, 19)}Z`;
    const signature = hmac(secret, time + body).digest('base64');
    const headers = { 'x-zendesk-webhook-signature': signature, 'x-zendesk-webhook-signature-timestamp': time };
    return { headers: { ...headers, 'x-zendesk-webhook-invocation-id': '01HNXXXXCTEXAMPLE' } };
  },
} as const satisfies Record<string, SignBody>;

export type Signer = keyof typeof SIGNERS;
export const SIGNER_NAMES = Object.keys(SIGNERS) as readonly Signer[];
const POSTS_FORMS: ReadonlySet<Signer> = new Set<Signer>(['mailchimp', 'twilio']);

/** A delivery as its vendor makes it, of a body as it is, or of a payload. */
export function signedBy(type: Signer, payload: string | JsonObject, signing: Signing): Posted {
  const form = () => new URLSearchParams(payload as unknown as Record<string, string>).toString();
  const body = typeof payload === 'string' ? payload : POSTS_FORMS.has(type) ? form() : JSON.stringify(payload);
  const { headers, ...rest } = SIGNERS[type](body, signing);
  return { body, ...rest, headers: { ...JSON_HEADERS, ...headers } };
}

/** Settings of a source of the type, as whoever connects it enters them. */
export function settingsWith(type: Signer, secret: string): WebhookSettings {
  if (type === 'sendgrid') return { publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') };
  return type === 'mailchimp' ? { urlSecret: secret } : { signingSecret: secret };
}

/** Twilio's way with a JSON body: its hash is a parameter of the address, and the address is what is signed. */
export function signTwilioJson(payload: JsonObject, { secret, url }: Signing): Posted & { readonly url: string } {
  const body = JSON.stringify(payload);
  const address = `${url}?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
  const signature = createHmac('sha1', secret).update(address).digest('base64');
  return { body, url: address, headers: { ...JSON_HEADERS, 'x-twilio-signature': signature } };
}
