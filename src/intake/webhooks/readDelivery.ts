import type { JsonObject } from '../../kernel/json';
import { checkMessage, type Envelope, MAX_MESSAGE_BYTES, MAX_MESSAGE_LEVELS, type RawMessage } from '../checkMessage';
import type { Message, WebhookEntry } from '../message';
import { MessageRefusal } from '../messageRefusal';
import { Scale } from '../weigh';
import { inNamespace } from './idNamespace';
import { messageIdOf } from './messageName';
import { deliveryFromJson, parseExactly, type StoredDelivery } from './storedDelivery';
import { WEBHOOK_VENDORS } from './vendors';
import { UnreadablePayload, type VendorMessage, type WebhookSettings } from './webhookVendor';

/** The source that a delivery is for, as far as its mapping needs it. */
export interface MappedSource {
  readonly type: string;
  readonly settings: WebhookSettings;
}

export interface ReadDelivery {
  readonly messages: readonly Message[];
  /** Not to be processed: whom they name is to be erased. */
  readonly erasures: readonly Message[];
  /** Why the delivery, or some of its messages, could not be used; null where all could. */
  readonly refusal: MessageRefusal | null;
}

/** Texts of a message that is too large are cut to so many characters: the rest of a long letter is not worth losing the message for. */
const CUT_TEXT_CHARACTERS = 4_000;

/** Reads a delivery back from the inbox: the same messages every time, as long as the mapping of its source is the same. */
export function readWebhook(entry: WebhookEntry, source: MappedSource | undefined): ReadDelivery & { readonly delivery: string } {
  const text = Buffer.from(entry.body.buffer, entry.body.byteOffset, entry.body.byteLength).toString('utf8');
  const delivery = deliveryFromJson(parseExactly(entry.body));
  const read = delivery ? readDelivery(delivery, { ...entry, source }) : unreadable('The entry is no delivery of a webhook.');
  return { ...read, delivery: text };
}

/** Maps a delivery and checks its messages as the door checks everybody's, but that they may name a person by the vendor's own ids only. */
export function readDelivery(
  delivery: StoredDelivery,
  { source, sourceId, receivedAtMs }: { source: MappedSource | undefined; sourceId: number; receivedAtMs: number },
): ReadDelivery {
  const mapped = mapDelivery(delivery, source);
  if (typeof mapped === 'string') return unreadable(mapped);
  const envelope = { sourceId, receivedAtMs, call: null, sentAtMs: Number.NaN, context: null, idPrefix: '', namesByContext: true };
  return checkAll(mapped, delivery, envelope);
}

function checkAll(mapped: readonly VendorMessage[], delivery: StoredDelivery, envelope: Envelope): ReadDelivery {
  const messages: Message[] = [];
  const erasures: Message[] = [];
  const refusals: MessageRefusal[] = [];
  for (const [index, { erases, ...message }] of mapped.entries()) {
    const checked = checkMessage(rawMessage(message, index, delivery), envelope);
    if (checked instanceof MessageRefusal) refusals.push(checked);
    else (erases ? erasures : messages).push(checked);
  }
  const [first] = refusals;
  if (!first) return { messages, erasures, refusal: null };
  const which = mapped.length === 1 ? '' : ` (${refusals.length} of ${mapped.length} messages of the delivery)`;
  return { messages, erasures, refusal: new MessageRefusal(first.code, `${first.reason}${which}`) };
}

/** The vendor's messages, or why it has none. What a mapping throws that nobody foresaw is a mapping to be mended, too. */
function mapDelivery({ payload, headers }: StoredDelivery, source: MappedSource | undefined): readonly VendorMessage[] | string {
  const vendor = WEBHOOK_VENDORS.get(source?.type ?? '');
  if (!vendor || !source) return `Sources of the type ${source?.type ?? 'unknown'} take no webhooks.`;
  try {
    return inNamespace(vendor.toMessages(payload, headers, source.settings), source);
  } catch (error) {
    return error instanceof UnreadablePayload ? error.message : `The mapping failed: ${String(error).slice(0, 300)}`;
  }
}

function rawMessage(message: VendorMessage, index: number, { receivedAtMs }: StoredDelivery): RawMessage {
  const messageId = messageIdOf(message.messageId);
  const whole: JsonObject = { ...message, messageId, timestamp: message.timestamp ?? new Date(receivedAtMs).toISOString() };
  const isLarge = Buffer.byteLength(JSON.stringify(whole)) > MAX_MESSAGE_BYTES;
  const value = isLarge ? { ...whole, properties: cutTexts(message.properties ?? {}), traits: cutTexts(message.traits ?? {}) } : whole;
  return { value, weight: new Scale(MAX_MESSAGE_LEVELS).weigh(value), index };
}

function cutTexts(members: JsonObject): JsonObject {
  const cut = (text: string): string =>
    text.length > CUT_TEXT_CHARACTERS ? `${text.slice(0, CUT_TEXT_CHARACTERS).toWellFormed()}…` : text;
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, typeof value === 'string' ? cut(value) : value]));
}

function unreadable(reason: string): ReadDelivery {
  return { messages: [], erasures: [], refusal: new MessageRefusal('WEBHOOK_UNREADABLE', reason) };
}
