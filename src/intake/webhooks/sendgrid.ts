import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Json, JsonObject } from '../../kernel/json';
import type { RefusalCode } from '../../kernel/refusals';
import { contentId, messageIdOf } from './messageName';
import { known, neededObject, neededText, neededTime, textIn, textsIn } from './payload';
import { contextOf } from './personOn';
import { isStale, signingSecrets } from './signingSecrets';
import type { VendorMessage, WebhookDelivery, WebhookSettings, WebhookVendor } from './webhookVendor';

/** SendGrid names no tolerance; the signature is of the attempt, so that of a genuine one is moments old. */
const TOLERANCE_MS = 300_000;
const KEY_NAMES = ['publicKey', 'verificationKey'];

/** What happened, by SendGrid's `event`. `deferred` is left out: SendGrid tries again by itself. */
const EVENT_NAMES: ReadonlyMap<string, string> = new Map([
  ['processed', 'Email Sent'],
  ['delivered', 'Email Delivered'],
  ['open', 'Email Opened'],
  ['click', 'Email Link Clicked'],
  ['bounce', 'Email Bounced'],
  ['dropped', 'Email Dropped'],
  ['spamreport', 'Email Marked as Spam'],
  ['unsubscribe', 'Unsubscribed'],
  ['group_unsubscribe', 'Unsubscribed'],
  ['group_resubscribe', 'Consent Changed'],
]);

/** Twilio SendGrid, "Event Webhook Reference" and "…Security Features". Settings: `publicKey`, the verification key of the dashboard. */
export const SENDGRID: WebhookVendor = {
  type: 'sendgrid',
  keptHeaders: [],
  checkSettings(settings) {
    const keys = signingSecrets(settings, KEY_NAMES).map(publicKeyOf);
    return keys.length > 0 && keys.every((key) => key !== null)
      ? null
      : 'publicKey must be the verification key of the Event Webhook (base64).';
  },
  verify: verifyDelivery,
  toMessages(payload) {
    const events: readonly Json[] = Array.isArray(payload) ? payload : [payload];
    return events.flatMap((event) => messagesOf(neededObject(event, 'An event')));
  },
};

/** ECDSA over P-256 with SHA-256, of the timestamp and the body as it came. */
function verifyDelivery({ body, headers, receivedAtMs }: WebhookDelivery, settings: WebhookSettings): RefusalCode | null {
  const time = headers['x-twilio-email-event-webhook-timestamp'] ?? '';
  const signature = Buffer.from(headers['x-twilio-email-event-webhook-signature'] ?? '', 'base64');
  const signed = Buffer.concat([Buffer.from(time), body]);
  const keys = signingSecrets(settings, KEY_NAMES).flatMap((text) => publicKeyOf(text) ?? []);
  if (!/^\d{1,12}$/.test(time) || !keys.some((key) => verify('sha256', signed, key, signature))) return 'WEBHOOK_SIGNATURE_INVALID';
  return isStale(Number(time) * 1000, receivedAtMs, TOLERANCE_MS) ? 'WEBHOOK_STALE' : null;
}

/** Null where the text is no such key. */
function publicKeyOf(text: string): KeyObject | null {
  const base64 = text.replace(/-----[A-Z ]+-----|\s/g, '');
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ec' ? key : null;
  } catch {
    return null;
  }
}

function messagesOf(event: JsonObject): readonly VendorMessage[] {
  const type = neededText(event, 'event');
  const usual = EVENT_NAMES.get(type);
  if (usual === undefined) return [];
  return [
    {
      type: 'track',
      messageId: messageIdOf(textIn(event, 'sg_event_id') ?? contentId(event)),
      timestamp: neededTime(event, 'timestamp'),
      // A mail program that fetches pictures by itself (Apple's Mail Privacy Protection) has not read anything.
      event: type === 'open' && event['sg_machine_open'] === true ? 'Email Opened By Machine' : usual,
      ...known({ userId: textIn(event, 'user_id', 'userId') }),
      properties: { ...mailOf(event), ...detailsOf(type, event) },
      context: contextOf({ email: textIn(event, 'email') }, { channel: 'email' }),
    },
  ];
}

function mailOf(event: JsonObject): JsonObject {
  const categories = textsIn(event, 'category');
  return known({
    email_id: textIn(event, 'sg_message_id', 'smtp-id'),
    email_subject: textIn(event, 'subject', 'email_subject'),
    campaign_id: textIn(event, 'singlesend_id', 'marketing_campaign_id', 'campaign_id'),
    campaign_name: textIn(event, 'singlesend_name', 'marketing_campaign_name', 'campaign_name') ?? categories[0],
    categories: categories.length > 1 ? categories : null,
  });
}

function detailsOf(type: string, event: JsonObject): JsonObject {
  if (type === 'group_resubscribe') return known({ purpose: 'email', granted: true, group_id: textIn(event, 'asm_group_id') });
  return known({
    link_url: type === 'click' ? textIn(event, 'url') : null,
    reason: textIn(event, 'reason'),
    status: textIn(event, 'status'),
    bounce_type: type === 'bounce' ? textIn(event, 'type') : null,
    group_id: textIn(event, 'asm_group_id'),
  });
}
