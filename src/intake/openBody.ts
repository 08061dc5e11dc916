import { isJsonObject, type JsonObject } from '../kernel/json';
import { Refusal } from '../kernel/refusals';
import { type Envelope, MAX_MESSAGE_BYTES, MAX_MESSAGE_LEVELS, type RawMessage } from './checkMessage';
import type { MessagesEntry } from './message';
import { parseJson, parseJsonExactly, refuseDeep } from './parseJson';
import { parseTimestamp } from './timestamp';
import { Scale } from './weigh';

/** Segment's limit is 2,500; beyond this a body holds next to nothing but messages that would be refused one by one. */
export const MAX_BATCH_MESSAGES = 10_000;

/** A body taken apart: its messages as parsed, and what holds for all of them. */
export interface OpenBody {
  readonly body: JsonObject;
  readonly messages: readonly RawMessage[];
  readonly sentAtMs: number;
  readonly context: JsonObject | null;
}

type Received = Pick<MessagesEntry, 'body' | 'call'>;

/**
 * Takes a body (UTF-8 JSON) apart: a single message where the path named the call, else a batch.
 * Refuses with BODY_NOT_JSON, BODY_NOT_A_BATCH, BODY_TOO_DEEP or BODY_TOO_LARGE; faults of single messages are for `checkMessage`.
 */
export function openBody({ body, call }: Received): OpenBody {
  const text = textOf(body);
  const scale = new Scale(MAX_MESSAGE_LEVELS);
  const open = takeApart(parseJson(text), isBatch(call), scale);
  if (open.messages.some((message) => message.weight < 0)) refuseDeep(text);
  return scale.inexact ? takeApart(parseJsonExactly(text), isBatch(call), scale) : open;
}

/** Whether the body holds a list of messages; else it is one. */
export function isBatch(call: MessagesEntry['call']): boolean {
  return call === null || call === 'own';
}

export function textOf(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}

/** What its messages are checked by. */
export function envelopeOf(
  open: Omit<OpenBody, 'body'>,
  received: Omit<MessagesEntry, 'messageCount' | 'refused' | 'body'>,
  idPrefix: string,
): Envelope {
  const { sourceId, receivedAtMs, call } = received;
  const isOwn = call === 'own';
  return {
    sourceId,
    receivedAtMs,
    call: isOwn ? null : call,
    sentAtMs: open.sentAtMs,
    context: open.context,
    idPrefix,
    namesByContext: isOwn,
  };
}

function takeApart(parsed: unknown, asBatch: boolean, scale: Scale): OpenBody {
  if (!isJsonObject(parsed)) throw new Refusal('BODY_NOT_A_BATCH');
  if (!asBatch) {
    return { body: parsed, messages: [{ value: parsed, weight: scale.weigh(parsed), index: 0 }], sentAtMs: Number.NaN, context: null };
  }
  const batch = parsed['batch'];
  if (!Array.isArray(batch)) throw new Refusal('BODY_NOT_A_BATCH', 'The body has no list of messages named batch.');
  if (batch.length > MAX_BATCH_MESSAGES) throw new Refusal('BODY_TOO_LARGE', `A batch of more than ${MAX_BATCH_MESSAGES} messages.`);
  const context = isJsonObject(parsed['context']) ? parsed['context'] : null;
  if (context !== null) refuseHugeContext(context, scale);
  const messages = batch.map((value: unknown, index) => ({ value, weight: scale.weigh(value), index }));
  // Libraries that send no sentAt say with the batch's timestamp when they made it up to be sent.
  return { body: parsed, messages, sentAtMs: parseTimestamp(parsed['sentAt'] ?? parsed['timestamp']), context };
}

function refuseHugeContext(context: JsonObject, scale: Scale): void {
  const weight = scale.weigh(context);
  if (weight < 0 || (weight > MAX_MESSAGE_BYTES && Buffer.byteLength(JSON.stringify(context)) > MAX_MESSAGE_BYTES)) {
    throw new Refusal('BODY_NOT_A_BATCH', 'The context of the batch is too large or nests too deep.');
  }
}
