import type { Conversation } from './conversation';
import { type RateScore, rateScore } from './wilson';

const DAY_MS = 86_400_000;

/** A new conversation so soon after a solved one is the same trouble again. */
export const REPEAT_WITHIN_DAYS = 7;

export function isSolvedOnce({ firstSolvedAtMs }: Conversation): boolean {
  return firstSolvedAtMs !== null;
}

/** Solved with exactly one public reply by the company; what the customer says after it, such as thanks, keeps it. */
export function isOneTouch(conversation: Conversation): boolean {
  return isSolvedOnce(conversation) && conversation.companyReplies === 1;
}

/** Of conversations ever solved. */
export function oneTouchRate(conversations: readonly Conversation[]): RateScore {
  const solved = conversations.filter(isSolvedOnce);
  return rateScore(solved.filter(isOneTouch).length, solved.length);
}

/** Conversations that were opened again and solved again, of those ever solved. */
export function reopenRate(conversations: readonly Conversation[]): RateScore {
  const solved = conversations.filter(isSolvedOnce);
  return rateScore(solved.filter(({ reopens }) => reopens > 0).length, solved.length);
}

/**
 * The conversation of the same customer that this one repeats: solved, the latest time, at most 7 days before this was opened, and of the same
 * topic where both have one. Null where there is none.
 */
export function repeatedContact(conversation: Conversation, others: readonly Conversation[]): Conversation | null {
  const candidates = others.flatMap((other) => {
    if (other.key === conversation.key || !mayBeSameTopic(other, conversation)) return [];
    const solvedAtMs = other.solvedAtMs.findLast((atMs) => atMs <= conversation.openedAtMs);
    if (solvedAtMs === undefined || conversation.openedAtMs - solvedAtMs >= REPEAT_WITHIN_DAYS * DAY_MS) return [];
    return [{ other, solvedAtMs }];
  });
  const latest = candidates.reduce<(typeof candidates)[number] | null>(
    (best, next) => (best === null || next.solvedAtMs > best.solvedAtMs ? next : best),
    null,
  );
  return latest?.other ?? null;
}

function mayBeSameTopic(left: Conversation, right: Conversation): boolean {
  return left.topic === null || right.topic === null || left.topic.toLowerCase() === right.topic.toLowerCase();
}

/** Conversations that repeat another of their customer, of all; what was opened in the last 7 days is left out. One list a customer. */
export function repeatContactRate(customers: readonly (readonly Conversation[])[], nowMs: number): RateScore {
  const untilMs = nowMs - REPEAT_WITHIN_DAYS * DAY_MS;
  const isRepeat = customers.flatMap((conversations) =>
    conversations
      .filter(({ openedAtMs }) => openedAtMs < untilMs)
      .map((conversation) => repeatedContact(conversation, conversations) !== null),
  );
  return rateScore(isRepeat.filter(Boolean).length, isRepeat.length);
}

export function isInboundCall({ type, openedByCompany }: Conversation): boolean {
  return type === 'call' && !openedByCompany;
}

/** Calls that ended before anybody answered, of those that customers made. */
export function abandonedCallRate(conversations: readonly Conversation[]): RateScore {
  const inbound = conversations.filter(isInboundCall);
  return rateScore(inbound.filter(({ isAbandonedCall }) => isAbandonedCall).length, inbound.length);
}
