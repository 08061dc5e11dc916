import type { NewId } from '../kernel/clock';
import { checkMessage } from './checkMessage';
import type { DeadLetter, MessagesEntry } from './message';
import { MessageRefusal } from './messageRefusal';
import { envelopeOf, type OpenBody } from './openBody';
import { refusedMessage } from './refusedMessage';

/** What the sender is told of a message that was refused. */
export interface Rejected {
  readonly index: number;
  readonly code: string;
  readonly reason: string;
}

export interface Admitted {
  /** Null where no message was left to accept. */
  readonly entry: MessagesEntry | null;
  readonly deadLetters: readonly DeadLetter[];
  readonly rejected: readonly Rejected[];
}

export interface Received {
  readonly sourceId: number;
  readonly receivedAtMs: number;
  readonly call: MessagesEntry['call'];
  readonly body: Uint8Array;
}

const NONE: readonly never[] = Object.freeze([]);

/** Decides which messages of a request go into the inbox, and keeps the others as dead letters. */
export function admitMessages(open: OpenBody, received: Received, newId: NewId): Admitted {
  const envelope = envelopeOf(open, received, 'unplaced-');
  let deadLetters: DeadLetter[] | null = null;
  let rejected: Rejected[] | null = null;
  for (const raw of open.messages) {
    const checked = checkMessage(raw, envelope);
    if (!(checked instanceof MessageRefusal)) continue;
    rejected ??= [];
    deadLetters ??= [];
    rejected.push({ index: raw.index, code: checked.code, reason: checked.reason });
    deadLetters.push({
      ...refusedMessage(raw, received.call, checked),
      deadLetterId: newId(),
      atMs: received.receivedAtMs,
      sourceId: received.sourceId,
    });
  }
  const refused = rejected?.map(({ index }) => index) ?? NONE;
  const messageCount = open.messages.length - refused.length;
  const { sourceId, receivedAtMs, call, body } = received;
  const entry = messageCount === 0 ? null : { sourceId, receivedAtMs, messageCount, call, refused, body };
  return { entry, deadLetters: deadLetters ?? NONE, rejected: rejected ?? NONE };
}
