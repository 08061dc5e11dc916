import { Refusal } from '../kernel/refusals';
import { checkMessage } from './checkMessage';
import type { Message, MessagesEntry } from './message';
import { MessageRefusal } from './messageRefusal';
import { envelopeOf, type OpenBody, openBody } from './openBody';
import { type RefusedMessage, refusedBody, refusedMessage } from './refusedMessage';
import { sliceBody } from './sliceBody';

export interface ReadMessages {
  readonly messages: readonly Message[];
  readonly refused: readonly RefusedMessage[];
}

/**
 * Reads a request back from the inbox: the same messages every time, those left out that were refused at the door. A message without an
 * id is named by the request's position and its own index. Throws for nothing that a body can hold.
 */
export function readMessages(entry: MessagesEntry, position: bigint): ReadMessages {
  const sliced = sliceBody(entry);
  const read = sliced && readOpen(sliced, entry, position);
  return read && read.refused.length === 0 ? read : readInFull(entry, position);
}

function readInFull(entry: MessagesEntry, position: bigint): ReadMessages {
  const open = openStored(entry);
  return open instanceof MessageRefusal ? { messages: [], refused: [refusedBody(entry.body, open)] } : readOpen(open, entry, position);
}

function readOpen(open: Omit<OpenBody, 'body'>, entry: MessagesEntry, position: bigint): ReadMessages {
  const envelope = envelopeOf(open, entry, `inbox-${position}-`);
  const messages: Message[] = [];
  const refused: RefusedMessage[] = [];
  let nextRefused = 0;
  for (const raw of open.messages) {
    if (raw.index === entry.refused[nextRefused]) {
      nextRefused++;
      continue;
    }
    const checked = checkMessage(raw, envelope);
    if (checked instanceof MessageRefusal) refused.push(refusedMessage(raw, entry.call, checked));
    else messages.push(checked);
  }
  return { messages, refused };
}

/** The door has read the body before, so this fails only for a body that was accepted under other rules. */
function openStored(entry: MessagesEntry): OpenBody | MessageRefusal {
  try {
    return openBody(entry);
  } catch (error) {
    if (error instanceof Refusal) return new MessageRefusal('MESSAGE_POISONOUS', error.message);
    throw error;
  }
}
