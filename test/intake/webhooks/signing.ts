import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../../src/kernel/json';

/** A delivery as it goes over the wire. */
export interface Posted {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Signing {
  readonly secret: string;
  readonly atMs: number;
  /** Where it is posted to, as the vendor was given it. */
  readonly url: string;
}

/** The secret that Zendesk's documentation gives for webhooks under test. */
export const ZENDESK_TEST_SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';

export type Sign = (payload: JsonObject, signing: Signing) => Posted;

/** A real payload of ../../fixtures/webhooks. */
export function fixture(name: string): JsonObject {
  return (JSON.parse(readFileSync(join(__dirname, '..', '..', 'fixtures', 'webhooks', `${name}.json`), 'utf8')) as { body: JsonObject })
    .body;
}

const JSON_HEADERS = { 'content-type': 'application/json' };

/** How each vendor signs, written down a second time from its documentation. */
export const SIGN = {
  zendesk: (payload, { secret, atMs }) => {
    const body = JSON.stringify(payload);
    const time = `${new Date(atMs).toISOString().slice(0, 19)}Z`;
    const signature = createHmac('sha256', secret)
      .update(time + body)
      .digest('base64');
    const headers = { 'x-zendesk-webhook-signature': signature, 'x-zendesk-webhook-signature-timestamp': time };
    return { body, headers: { ...JSON_HEADERS, ...headers, 'x-zendesk-webhook-invocation-id': '01HNXXXXCTEXAMPLE' } };
  },
  intercom: (payload, { secret }) => {
    const body = JSON.stringify(payload);
    return { body, headers: { ...JSON_HEADERS, 'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}` } };
  },
  typeform: (payload, { secret }) => {
    const body = JSON.stringify(payload);
    return {
      body,
      headers: { ...JSON_HEADERS, 'typeform-signature': `sha256=${createHmac('sha256', secret).update(body).digest('base64')}` },
    };
  },
  calendly: (payload, { secret, atMs }) => {
    const body = JSON.stringify(payload);
    const seconds = Math.floor(atMs / 1000);
    const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
    return { body, headers: { ...JSON_HEADERS, 'calendly-webhook-signature': `t=${seconds},v1=${signature}` } };
  },
  twilio: (payload, { secret, url }) => {
    const parameters = payload as Readonly<Record<string, string>>;
    const body = new URLSearchParams(parameters).toString();
    const sorted = Object.keys(parameters).sort();
    const text = url + sorted.map((name) => name + parameters[name]).join('');
    const signature = createHmac('sha1', secret).update(text).digest('base64');
    return { body, headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'x-twilio-signature': signature } };
  },
  freshdesk: (payload, { secret }) => {
    const authorization = `Basic ${Buffer.from(`throughline:${secret}`).toString('base64')}`;
    return { body: JSON.stringify(payload), headers: { ...JSON_HEADERS, authorization } };
  },
} as const satisfies Record<string, Sign>;

/** Twilio's way with a JSON body: its hash is a parameter of the address, and the address is what is signed. */
export function signTwilioJson(payload: JsonObject, { secret, url }: Signing): Posted & { readonly url: string } {
  const body = JSON.stringify(payload);
  const address = `${url}?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
  const signature = createHmac('sha1', secret).update(address).digest('base64');
  return { body, url: address, headers: { ...JSON_HEADERS, 'x-twilio-signature': signature } };
}
