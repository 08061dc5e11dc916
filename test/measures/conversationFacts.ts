import type { JsonObject } from '../../src/kernel/json';
import type { Channel, InteractionKind } from '../../src/kernel/vocabulary';
import { type Conversation, conversationsOf } from '../../src/measures/conversation';
import type { Fact } from '../../src/measures/fact';
import { type SurveyAnswer, surveyAnswersOf } from '../../src/measures/surveyAnswer';
import { directionOf } from '../../src/timeline/direction';
import { subjectOf } from '../../src/timeline/subject';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

let count = 0;

/** A fact of customer support at an ISO time or a millisecond: numbered in the order they are built, subject and direction as at ingestion. */
export function aFact(kind: InteractionKind, at: string | number, properties: JsonObject = {}, other: Partial<Fact> = {}): Fact {
  const messageId = other.messageId ?? `message-${String(++count).padStart(6, '0')}`;
  return {
    interactionId: `interaction-of-${messageId}`,
    messageId,
    occurredAtMs: momentOf(at),
    kind,
    department: 'SUPPORT',
    channel: 'EMAIL',
    direction: directionOf(kind, usualDirection(kind), properties),
    sourceId: 1,
    name: kind,
    subject: subjectOf(kind, properties),
    properties,
    ...other,
  };
}

export function momentOf(at: string | number): number {
  return typeof at === 'number' ? at : Date.parse(at);
}

const INSIDE: readonly InteractionKind[] = [
  'CONVERSATION_ASSIGNED',
  'CONVERSATION_ESCALATED',
  'CONVERSATION_ON_HOLD',
  'CONVERSATION_CLOSED',
];

function usualDirection(kind: InteractionKind): Fact['direction'] {
  if (INSIDE.includes(kind) || kind === 'EMPLOYEE_FEEDBACK_GIVEN') return 'INTERNAL';
  return kind === 'BOT_REPLIED' || kind === 'CONVERSATION_SOLVED' || kind === 'EMAIL_SENT' ? 'OUTBOUND' : 'INBOUND';
}

/** What happens to ticket 1, told in short. */
export const ticket = {
  opened: (at: string | number, properties: JsonObject = {}) => aFact('CONVERSATION_OPENED', at, { ticket_id: '1', ...properties }),
  customer: (at: string | number, properties: JsonObject = {}) => said('customer', at, properties),
  agent: (at: string | number, properties: JsonObject = {}) => said('agent', at, properties),
  note: (at: string | number) => said('agent', at, { public: false }),
  bot: (at: string | number) => aFact('BOT_REPLIED', at, { ticket_id: '1' }),
  hold: (at: string | number) => aFact('CONVERSATION_ON_HOLD', at, { ticket_id: '1' }),
  solved: (at: string | number, properties: JsonObject = {}) => aFact('CONVERSATION_SOLVED', at, { ticket_id: '1', ...properties }),
  reopened: (at: string | number) => aFact('CONVERSATION_REOPENED', at, { ticket_id: '1' }),
  closed: (at: string | number) => aFact('CONVERSATION_CLOSED', at, { ticket_id: '1' }),
};

function said(author: string, at: string | number, properties: JsonObject): Fact {
  return aFact('CONVERSATION_REPLIED', at, { ticket_id: '1', author_role: author, ...properties });
}

/** The one conversation that these facts tell of. */
export function theConversation(...facts: readonly Fact[]): Conversation {
  const conversations = conversationsOf(facts);
  expect(conversations).toHaveLength(1);
  return conversations[0] as Conversation;
}

/** A conversation from opening to its solutions, for what only looks at those. */
export function aConversation(id: string, openedAt: string, solvedAt: readonly string[] = [], properties: JsonObject = {}): Conversation {
  const facts = [aFact('CONVERSATION_OPENED', openedAt, { ticket_id: id, ...properties })];
  for (const [index, at] of solvedAt.entries()) {
    if (index > 0) facts.push(aFact('CONVERSATION_REOPENED', momentOf(at) - MINUTE_MS, { ticket_id: id }));
    facts.push(aFact('CONVERSATION_SOLVED', at, { ticket_id: id }));
  }
  return theConversation(...facts);
}

export function onChannel(channel: Channel, ...facts: readonly Fact[]): Fact[] {
  return facts.map((fact) => ({ ...fact, channel }));
}

/** Answers to one survey, an hour apart, all with these properties. */
export function answersTo(survey: string, scores: readonly (number | string)[], properties: JsonObject = {}): SurveyAnswer[] {
  return surveyAnswersOf(
    scores.map((score, index) => aFact('SURVEY_ANSWERED', index * HOUR_MS, { survey_type: survey, score, ...properties })),
  );
}
