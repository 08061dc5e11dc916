import { type Channel, type Department, INTERACTION_KINDS, type InteractionKind } from '../kernel/vocabulary';
import { isPublic } from '../timeline/author';
import { authorOf, textOf } from './author';
import { ConversationLife, type ConversationStatus, type StatusSpan } from './conversationLife';
import { byTime, type Fact } from './fact';
import { type PhoneCall, phoneCallOf } from './phoneCall';
import { internalRatingOf } from './scale';
import { statedText } from './statedProperty';

/** A ticket, case, chat or call with a life of its own. Grain: one number of one source. */
export interface Conversation {
  /** `${sourceId}/${type}/${externalId}` */
  readonly key: string;
  readonly externalId: string;
  /** ticket, conversation, case, chat or call. */
  readonly type: string;
  readonly sourceId: number;
  readonly department: Department;
  readonly channel: Channel;
  readonly status: ConversationStatus;
  /** Its title, as last stated. */
  readonly subject: string | null;
  readonly topic: string | null;
  /** The opening, or the earliest that is known of it. */
  readonly openedAtMs: number;
  /** False where it began before anything that is known of it, so that times from its opening are not known. */
  readonly isOpeningKnown: boolean;
  readonly openedByCompany: boolean;
  /** First public reply by a person of the company; of a call, when it was taken. Null where there is none yet, or nothing tells. */
  readonly firstReplyAtMs: number | null;
  readonly firstSolvedAtMs: number | null;
  readonly lastSolvedAtMs: number | null;
  /** Each time it became solved, oldest first; closed without solved counts as solved. */
  readonly solvedAtMs: readonly number[];
  /** Each time it was opened again after it was solved or closed, oldest first; the last may still be open. */
  readonly reopenedAtMs: readonly number[];
  readonly closedAtMs: number | null;
  /** Closed and never called solved since it was last open; not a chat or call that somebody answered, whose end is its usual ending. */
  readonly isClosedUnsolved: boolean;
  /** max(0, times solved − 1), as Zendesk counts: an opening again counts once it is solved again. */
  readonly reopens: number;
  /** Public replies by persons of the company, the opening left out; an answered call is one. */
  readonly companyReplies: number;
  /** Public replies by the customer, the opening left out. */
  readonly customerReplies: number;
  /** Public messages of customer, agents and bots, an opening with words among them. */
  readonly messages: number;
  readonly assignee: string | null;
  readonly priority: string | null;
  /** In order, without gaps; none is empty. */
  readonly spans: readonly StatusSpan[];
  /** The score that the company last gave itself on it (`internal_rating`), on 0–100. */
  readonly internalRating: number | null;
  readonly isAbandonedCall: boolean;
  /** By time, surveys about it among them. */
  readonly facts: readonly Fact[];
}

export const CONVERSATION_TYPES: ReadonlySet<string> = new Set(['ticket', 'conversation', 'case', 'chat', 'call']);

const OPENING: ReadonlySet<InteractionKind> = new Set(['CONVERSATION_OPENED', 'CALL_STARTED']);
const ABOUT_IT: ReadonlySet<InteractionKind> = new Set(['SURVEY_SENT', 'SURVEY_ANSWERED', 'FEEDBACK_GIVEN', 'EMPLOYEE_FEEDBACK_GIVEN']);

const LIFE: ReadonlySet<InteractionKind> = new Set(INTERACTION_KINDS.filter((kind) => /^(CONVERSATION|CALL|BOT)_/.test(kind)));

function isPartOfLife({ kind }: Fact): boolean {
  return LIFE.has(kind);
}

function isAboutOne({ kind }: Fact): boolean {
  return LIFE.has(kind) || ABOUT_IT.has(kind);
}

/**
 * The conversations that a customer's facts tell of, oldest first, whatever order the facts come in and however often. A fact without the number
 * of a conversation belongs to none, but a call that ended or was abandoned is one by itself. A conversation of which only surveys are
 * known is none.
 */
export function conversationsOf(facts: readonly Fact[]): Conversation[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of distinct(facts.filter(isAboutOne)).sort(byTime)) {
    const subject = conversationSubject(fact);
    if (!subject) continue;
    const key = `${fact.sourceId}/${subject.type}/${subject.externalId}`;
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  const conversations = [...groups].flatMap(([key, group]) => (group.some(isPartOfLife) ? [conversationOf(key, group)] : []));
  return conversations.sort((left, right) => left.openedAtMs - right.openedAtMs || (left.key < right.key ? -1 : 1));
}

function distinct(facts: readonly Fact[]): Fact[] {
  return [...new Map(facts.map((fact) => [fact.interactionId, fact])).values()];
}

/** The conversation that a fact belongs to, as its source numbers it; null where it belongs to none. */
export function conversationSubject(fact: Fact): Fact['subject'] {
  if (!isAboutOne(fact)) return null;
  if (fact.subject && CONVERSATION_TYPES.has(fact.subject.type)) return fact.subject;
  const isWholeCall = fact.kind === 'CALL_ENDED' || fact.kind === 'CALL_ABANDONED';
  return isWholeCall ? { type: 'call', externalId: fact.messageId } : null;
}

/** Among facts of one moment the opening is first and the end last; sources round to seconds. */
function placeInMoment({ kind }: Fact): number {
  if (OPENING.has(kind)) return 0;
  if (kind === 'CONVERSATION_SOLVED') return 2;
  return kind === 'CONVERSATION_CLOSED' || kind === 'CALL_ENDED' || kind === 'CALL_ABANDONED' ? 3 : 1;
}

function conversationOf(key: string, facts: readonly Fact[]): Conversation {
  const steps = facts.filter(isPartOfLife).sort((left, right) => {
    return left.occurredAtMs - right.occurredAtMs || placeInMoment(left) - placeInMoment(right) || byTime(left, right);
  });
  const opening = steps.find((fact) => OPENING.has(fact.kind)) ?? (steps[0] as Fact);
  const subject = conversationSubject(opening) as NonNullable<Fact['subject']>;
  const openedAtMs = (steps[0] as Fact).occurredAtMs;
  const call = phoneCallOf(steps);
  const life = lifeOf(steps, waitEndMs(opening, openedAtMs, call), call);
  const replies = repliesOf(steps, opening, call);
  const isLive = call?.wasAnswered || ((opening.channel === 'CHAT' || subject.type === 'chat') && replies.companyReplies > 0);
  return {
    key,
    externalId: subject.externalId,
    type: subject.type,
    sourceId: opening.sourceId,
    department: opening.department,
    channel: opening.channel,
    openedAtMs,
    isOpeningKnown: isOpening(opening) && opening.occurredAtMs <= (life.solvedAtMs[0] ?? Number.POSITIVE_INFINITY),
    openedByCompany: isByCompany(opening),
    ...endOf(life),
    isClosedUnsolved: life.closedUnsolved && !isLive,
    ...replies,
    ...statedOf(steps),
    isAbandonedCall: call?.isAbandoned ?? false,
    facts,
  };
}

/** A customer's message opens a conversation that nobody called opened. */
function isOpening(fact: Fact): boolean {
  return OPENING.has(fact.kind) || (fact.kind === 'CONVERSATION_REPLIED' && authorOf(fact) === 'customer');
}

/** When somebody takes a call, the caller's wait ends; where nobody knows when, and where the company called, none is claimed. */
function waitEndMs(opening: Fact, openedAtMs: number, call: PhoneCall | null): number | null {
  if (!call?.wasAnswered) return null;
  return isByCompany(opening) ? openedAtMs : (call.answeredAtMs ?? openedAtMs);
}

function lifeOf(steps: readonly Fact[], waitEndsAtMs: number | null, call: PhoneCall | null): ConversationLife {
  const life = new ConversationLife((steps[0] as Fact).occurredAtMs);
  let isWaiting = waitEndsAtMs !== null;
  const endWait = () => {
    if (isWaiting && waitEndsAtMs !== null && life.status === 'OPEN') life.turn('PENDING', waitEndsAtMs);
    isWaiting = false;
  };
  for (const fact of steps) {
    if (fact.occurredAtMs >= (waitEndsAtMs ?? Number.POSITIVE_INFINITY)) endWait();
    if (fact.kind === 'CALL_ENDED' && call?.isAbandoned) life.abandon(fact.occurredAtMs);
    else life.take(fact);
  }
  endWait();
  return life;
}

function isByCompany(opening: Fact): boolean {
  return OPENING.has(opening.kind) && authorOf(opening) === 'agent';
}

function endOf(life: ConversationLife) {
  return {
    status: life.status,
    firstSolvedAtMs: life.solvedAtMs[0] ?? null,
    lastSolvedAtMs: life.solvedAtMs.at(-1) ?? null,
    solvedAtMs: life.solvedAtMs,
    reopenedAtMs: life.reopenedAtMs,
    closedAtMs: life.closedAtMs,
    reopens: Math.max(0, life.solvedAtMs.length - 1),
    spans: life.spans,
  };
}

function repliesOf(steps: readonly Fact[], opening: Fact, call: PhoneCall | null) {
  const messages = steps.filter((fact) => fact.kind === 'BOT_REPLIED' || (fact.kind === 'CONVERSATION_REPLIED' && isPublic(fact)));
  const isFirstMessage = (fact: Fact) => isByCompany(opening) && fact.occurredAtMs === opening.occurredAtMs;
  const byCompany = messages.filter((fact) => authorOf(fact) === 'agent' && !isFirstMessage(fact));
  const byCustomer = messages.filter((fact) => authorOf(fact) === 'customer');
  const taken = call?.wasAnswered && !isByCompany(opening) ? 1 : 0;
  const openings = steps.filter((fact) => fact.kind === 'CONVERSATION_OPENED' && isPublic(fact) && textOf(fact) !== null);
  return {
    firstReplyAtMs: (taken ? call?.answeredAtMs : null) ?? byCompany[0]?.occurredAtMs ?? null,
    companyReplies: byCompany.length + taken,
    customerReplies: byCustomer.filter((fact) => fact !== opening).length,
    messages: messages.length + openings.length,
  };
}

function statedOf(steps: readonly Fact[]) {
  const last = (read: (fact: Fact) => string | null) => steps.reduce<string | null>((before, fact) => read(fact) ?? before, null);
  return {
    subject: last(({ properties }) => statedText(properties, 'subject', 'title')),
    topic: last(({ properties }) => statedText(properties, 'topic')),
    priority: last(({ properties }) => statedText(properties, 'priority')),
    assignee:
      last(({ properties }) => statedText(properties, 'assignee', 'assignee_name')) ??
      last(({ properties }) => statedText(properties, 'agent_name')),
    internalRating: steps.reduce<number | null>((before, { properties }) => internalRatingOf(properties) ?? before, null),
  };
}
