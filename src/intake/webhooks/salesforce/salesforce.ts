import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json';
import type { RefusalCode } from '../../../kernel/refusals';
import { neededObject, objectIn, textIn } from '../payload';
import { isSameText } from '../signature';
import { checkSigningSecret, signingSecrets, verifyTimestamped } from '../signingSecrets';
import type { VendorMessage, WebhookDelivery, WebhookSettings, WebhookVendor } from '../webhookVendor';
import { readCaseComment, readCaseMail } from './caseMails';
import { readCaseChange } from './cases';
import { changesOf, type ReadChange } from './changeEvent';
import { readOpportunityChange } from './opportunities';
import { readContactChange, readLeadChange } from './people';
import { readPlatformEvent } from './platformEvents';

const TOLERANCE_MS = 300_000;
const SECRET_NAMES = ['signingSecret', 'sharedSecret'];

/** By the entity of a change event. */
const READERS: ReadonlyMap<string, ReadChange> = new Map([
  ['Contact', readContactChange],
  ['Lead', readLeadChange],
  ['Opportunity', readOpportunityChange],
  ['Case', readCaseChange],
  ['EmailMessage', readCaseMail],
  ['CaseComment', readCaseComment],
]);

/**
 * Salesforce, "Change Data Capture" and "Platform Events". Its events are fetched, not sent: a bridge that subscribes to them posts each, or a list,
 * as it came (`{ data: { payload, event }, channel }`). Settings: `signingSecret`; the bridge either signs as Stripe does, in
 * `throughline-signature: t=<unix seconds>,v1=<hex>`, or sends the secret itself in `authorization: Bearer <secret>`.
 */
export const SALESFORCE: WebhookVendor = {
  type: 'salesforce',
  keptHeaders: [],
  checkSettings: (settings) => checkSigningSecret(settings, SECRET_NAMES, 'the secret that the bridge signs with'),
  verify: verifyDelivery,
  toMessages(payload) {
    const events: readonly Json[] = Array.isArray(payload) ? payload : [payload];
    return events.flatMap((event) => readEvent(neededObject(event, 'An event')));
  },
};

function verifyDelivery(delivery: WebhookDelivery, settings: WebhookSettings): RefusalCode | null {
  const secrets = signingSecrets(settings, SECRET_NAMES);
  const signature = delivery.headers['throughline-signature'];
  if (signature !== undefined) return verifyTimestamped(signature, delivery, { secrets, toleranceMs: TOLERANCE_MS });
  const bearer = /^Bearer +(.*)$/i.exec(delivery.headers['authorization'] ?? '')?.[1] ?? '';
  return secrets.some((secret) => isSameText(bearer, secret)) ? null : 'WEBHOOK_SIGNATURE_INVALID';
}

/** With or without the envelope of the streaming API. */
function readEvent(sent: JsonObject): readonly VendorMessage[] {
  const data = isJsonObject(sent['data']) ? sent['data'] : sent;
  const payload = neededObject(data['payload'], 'payload');
  if (!isJsonObject(payload['ChangeEventHeader'])) {
    return readPlatformEvent(payload, { channel: textIn(sent, 'channel') ?? '', event: objectIn(data, 'event') });
  }
  return changesOf(payload).flatMap((change) => READERS.get(change.entity)?.(change) ?? []);
}
