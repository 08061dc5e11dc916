import { customerWords } from '../../timeline/sentiment/spokenWords';
import type { Conversation } from '../conversation';
import type { Fact } from '../fact';
import { isByAgent, isByCustomer, nameOf } from './conversationCourse';
import { isCourtesy } from './courtesy';
import type { WaitTarget } from './frictionSettings';
import type { FrictionHistory } from './history';
import type { Sign } from './sign';
import { spanText } from './spanText';

const MINUTE_MS = 60_000;

/** A time in which the customer waited: from what they said until the company replied, or it was over. */
interface Wait {
  readonly since: Fact;
  readonly toMs: number | null;
}

/**
 * A customer waits longer than the target of the conversation's channel: for the first reply, for a later one, or on hold. One sign a wait, found
 * at its deadline, also while nobody has replied, and over with the reply. Words that only thank start no wait.
 */
export function longWaits(history: FrictionHistory): Sign[] {
  return history.conversations.flatMap((conversation) => {
    const target = history.settings.waitTargets[conversation.channel];
    return target
      ? [...waitsIn(conversation), ...statedWaits(conversation)].flatMap((wait) => signOf(wait, conversation, target, history))
      : [];
  });
}

function waitsIn(conversation: Conversation): Wait[] {
  const waits: Wait[] = [];
  const ends = endsOf(conversation);
  let coveredToMs: number | null = Number.NEGATIVE_INFINITY;
  for (const fact of conversation.facts) {
    if (coveredToMs === null) break;
    if (fact.occurredAtMs < coveredToMs || !startsWait(fact, conversation)) continue;
    const toMs: number | null = ends.find((atMs) => atMs >= fact.occurredAtMs) ?? null;
    waits.push({ since: fact, toMs });
    coveredToMs = toMs;
  }
  return waits;
}

function startsWait(fact: Fact, conversation: Conversation): boolean {
  if (fact.kind === 'CONVERSATION_ON_HOLD') return true;
  if (fact.kind === 'CALL_STARTED') return fact.direction === 'INBOUND';
  if (fact.kind === 'CONVERSATION_REOPENED') return fact.direction === 'INBOUND';
  if (!isByCustomer(fact)) return false;
  return fact.kind === 'CONVERSATION_OPENED' ? !conversation.openedByCompany : !isCourtesy(customerWords(fact) ?? '');
}

/** Replies of the company, and when it came to be waiting for the customer, solved or closed; in order. */
function endsOf({ facts, spans, firstReplyAtMs }: Conversation): number[] {
  const replies = facts.filter(isByAgent).map((fact) => fact.occurredAtMs);
  const turns = spans.filter(({ status }) => status !== 'OPEN' && status !== 'ON_HOLD').map(({ fromMs }) => fromMs);
  return [...replies, ...turns, ...(firstReplyAtMs === null ? [] : [firstReplyAtMs])].sort((left, right) => left - right);
}

/** Of a call whose beginning is not known, telephone systems still say how long the caller waited. */
function statedWaits(conversation: Conversation): Wait[] {
  if (conversation.facts.some(({ kind }) => kind === 'CALL_STARTED')) return [];
  return conversation.facts.flatMap((fact) => {
    const waitSeconds = Number(fact.properties['wait_seconds'] ?? Number.NaN);
    const isEnd = fact.kind === 'CALL_ENDED' || fact.kind === 'CALL_ABANDONED';
    if (!isEnd || fact.direction === 'OUTBOUND' || !(waitSeconds > 0)) return [];
    return [{ since: { ...fact, occurredAtMs: Math.round(fact.occurredAtMs - waitSeconds * 1000) }, toMs: fact.occurredAtMs }];
  });
}

function signOf(wait: Wait, conversation: Conversation, target: WaitTarget, history: FrictionHistory): Sign[] {
  const { occurredAtMs: sinceMs } = wait.since;
  const deadlineAfter = (minutes: number) =>
    target.clock === 'BUSINESS' ? history.afterBusinessMinutes(sinceMs, minutes, conversation.channel) : sinceMs + minutes * MINUTE_MS;
  const detectedAtMs = deadlineAfter(target.minutes);
  if (detectedAtMs === null || (wait.toMs !== null && wait.toMs <= detectedAtMs)) return [];
  const evidence = conversation.facts.filter((fact) => fact.interactionId === wait.since.interactionId || fact.occurredAtMs === wait.toMs);
  return [
    {
      kind: 'LONG_WAIT',
      about: wait.since,
      evidence,
      severity: 'MEDIUM',
      detectedAtMs,
      worseAtMs: deadlineAfter(target.minutes * history.settings.longWaitHighFactor),
      endsAtMs: wait.toMs,
      message: messageOf(wait, conversation, target),
    },
  ];
}

function messageOf({ since, toMs }: Wait, conversation: Conversation, target: WaitTarget): string {
  const allowed = `${spanText(target.minutes * MINUTE_MS)}${target.clock === 'BUSINESS' ? ' of business time' : ''}`;
  const name = nameOf(conversation);
  if (toMs === null) return `Waiting for an answer in ${name} for more than ${allowed}`;
  return `Waited ${spanText(toMs - since.occurredAtMs)} in ${name}; the target is ${allowed}`;
}
