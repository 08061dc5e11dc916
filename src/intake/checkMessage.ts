import { isJsonObject, type JsonObject } from '../kernel/json';
import { FieldReader } from './fieldReader';
import { type AsSent, CALLS, type Call, type Message } from './message';
import { MessageRefusal } from './messageRefusal';
import { isPlausible, parseTimestamp } from './timestamp';

export const MAX_MESSAGE_BYTES = 32_768;
export const MAX_MESSAGE_LEVELS = 64;
export const MAX_MESSAGE_ID_CHARACTERS = 100;
const MAX_ID_CHARACTERS = 1_000;
const MAX_NAME_CHARACTERS = 1_000;

/** What a message takes from the request around it. */
export interface Envelope {
  readonly sourceId: number;
  readonly receivedAtMs: number;
  /** The call that the path named; null where each message says its own. */
  readonly call: Call | null;
  /** The clock of the sender when it sent the whole batch; NaN where it did not say. */
  readonly sentAtMs: number;
  /** Context that holds for every message of the batch, which a message's own goes before. */
  readonly context: JsonObject | null;
  /** Set before a message's index where the client sent no messageId. */
  readonly idPrefix: string;
  /** Made by the mapping of a vendor's webhook, or by the server itself: then somebody may be named by nothing but a vendor's ids, an e-mail address or a phone number. */
  readonly namesByContext?: boolean;
}

/** A message as parsed, and an upper bound of its bytes as `Scale` weighs it (-1: too deep). */
export interface RawMessage {
  readonly value: unknown;
  readonly weight: number;
  readonly index: number;
  /** Where properties and context of `value` are only what is read of them. */
  readonly asSent?: AsSent;
}

const CALL_OF: ReadonlyMap<unknown, Call> = new Map(CALLS.map((call) => [call, call]));
const NOTHING: JsonObject = Object.freeze({});

/**
 * The rules of the Segment protocol for one message. The door and the worker both ask here, so they can't disagree; the answer depends
 * on nothing but the arguments.
 */
export function checkMessage(raw: RawMessage, envelope: Envelope): Message | MessageRefusal {
  const { value } = raw;
  if (!isJsonObject(value)) return new MessageRefusal('MESSAGE_NOT_AN_OBJECT');
  if (raw.weight < 0) return new MessageRefusal('MESSAGE_TOO_DEEP');
  if (raw.weight > MAX_MESSAGE_BYTES && isTooLarge(value)) return new MessageRefusal('MESSAGE_TOO_LARGE');
  const call = envelope.call ?? CALL_OF.get(value['type']);
  if (call === undefined) return new MessageRefusal('MESSAGE_TYPE_UNKNOWN');
  const messageId = readMessageId(value['messageId'], envelope.idPrefix, raw.index);
  if (messageId instanceof MessageRefusal) return messageId;
  const occurredAtMs = readOccurredAt(value, envelope);
  if (occurredAtMs instanceof MessageRefusal) return occurredAtMs;
  return readFields(value, call, { messageId, occurredAtMs, asSent: raw.asSent ?? null }, envelope);
}

function readFields(
  value: JsonObject,
  call: Call,
  known: Pick<Message, 'messageId' | 'occurredAtMs' | 'asSent'>,
  envelope: Envelope,
): Message | MessageRefusal {
  const reader = new FieldReader();
  const userId = reader.text('userId', value['userId'], MAX_ID_CHARACTERS);
  const anonymousId = reader.text('anonymousId', value['anonymousId'], MAX_ID_CHARACTERS);
  const viewed = call === 'page' || call === 'screen';
  const isEvent = call === 'track' || viewed;
  const properties = isEvent ? reader.object('properties', value['properties']) : NOTHING;
  const context = readContext(reader, value['context'], envelope.context);
  const message: Message = {
    call,
    messageId: known.messageId,
    sourceId: envelope.sourceId,
    userId,
    anonymousId,
    previousId: call === 'alias' ? reader.text('previousId', value['previousId'], MAX_ID_CHARACTERS) : null,
    groupId: call === 'group' ? reader.text('groupId', value['groupId'], MAX_ID_CHARACTERS) : null,
    name: readName(reader, call, value, properties),
    category: viewed ? reader.text('category', value['category'] ?? textOrNull(properties['category']), MAX_NAME_CHARACTERS) : null,
    properties,
    traits: readTraits(reader, call, value['traits'], context),
    context,
    asSent: known.asSent && !isEvent ? { ...known.asSent, properties: null } : known.asSent,
    occurredAtMs: known.occurredAtMs,
    receivedAtMs: envelope.receivedAtMs,
  };
  if (reader.fault === null && userId === null && anonymousId === null && !(envelope.namesByContext && namesSomebody(context))) {
    return new MessageRefusal('MESSAGE_WITHOUT_ID');
  }
  needFields(reader, message);
  return reader.fault ?? message;
}

function namesSomebody({ externalIds, traits }: JsonObject): boolean {
  if (Array.isArray(externalIds) && externalIds.length > 0) return true;
  return isJsonObject(traits) && (traits['email'] !== undefined || traits['phone'] !== undefined);
}

function needFields(reader: FieldReader, message: Message): void {
  if (message.call === 'track') reader.need('event', 'track', message.name);
  else if (message.call === 'group') reader.need('groupId', 'group', message.groupId);
  else if (message.call === 'alias') {
    reader.need('userId', 'alias', message.userId);
    reader.need('previousId', 'alias', message.previousId);
  }
}

/** Segment says a page's name at the top and in its properties; either will do. */
function readName(reader: FieldReader, call: Call, value: JsonObject, properties: JsonObject): string | null {
  if (call === 'track') return reader.text('event', value['event'], MAX_NAME_CHARACTERS);
  if (call === 'page' || call === 'screen')
    return reader.text('name', value['name'] ?? textOrNull(properties['name']), MAX_NAME_CHARACTERS);
  return null;
}

/** RudderStack's libraries put an identify's traits into its context, some of them only there. */
function readTraits(reader: FieldReader, call: Call, traits: unknown, context: JsonObject): JsonObject {
  if (call === 'group') return reader.object('traits', traits);
  if (call !== 'identify') return NOTHING;
  const inContext = context['traits'];
  return reader.object('traits', traits ?? (isJsonObject(inContext) ? inContext : null));
}

function readContext(reader: FieldReader, own: unknown, ofBatch: JsonObject | null): JsonObject {
  const context = reader.object('context', own);
  return ofBatch === null ? context : { ...ofBatch, ...context };
}

/** Properties may hold anything under `name` and `category`; only text of a sane length is taken for the page's. */
function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value.length <= MAX_NAME_CHARACTERS ? value : null;
}

function readMessageId(value: unknown, idPrefix: string, index: number): string | MessageRefusal {
  if (value === undefined || value === null || value === '') return idPrefix + index;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return new MessageRefusal('MESSAGE_FIELD_INVALID', 'messageId must be a string.');
  if (value.length <= MAX_MESSAGE_ID_CHARACTERS || Array.from(value).length <= MAX_MESSAGE_ID_CHARACTERS) return value;
  return new MessageRefusal('MESSAGE_ID_TOO_LONG');
}

/**
 * The message's timestamp as it is; else its originalTimestamp, moved by how wrong the sender's clock was when it sent the message;
 * else the time it was received.
 */
function readOccurredAt(value: JsonObject, envelope: Envelope): number | MessageRefusal {
  const { receivedAtMs } = envelope;
  const given = value['timestamp'] ?? value['originalTimestamp'];
  if (given === undefined || given === null) return receivedAtMs;
  const givenMs = parseTimestamp(given);
  const isOriginal = value['timestamp'] === undefined || value['timestamp'] === null;
  const atMs = isOriginal ? givenMs + clockErrorMs(value['sentAt'], envelope) : givenMs;
  return isPlausible(atMs, receivedAtMs) ? atMs : new MessageRefusal('TIMESTAMP_INVALID');
}

/** Zero where nobody said when it was sent, or said what can't be. */
function clockErrorMs(sentAt: unknown, envelope: Envelope): number {
  const sentAtMs = sentAt === undefined || sentAt === null ? envelope.sentAtMs : parseTimestamp(sentAt);
  return sentAtMs >= 0 ? envelope.receivedAtMs - sentAtMs : 0;
}

function isTooLarge(value: JsonObject): boolean {
  return Buffer.byteLength(JSON.stringify(value)) > MAX_MESSAGE_BYTES;
}
