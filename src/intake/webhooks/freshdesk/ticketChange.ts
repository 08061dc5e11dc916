import type { JsonObject } from '../../../kernel/json';
import { known, textIn } from '../payload';
import { eventsOfStatusChange, isRaised, type TicketStatus } from '../ticketStatus';
import { wordsOfHtml } from '../wordsOfHtml';

/** Freshdesk's numbers and words; what a company adds of its own is still open. */
const STATUSES: Readonly<Record<string, TicketStatus>> = {
  '2': 'open',
  open: 'open',
  '3': 'pending',
  pending: 'pending',
  '4': 'solved',
  resolved: 'solved',
  '5': 'closed',
  closed: 'closed',
  '6': 'pending',
  'waiting on customer': 'pending',
  '7': 'hold',
  'waiting on third party': 'hold',
};
const PRIORITIES: Readonly<Record<string, string>> = { '1': 'low', '2': 'medium', '3': 'high', '4': 'urgent' };

export function freshdeskStatus(word: string | null): TicketStatus | null {
  if (word === null) return null;
  return STATUSES[word.toLowerCase()] ?? 'open';
}

export function freshdeskPriority(word: string | null): string | null {
  return word === null ? null : (PRIORITIES[word] ?? word.toLowerCase());
}

interface Told {
  readonly event: string;
  readonly properties?: JsonObject;
}

/**
 * What happened to the ticket, by `triggered_event` as the simple content has it: `{ticket_action:created}`, `{status:{from:2,to:4}}`,
 * `{reply_sent:sent}`, `{note_type:public}`. A template may name the event outright, as `event`.
 */
export function freshdeskEvents(ticket: JsonObject): readonly Told[] {
  const named = textIn(ticket, 'event');
  if (named !== null) return [{ event: named, properties: wordsFor(named, ticket) }];
  const triggered = textIn(ticket, 'triggered_event') ?? '';
  const told = TRIGGERS.flatMap(({ pattern, tell }) => {
    const found = pattern.exec(triggered);
    return found ? tell(found, ticket) : [];
  });
  return told.length > 0 ? told : [{ event: 'Ticket Updated', properties: known({ changed: triggered.replace(/[{}]/g, '') || null }) }];
}

interface Trigger {
  readonly pattern: RegExp;
  tell(found: RegExpExecArray, ticket: JsonObject): readonly Told[];
}

const TRIGGERS: readonly Trigger[] = [
  { pattern: /ticket_action:\s*created/, tell: () => [{ event: 'Ticket Created' }] },
  { pattern: /(?:^|[{,])\s*status:\s*\{\s*from:\s*(\w+),\s*to:\s*(\w+)/, tell: ([, from = null, to = null]) => statusChange(from, to) },
  { pattern: /(?:^|[{,])\s*priority:\s*\{\s*from:\s*(\w+),\s*to:\s*(\w+)/, tell: ([, from = null, to = null]) => priorityChange(from, to) },
  { pattern: /responder_id:|group_id:/, tell: () => [{ event: 'Ticket Assigned' }] },
  {
    pattern: /reply_sent:|comment:\s*agent/,
    tell: (_found, ticket) => [reply('agent', true, textIn(ticket, 'ticket_latest_public_comment'))],
  },
  {
    pattern: /customer_reply|reply_received:/,
    tell: (_found, ticket) => [reply('customer', true, textIn(ticket, 'ticket_latest_public_comment'))],
  },
  { pattern: /note_type:\s*public/, tell: (_found, ticket) => [reply('agent', true, textIn(ticket, 'ticket_latest_public_comment'))] },
  { pattern: /note_type:\s*private/, tell: (_found, ticket) => [reply('agent', false, textIn(ticket, 'ticket_latest_private_comment'))] },
  { pattern: /(?:customer_feedback|survey_result|feedback_received):[^0-9-]*(-?\d+)/, tell: ([, rating]) => rated(Number(rating)) },
];

function statusChange(from: string | null, to: string | null): readonly Told[] {
  const [before, now] = [freshdeskStatus(from), freshdeskStatus(to)];
  if (now === null) return [];
  return eventsOfStatusChange(before, now).map((event) => ({ event, properties: known({ status: now, previous_status: before }) }));
}

function priorityChange(from: string | null, to: string | null): readonly Told[] {
  const [before, now] = [freshdeskPriority(from), freshdeskPriority(to)];
  const properties = known({ changed: 'priority', priority: now, previous_priority: before });
  return [{ event: isRaised(before, now) ? 'Ticket Escalated' : 'Ticket Updated', properties }];
}

/** Freshdesk writes the author before the words: `Ada : <div>…</div>`. */
function reply(role: 'agent' | 'customer', isPublic: boolean, comment: string | null): Told {
  const [, author, words] = /^([^<:]{1,80}) : (.*)$/s.exec(comment ?? '') ?? [undefined, undefined, comment];
  const name = role === 'agent' ? { agent_name: author } : {};
  return {
    event: 'Ticket Replied',
    properties: known({ author_role: role, public: isPublic, comment: wordsOfHtml(words ?? null), ...name }),
  };
}

/** Freshdesk's scale: 103 extremely happy, 102, 101, 100 neutral, -101, -102, -103 extremely unhappy. */
const RATINGS: readonly number[] = [-103, -102, -101, 100, 101, 102, 103];

function rated(rating: number): readonly Told[] {
  const place = RATINGS.indexOf(rating);
  if (place < 0) return [];
  const properties = { survey_type: 'csat', score: place + 1, scale_min: 1, scale_max: RATINGS.length, about_department: 'SUPPORT' };
  return [{ event: 'Ticket Rated', properties }];
}

function wordsFor(event: string, ticket: JsonObject): JsonObject {
  if (!/replied|comment/i.test(event)) return {};
  const role = textIn(ticket, 'author_role') === 'customer' ? 'customer' : 'agent';
  return reply(role, ticket['public'] !== false, textIn(ticket, 'ticket_latest_public_comment')).properties ?? {};
}
