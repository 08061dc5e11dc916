import { isJsonObject } from '../kernel/json';
import type { RawMessage } from './checkMessage';
import type { MessagesEntry } from './message';
import type { MessageRefusal } from './messageRefusal';
import { isBatch } from './openBody';

/** A refused message as a dead letter keeps it, but for when and for whom. */
export interface RefusedMessage {
  readonly code: string;
  readonly reason: string;
  /** JSON text of an object. */
  readonly message: string;
}

/** The message as it came, with the type that its path named, so that it can be sent again. What is no object is wrapped. */
export function refusedMessage(raw: RawMessage, call: MessagesEntry['call'], refusal: MessageRefusal): RefusedMessage {
  return { code: refusal.code, reason: refusal.reason, message: JSON.stringify(asObject(raw.value, call)) };
}

/** A body that can't be taken apart, as far as its text can be stored. */
export function refusedBody(body: Uint8Array, refusal: MessageRefusal): RefusedMessage {
  const text = Buffer.from(body).toString('utf8').replaceAll('\0', '\ufffd');
  return { code: refusal.code, reason: refusal.reason, message: JSON.stringify({ value: text }) };
}

function asObject(value: unknown, call: MessagesEntry['call']): object {
  if (!isJsonObject(value)) return { value };
  return isBatch(call) || value['type'] === call ? value : { ...value, type: call };
}
