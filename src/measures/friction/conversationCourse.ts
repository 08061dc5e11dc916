import { isPublic } from '../../timeline/author';
import { speakerOf } from '../../timeline/sentiment/spokenWords';
import type { Conversation } from '../conversation';
import type { ConversationStatus } from '../conversationLife';
import type { Fact } from '../fact';

/** Half-open; null while it lasts. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number | null;
}

function isDone(status: ConversationStatus): boolean {
  return status === 'SOLVED' || status === 'CLOSED';
}

/** The times in which a conversation was not done with, in order. */
export function unsolvedStretches({ spans }: Conversation): Stretch[] {
  return stretches(spans.filter(({ status }) => !isDone(status)));
}

function stretches(spans: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const { fromMs, toMs } of spans) {
    const last = joined.at(-1);
    if (last && last.toMs === fromMs) joined[joined.length - 1] = { fromMs: last.fromMs, toMs };
    else joined.push({ fromMs, toMs });
  }
  return joined;
}

/** When it became solved or was closed, each time, oldest first. */
export function doneAtMs({ spans }: Conversation): number[] {
  return stretches(spans.filter(({ status }) => isDone(status))).map(({ fromMs }) => fromMs);
}

/** When it was done with next, from `atMs` on; `atMs` itself where it was done with then. Null while it never was. */
export function nextDoneAtMs(conversation: Conversation, atMs: number): number | null {
  const done = stretches(conversation.spans.filter(({ status }) => isDone(status)));
  const next = done.find(({ toMs }) => toMs === null || toMs > atMs);
  return next ? Math.max(next.fromMs, atMs) : null;
}

/** `nextDoneAtMs`, but a call that nobody answered has dealt with nothing by its end. */
export function nextDealtWithAtMs(conversation: Conversation, atMs: number): number | null {
  return conversation.facts.some(({ kind }) => kind === 'CALL_ABANDONED') ? null : nextDoneAtMs(conversation, atMs);
}

export function isUnsolvedAt(conversation: Conversation, atMs: number): boolean {
  return unsolvedStretches(conversation).some(({ fromMs, toMs }) => fromMs <= atMs && (toMs === null || atMs < toMs));
}

const SPEECH = /^(CONVERSATION_(OPENED|REPLIED)|BOT_REPLIED)$/;

export function isByCustomer(fact: Fact): boolean {
  return SPEECH.test(fact.kind) && isPublic(fact) && speakerOf(fact) === 'customer';
}

/** What a person of the company said to the customer. */
export function isByAgent(fact: Fact): boolean {
  return SPEECH.test(fact.kind) && isPublic(fact) && speakerOf(fact) === 'agent';
}

export function isByBot(fact: Fact): boolean {
  return SPEECH.test(fact.kind) && isPublic(fact) && speakerOf(fact) === 'bot';
}

/** `ticket 35436`, as its source numbers it. */
export function nameOf({ type, externalId }: Conversation): string {
  return `${type} ${externalId}`;
}

/** The fact that opened it, or the earliest that is known. Conversations have facts; the null is for one without. */
export function openingOf({ facts }: Conversation): Fact | null {
  return facts.find(({ kind }) => kind === 'CONVERSATION_OPENED' || kind === 'CALL_STARTED') ?? facts[0] ?? null;
}
