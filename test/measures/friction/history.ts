import { readVaderLexicon } from '../../../src/app/sentiment/readVaderLexicon';
import type { JsonObject } from '../../../src/kernel/json';
import type { Channel, Department, Direction, InteractionKind } from '../../../src/kernel/vocabulary';
import { byTime, type Fact } from '../../../src/measures/fact';
import { type Friction, findFriction } from '../../../src/measures/friction/friction';
import { FRICTION_DEFAULTS, type FrictionSettings } from '../../../src/measures/friction/frictionSettings';
import type { FrictionHistory } from '../../../src/measures/friction/history';
import type { FrictionKind, FrictionSignal } from '../../../src/measures/friction/signal';
import type { Conversation, ConversationStatus, Order, SurveyAnswer } from '../../../src/measures/shapes';
import { textSentiment } from '../../../src/timeline/sentiment/textSentiment';

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** Monday, 2 March 2026, 09:00 UTC. */
export const MONDAY_MS = Date.UTC(2026, 2, 2, 9);

export interface Happening {
  readonly kind: InteractionKind;
  /** After Monday 09:00. */
  readonly atMs?: number;
  readonly id?: string;
  readonly direction?: Direction;
  readonly channel?: Channel;
  readonly department?: Department;
  readonly name?: string;
  readonly ticket?: string | null;
  readonly type?: string;
  readonly properties?: JsonObject;
}

/** Builds facts with ids of their own: `f1`, `f2`, … in the order in which they are made. */
export function factory(): (happening: Happening) => Fact {
  let made = 0;
  return (happening) => {
    made += 1;
    return factOf(happening, `f${made}`);
  };
}

const OUTBOUND = /^(BOT_REPLIED|CONVERSATION_SOLVED|EMAIL_SENT|MESSAGE_SENT|SURVEY_SENT)$/;
const INTERNAL = /^(CONVERSATION_(ASSIGNED|ESCALATED|ON_HOLD|CLOSED)|BOT_HANDED_OFF)$/;

function factOf({ kind, atMs = 0, id, ticket = null, type = 'ticket', ...rest }: Happening, made: string): Fact {
  const interactionId = id ?? made;
  const usual: Direction = OUTBOUND.test(kind) ? 'OUTBOUND' : INTERNAL.test(kind) ? 'INTERNAL' : 'INBOUND';
  return {
    interactionId,
    messageId: interactionId,
    occurredAtMs: MONDAY_MS + atMs,
    kind,
    department: rest.department ?? (/^(EMAIL|MESSAGE|PROMOTION)_/.test(kind) ? 'MARKETING' : 'SUPPORT'),
    channel: rest.channel ?? (kind.startsWith('CALL_') ? 'PHONE' : 'EMAIL'),
    direction: rest.direction ?? usual,
    sourceId: 1,
    name: rest.name ?? kind,
    subject: ticket === null ? null : { type: kind.startsWith('CALL_') ? 'call' : type, externalId: ticket },
    properties: rest.properties ?? {},
  };
}

/** Conversations as the facts tell them, for facts of one moment each: a plain reading that stands in for the whole rules of conversations. */
export function conversationsFrom(facts: readonly Fact[]): Conversation[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of [...facts].sort(byTime)) {
    if (!fact.subject || !/^(CONVERSATION|CALL|BOT)_/.test(fact.kind)) continue;
    const key = `${fact.sourceId}/${fact.subject.type}/${fact.subject.externalId}`;
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return [...groups].map(([key, group]) => conversationFrom(key, group)).sort((left, right) => left.openedAtMs - right.openedAtMs);
}

function conversationFrom(key: string, facts: readonly Fact[]): Conversation {
  const first = facts[0]!;
  const spans = spansOf(facts);
  const solved = spans.filter(({ status }, at) => status === 'SOLVED' || (status === 'CLOSED' && spans[at - 1]?.status !== 'SOLVED'));
  const stated = (name: string) =>
    facts.map((fact) => fact.properties[name]).find((value) => typeof value === 'string') as string | undefined;
  const agents = facts.filter((fact) => fact.kind === 'CONVERSATION_REPLIED' && fact.direction === 'OUTBOUND');
  const customers = facts.filter((fact) => fact.kind === 'CONVERSATION_REPLIED' && fact.direction === 'INBOUND');
  return {
    key,
    externalId: first.subject!.externalId,
    type: first.subject!.type,
    sourceId: first.sourceId,
    department: first.department,
    channel: first.channel,
    status: spans.at(-1)!.status,
    subject: stated('subject') ?? null,
    topic: stated('topic') ?? null,
    openedAtMs: first.occurredAtMs,
    openedByCompany: first.direction === 'OUTBOUND',
    firstReplyAtMs: agents[0]?.occurredAtMs ?? null,
    firstSolvedAtMs: solved[0]?.fromMs ?? null,
    lastSolvedAtMs: solved.at(-1)?.fromMs ?? null,
    closedAtMs: spans.findLast(({ status }) => status === 'CLOSED')?.fromMs ?? null,
    reopens: Math.max(0, solved.length - 1),
    companyReplies: agents.length,
    customerReplies: customers.length,
    messages: agents.length + customers.length,
    assignee: stated('assignee') ?? null,
    priority: null,
    spans,
    internalRating: null,
    facts,
  };
}

function spansOf(facts: readonly Fact[]): Conversation['spans'] {
  const spans: { status: ConversationStatus; fromMs: number; toMs: number | null }[] = [];
  for (const fact of facts) {
    const last = spans.at(-1);
    const status = statusAfter(last?.status ?? null, fact);
    if (status === last?.status) continue;
    if (last) last.toMs = fact.occurredAtMs;
    spans.push({ status, fromMs: fact.occurredAtMs, toMs: null });
  }
  return spans.filter(({ fromMs, toMs }) => fromMs !== toMs);
}

const TURNS: Partial<Record<InteractionKind, ConversationStatus>> = {
  CONVERSATION_OPENED: 'OPEN',
  CONVERSATION_REOPENED: 'OPEN',
  CONVERSATION_ON_HOLD: 'ON_HOLD',
  CONVERSATION_SOLVED: 'SOLVED',
  CONVERSATION_CLOSED: 'CLOSED',
  CALL_ENDED: 'CLOSED',
  CALL_ABANDONED: 'CLOSED',
};

function statusAfter(before: ConversationStatus | null, fact: Fact): ConversationStatus {
  if (fact.kind !== 'CONVERSATION_REPLIED' || fact.properties['public'] === false) return TURNS[fact.kind] ?? before ?? 'OPEN';
  if (fact.direction === 'INBOUND') return 'OPEN';
  return before === 'SOLVED' || before === 'CLOSED' ? before : 'PENDING';
}

export function answersFrom(facts: readonly Fact[]): SurveyAnswer[] {
  return facts.flatMap((fact) => {
    const { survey_type: survey, score, scale_max: scaleMax } = fact.properties;
    if (fact.kind !== 'SURVEY_ANSWERED' || typeof score !== 'number') return [];
    const isNps = survey === 'nps';
    const max = isNps ? 10 : Number(scaleMax ?? 5);
    const scaleMin = isNps ? 0 : 1;
    return [
      { fact, survey: isNps ? 'nps' : 'csat', score, scaleMin, scaleMax: max, version: null, isValid: score >= scaleMin && score <= max },
    ];
  });
}

export function ordersFrom(facts: readonly Fact[]): Order[] {
  return facts
    .filter(({ kind }) => kind === 'ORDER_PLACED')
    .map((fact) => {
      const externalId = String(fact.properties['order_id'] ?? fact.interactionId);
      const own = facts.filter((other) => other === fact || (other.kind !== 'ORDER_PLACED' && other.properties['order_id'] === externalId));
      const isCancelled = own.some(({ kind }) => kind === 'ORDER_CANCELLED');
      const value = { amount: '10.00', currency: 'EUR' };
      return {
        key: `1/${externalId}`,
        externalId,
        placedAtMs: fact.occurredAtMs,
        value,
        net: value,
        status: isCancelled ? 'CANCELLED' : 'PLACED',
        items: 1,
        products: [],
        facts: own,
      };
    });
}

const sentimentOf = textSentiment(readVaderLexicon());

/** Monday to Friday, 9 to 17 UTC, day by day. */
export function afterBusinessMinutes(fromMs: number, minutes: number): number {
  let leftMs = minutes * MINUTE_MS;
  for (let dayMs = Math.floor(fromMs / DAY_MS) * DAY_MS; ; dayMs += DAY_MS) {
    const weekday = new Date(dayMs).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    const openMs = Math.max(fromMs, dayMs + 9 * HOUR_MS);
    const servedMs = Math.max(0, dayMs + 17 * HOUR_MS - openMs);
    if (servedMs >= leftMs) return openMs + leftMs;
    leftMs -= servedMs;
  }
}

export function historyOf(facts: readonly Fact[], settings: Partial<FrictionSettings> = {}): FrictionHistory {
  const ordered = [...facts].sort(byTime);
  return {
    facts,
    conversations: conversationsFrom(ordered),
    answers: answersFrom(ordered),
    orders: ordersFrom(ordered),
    settings: { ...FRICTION_DEFAULTS, ...settings },
    afterBusinessMinutes,
    sentimentOf,
  };
}

export function frictionIn(facts: readonly Fact[], atMs: number, settings: Partial<FrictionSettings> = {}): Friction {
  return findFriction(historyOf(facts, settings), MONDAY_MS + atMs);
}

/** The signals of one kind at a time after Monday 09:00. */
export function found(kind: FrictionKind, facts: readonly Fact[], atMs: number): readonly FrictionSignal[] {
  return frictionIn(facts, atMs).signals.filter((signal) => signal.kind === kind);
}
