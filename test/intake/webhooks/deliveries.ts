import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { WebhookDelivery, WebhookSettings } from '../../../src/intake/webhooks/webhookVendor';

export const SECRET = 'whsec_of-this-test';
export const ADDRESS = 'https://hooks.example.com/webhooks/src_7?region=eu%3Awest';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

/** Settings of a source of each vendor, as whoever connects it enters them. */
export const SETTINGS: Readonly<Record<string, WebhookSettings>> = {
  stripe: { signingSecret: SECRET },
  shopify: { signingSecret: SECRET },
  hubspot: { signingSecret: SECRET },
  salesforce: { signingSecret: SECRET },
  mailchimp: { urlSecret: SECRET },
  sendgrid: { publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') },
};

export interface Sent {
  readonly bodyText: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** When the vendor signed it, and when it came. */
  readonly signedAtMs: number;
  readonly receivedAtMs?: number;
  /** As the vendor was given it, without what the vendor itself adds. */
  readonly url?: string;
}

type Sign = (bodyText: string, signedAtMs: number, url: string) => { readonly headers: Record<string, string>; readonly url?: string };

const hmac = (encoding: 'hex' | 'base64', ...parts: string[]) => createHmac('sha256', SECRET).update(parts.join('')).digest(encoding);
const secondsOf = (ms: number) => String(Math.floor(ms / 1000));
const stripes = (body: string, atMs: number) =>
  `t=${secondsOf(atMs)},v1=${hmac('hex', secondsOf(atMs), '.', body)},v0=6ffbb59b2300aae63f27240606`;

/** Each vendor's signature, as its documentation says to make it. */
export const SIGNERS: Readonly<Record<string, Sign>> = {
  stripe: (body, atMs) => ({ headers: { 'stripe-signature': stripes(body, atMs) } }),
  salesforce: (body, atMs) => ({ headers: { 'throughline-signature': stripes(body, atMs) } }),
  shopify: (body) => ({ headers: { 'x-shopify-hmac-sha256': hmac('base64', body) } }),
  hubspot: (body, atMs, url) => ({
    headers: {
      'x-hubspot-request-timestamp': String(atMs),
      'x-hubspot-signature-v3': hmac('base64', 'POST', url.replace('%3A', ':'), body, String(atMs)),
    },
  }),
  sendgrid: (body, atMs) => ({
    headers: {
      'x-twilio-email-event-webhook-timestamp': secondsOf(atMs),
      'x-twilio-email-event-webhook-signature': sign('sha256', Buffer.from(secondsOf(atMs) + body), privateKey).toString('base64'),
    },
  }),
  mailchimp: (_body, _atMs, url) => ({ headers: {}, url: `${url}?secret=${SECRET}` }),
};

/** A delivery as the vendor makes it. */
export function aDelivery(vendor: string, sent: Sent): WebhookDelivery {
  const { bodyText, signedAtMs } = sent;
  const url = sent.url ?? ADDRESS;
  const signed = SIGNERS[vendor]?.(bodyText, signedAtMs, url);
  return {
    body: Buffer.from(bodyText),
    headers: { ...sent.headers, ...signed?.headers },
    url: signed?.url ?? url,
    receivedAtMs: sent.receivedAtMs ?? signedAtMs,
  };
}
