import type { ReadProperties } from '../intake/readMembers';
import type { Json } from '../kernel/json';
import type { Direction, InteractionKind } from '../kernel/vocabulary';

const STATED: Readonly<Record<string, Direction>> = {
  inbound: 'INBOUND',
  incoming: 'INBOUND',
  outbound: 'OUTBOUND',
  outgoing: 'OUTBOUND',
  'outbound-api': 'OUTBOUND',
  'outbound-dial': 'OUTBOUND',
  internal: 'INTERNAL',
};

/** Who wrote, in the words of help desks. */
const AUTHORS: Readonly<Record<string, Direction>> = {
  customer: 'INBOUND',
  'end-user': 'INBOUND',
  end_user: 'INBOUND',
  user: 'INBOUND',
  contact: 'INBOUND',
  lead: 'INBOUND',
  visitor: 'INBOUND',
  requester: 'INBOUND',
  agent: 'OUTBOUND',
  admin: 'OUTBOUND',
  bot: 'OUTBOUND',
  operator: 'OUTBOUND',
  teammate: 'OUTBOUND',
};

/**
 * Who acted: the customer INBOUND, the company OUTBOUND, and INTERNAL what stays inside it. What the message states goes
 * before what is usual for its event; a reply that is not public is a note.
 */
export function directionOf(kind: InteractionKind, usual: Direction, properties: ReadProperties): Direction {
  if (kind === 'CONVERSATION_REPLIED') {
    if (properties['public'] === false || properties['is_public'] === false || properties['internal'] === true) return 'INTERNAL';
    return named(STATED, properties['direction']) ?? named(AUTHORS, properties['author_role'] ?? properties['author_type']) ?? usual;
  }
  return named(STATED, properties['direction']) ?? usual;
}

function named(words: Readonly<Record<string, Direction>>, word: Json | undefined): Direction | null {
  if (typeof word !== 'string' || word.length > 20) return null;
  const key = word.toLowerCase();
  return Object.hasOwn(words, key) ? (words[key] as Direction) : null;
}
