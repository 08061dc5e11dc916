import { isJsonObject, type Json } from '../../../kernel/json';
import type { RefusalCode } from '../../../kernel/refusals';
import { neededObject } from '../payload';
import { isSignedBy } from '../signature';
import { checkSigningSecret, isStale, signingSecrets } from '../signingSecrets';
import { UnreadablePayload, type WebhookDelivery, type WebhookSettings, type WebhookVendor } from '../webhookVendor';
import { readSubscriptionEvent } from './subscriptionEvents';
import { readWorkflowContact, readWorkflowDeal } from './workflowRecords';

/** As HubSpot asks for. */
const TOLERANCE_MS = 300_000;
const SECRET_NAMES = ['signingSecret', 'clientSecret'];

/** Those that HubSpot lists to be decoded in the address before it is signed. */
const DECODED = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/**
 * HubSpot, "Webhooks API" (batches of thin events) and the workflow action "Send a webhook" (a whole contact or deal). Settings: `signingSecret`,
 * the app's client secret. Only the signature of version 3 is trusted: the older ones cover no time.
 */
export const HUBSPOT: WebhookVendor = {
  type: 'hubspot',
  keptHeaders: ['x-hubspot-correlation-id'],
  checkSettings: (settings) => checkSigningSecret(settings, SECRET_NAMES, 'the client secret of the app'),
  verify: verifyDelivery,
  toMessages(payload, headers) {
    if (Array.isArray(payload))
      return (payload as readonly Json[]).flatMap((event) => readSubscriptionEvent(neededObject(event, 'An event')));
    const record = neededObject(payload, 'The body');
    if (record['subscriptionType'] !== undefined) return readSubscriptionEvent(record);
    if (record['vid'] !== undefined) return readWorkflowContact(record, headers);
    if (isDeal(record)) return readWorkflowDeal(record, headers);
    if (isJsonObject(record['properties'])) return [];
    throw new UnreadablePayload('The body is neither events nor a record of a workflow.');
  },
};

function isDeal(record: { readonly [name: string]: Json | undefined }): boolean {
  return record['objectTypeId'] === '0-3' || record['objectType'] === 'DEAL' || record['dealId'] !== undefined;
}

function verifyDelivery({ body, headers, url, receivedAtMs }: WebhookDelivery, settings: WebhookSettings): RefusalCode | null {
  const time = headers['x-hubspot-request-timestamp'] ?? '';
  const address = url.replace(DECODED, decodeURIComponent);
  const signed = ['POST', address, body, time];
  const form = { algorithm: 'sha256', encoding: 'base64' } as const;
  const isGenuine = isSignedBy(signingSecrets(settings, SECRET_NAMES), headers['x-hubspot-signature-v3'], signed, form);
  if (!isGenuine || !/^\d{1,15}$/.test(time)) return 'WEBHOOK_SIGNATURE_INVALID';
  return isStale(Number(time), receivedAtMs, TOLERANCE_MS) ? 'WEBHOOK_STALE' : null;
}
