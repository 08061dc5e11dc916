import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../kernel/json';
import { neededObject, textIn } from '../payload';
import { type HmacForm, isSameText, isSignedBy } from '../signature';
import { checkSigningSecret, signingSecrets } from '../signingSecrets';
import { parseExactly } from '../storedDelivery';
import type { WebhookDelivery, WebhookVendor } from '../webhookVendor';
import { callMessages } from './calls';
import { textMessages } from './textMessages';

const SECRETS = ['signingSecret', 'authToken', 'secret'];

/**
 * Twilio: text messages (SMS, WhatsApp) that come in and what becomes of those sent, and calls. Requests are forms. Signed as "Webhooks security"
 * in Twilio's documentation says: HMAC-SHA1 over the address, followed by the name and value of every parameter, sorted by name; with a shared key
 * in place of the auth token also HMAC-SHA256, as a header names it.
 */
export const TWILIO: WebhookVendor = {
  type: 'twilio',
  keptHeaders: ['i-twilio-idempotency-token'],
  // Anything but TwiML would be an error in Twilio's log; this says: do nothing.
  answer: { type: 'text/xml; charset=utf-8', body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' },

  checkSettings: (settings) => checkSigningSecret(settings, SECRETS, 'the auth token of the account'),

  verify(delivery, settings) {
    return isSigned(delivery, signingSecrets(settings, SECRETS)) ? null : 'WEBHOOK_SIGNATURE_INVALID';
  },

  toMessages(payload) {
    const parameters = neededObject(payload, 'The payload');
    if (textIn(parameters, 'CallSid') !== null) return callMessages(parameters);
    return textMessages(parameters);
  },

  parse(body) {
    const text = Buffer.from(body).toString('utf8');
    return text.trimStart().startsWith('{') ? parseExactly(body) : formOf(text);
  },
};

/** A parameter that stands there twice is its last value: Twilio repeats none that is read here. */
function formOf(text: string): JsonObject {
  return Object.fromEntries(new URLSearchParams(text.replaceAll('%00', '%EF%BF%BD')));
}

function isSigned({ body, headers, url }: WebhookDelivery, tokens: readonly string[]): boolean {
  const signature = headers['x-twilio-signature'];
  const bodyHash = URL.canParse(url) ? new URL(url).searchParams.get('bodySHA256') : null;
  if (bodyHash !== null && !isSameText(bodyHash.toLowerCase(), createHash('sha256').update(body).digest('hex'))) return false;
  const algorithm = algorithmOf(headers['x-twilio-webhooks-signature-settings']);
  if (algorithm === null) return false;
  const parameters = bodyHash === null ? signedParameters(Buffer.from(body).toString('utf8')) : '';
  const form = { algorithm, encoding: 'base64' } as const;
  return addresses(url).some((address) => isSignedBy(tokens, signature, [address, parameters], form));
}

/** Of `key=…,algorithm=…`. Null for one that is not known. */
function algorithmOf(settings = ''): HmacForm['algorithm'] | null {
  const named = /(?:^|,)\s*algorithm\s*=\s*([^,\s]+)/.exec(settings)?.[1]?.toUpperCase() ?? 'HMAC_SHA1';
  return named === 'HMAC_SHA1' ? 'sha1' : named === 'HMAC_SHA256' ? 'sha256' : null;
}

/** Empty values are part of it; a value that is repeated under the same name counts once. */
function signedParameters(form: string): string {
  const pairs = [...new URLSearchParams(form)].map(([name, value]) => ({ name, value }));
  pairs.sort((left, right) => compare(left.name, right.name) || compare(left.value, right.value));
  return [...new Set(pairs.map(({ name, value }) => name + value))].join('');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Depending on the product, Twilio signs the address with its port or without. */
function addresses(url: string): readonly string[] {
  const [, protocol, host, port, rest = ''] = /^(https?):\/\/([^/:?#]+)(?::(\d+))?(.*)$/i.exec(url) ?? [];
  if (host === undefined) return [url];
  const usual = protocol?.toLowerCase() === 'https' ? '443' : '80';
  return [url, `${protocol}://${host}${rest}`, `${protocol}://${host}:${port ?? usual}${rest}`];
}
