import type { InteractionKind } from '../kernel/vocabulary';
import { isPublic } from '../timeline/author';
import { authorOf } from './author';
import type { Fact } from './fact';
import { statedText } from './statedProperty';

export type ConversationStatus = 'OPEN' | 'PENDING' | 'ON_HOLD' | 'SOLVED' | 'CLOSED';

/** Half-open; without an end while it lasts. */
export interface StatusSpan {
  readonly status: ConversationStatus;
  readonly fromMs: number;
  readonly toMs: number | null;
}

/** Over, as far as the company is concerned. */
export function isDone(status: ConversationStatus): boolean {
  return status === 'SOLVED' || status === 'CLOSED';
}

/**
 * The statuses of one conversation as its facts come by in order, after Zendesk: the company's public reply waits for the customer
 * (PENDING), the customer's reply waits for the company (OPEN) and opens again what was solved. A source that states the status
 * (property `status`) is believed before this is inferred.
 */
export class ConversationLife {
  readonly spans: StatusSpan[] = [];
  /** When it became solved; closed without solved counts. */
  readonly solvedAtMs: number[] = [];
  readonly reopenedAtMs: number[] = [];
  closedAtMs: number | null = null;
  /** Closed, and nobody had called it solved since it was last open. */
  closedUnsolved = false;
  status: ConversationStatus = 'OPEN';

  constructor(openedAtMs: number) {
    this.spans.push({ status: 'OPEN', fromMs: openedAtMs, toMs: null });
  }

  take(fact: Fact): void {
    MOVES[fact.kind]?.(this, fact);
    const stated = statedStatus(fact);
    if (stated) this.turn(stated, fact.occurredAtMs);
  }

  /** Solved once is solved until it is opened again: repeated, or after closing, it changes nothing. */
  turn(to: ConversationStatus, atMs: number): void {
    const from = this.status;
    if (from === to || (from === 'CLOSED' && to === 'SOLVED')) return;
    if (isDone(from) && !isDone(to)) this.openAgain(atMs);
    if (to === 'SOLVED' || (to === 'CLOSED' && from !== 'SOLVED')) this.solvedAtMs.push(atMs);
    if (to === 'CLOSED') this.close(from !== 'SOLVED', atMs);
    this.enter(to, atMs);
  }

  /** Ended without having been dealt with, as a call that nobody answered: closed, never solved. */
  abandon(atMs: number): void {
    if (isDone(this.status)) return;
    this.close(true, atMs);
    this.enter('CLOSED', atMs);
  }

  private close(unsolved: boolean, atMs: number): void {
    this.closedAtMs = atMs;
    this.closedUnsolved = unsolved;
  }

  private openAgain(atMs: number): void {
    this.reopenedAtMs.push(atMs);
    this.closedAtMs = null;
    this.closedUnsolved = false;
  }

  /** A status that lasted no time leaves no span. */
  private enter(status: ConversationStatus, atMs: number): void {
    this.status = status;
    const last = this.spans.pop();
    if (last && last.fromMs < atMs) this.spans.push({ ...last, toMs: atMs });
    const before = this.spans.at(-1);
    if (before?.status === status && before.toMs === atMs) this.spans.pop();
    const resumed = before?.status === status && before.toMs === atMs ? before.fromMs : atMs;
    this.spans.push({ status, fromMs: resumed, toMs: null });
  }
}

type Move = (life: ConversationLife, fact: Fact) => void;

/** On hold is of the kind of events such as Ticket Pending, too. */
const WAITS_FOR_CUSTOMER = /\bpending\b/i;

const MOVES: Partial<Record<InteractionKind, Move>> = {
  CONVERSATION_OPENED: opened,
  CONVERSATION_REPLIED: replied,
  CONVERSATION_ESCALATED: (life, fact) => {
    if (isDone(life.status)) life.turn('OPEN', fact.occurredAtMs);
  },
  CONVERSATION_ON_HOLD: (life, fact) => life.turn(WAITS_FOR_CUSTOMER.test(fact.name) ? 'PENDING' : 'ON_HOLD', fact.occurredAtMs),
  CONVERSATION_SOLVED: (life, fact) => life.turn('SOLVED', fact.occurredAtMs),
  CONVERSATION_REOPENED: reopened,
  CONVERSATION_CLOSED: (life, fact) => life.turn('CLOSED', fact.occurredAtMs),
  CALL_ENDED: (life, fact) => life.turn('CLOSED', fact.occurredAtMs),
  CALL_ABANDONED: (life, fact) => life.abandon(fact.occurredAtMs),
};

/** A company that begins with public words waits for the answer. Opened once more is opened again. */
function opened(life: ConversationLife, fact: Fact): void {
  const isFirst = life.spans.length === 1 && life.spans[0]?.fromMs === fact.occurredAtMs;
  if (isFirst && isPublic(fact) && authorOf(fact) === 'agent') life.turn('PENDING', fact.occurredAtMs);
  if (isDone(life.status)) life.turn('OPEN', fact.occurredAtMs);
}

/** What the company adds to something solved leaves it solved; a bot's words and notes change nothing. */
function replied(life: ConversationLife, fact: Fact): void {
  if (!isPublic(fact)) return;
  const author = authorOf(fact);
  if (author === 'customer') life.turn('OPEN', fact.occurredAtMs);
  if (author === 'agent' && !isDone(life.status)) life.turn('PENDING', fact.occurredAtMs);
}

/** Said of a conversation that was never seen solved, it tells of a solution that did not reach us. */
function reopened(life: ConversationLife, fact: Fact): void {
  if (life.solvedAtMs.length === 0 && life.reopenedAtMs.length === 0) life.reopenedAtMs.push(fact.occurredAtMs);
  life.turn('OPEN', fact.occurredAtMs);
}

const STATUS_WORDS = new Map<string, ConversationStatus>([
  ['new', 'OPEN'],
  ['open', 'OPEN'],
  ['pending', 'PENDING'],
  ['hold', 'ON_HOLD'],
  ['on-hold', 'ON_HOLD'],
  ['on_hold', 'ON_HOLD'],
  ['on hold', 'ON_HOLD'],
  ['snoozed', 'ON_HOLD'],
  ['solved', 'SOLVED'],
  ['resolved', 'SOLVED'],
  ['closed', 'CLOSED'],
]);

function statedStatus(fact: Fact): ConversationStatus | null {
  return STATUS_WORDS.get(statedText(fact.properties, 'status')?.toLowerCase() ?? '') ?? null;
}
