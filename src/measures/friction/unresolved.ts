import { customerWords } from '../../timeline/sentiment/spokenWords';
import type { Conversation } from '../conversation';
import type { Fact } from '../fact';
import { isByAgent, isByCustomer, nameOf, unsolvedStretches } from './conversationCourse';
import { isCourtesy } from './courtesy';
import type { FrictionHistory } from './history';
import type { Sign } from './sign';
import { spanText } from './spanText';

/**
 * Not solved for too long, whoever it waits for, worse after twice that; or closed without having been solved. Over when it is solved.
 * A call or chat that somebody answered ends by being closed: that is no sign.
 */
export function unresolved(history: FrictionHistory): Sign[] {
  return history.conversations.flatMap((conversation) => [
    ...openTooLong(conversation, history.settings.unresolvedAfterMs),
    ...closedUnsolved(conversation),
  ]);
}

function openTooLong(conversation: Conversation, afterMs: number): Sign[] {
  return unsolvedStretches(conversation).flatMap(({ fromMs, toMs }) => {
    const since = conversation.facts.find((fact) => fact.occurredAtMs >= fromMs);
    if (!since || (toMs !== null && toMs - fromMs <= afterMs) || isOnlyThanked(conversation, since, toMs)) return [];
    return [
      {
        kind: 'UNRESOLVED' as const,
        about: since,
        evidence: [since, ...conversation.facts.filter((fact) => fact.occurredAtMs === toMs)],
        severity: 'MEDIUM' as const,
        detectedAtMs: fromMs + afterMs,
        worseAtMs: fromMs + 2 * afterMs,
        endsAtMs: toMs,
        message: `${sentence(nameOf(conversation))} was not solved for more than ${spanText(afterMs)}`,
      },
    ];
  });
}

/** Help desks open a ticket again for a "thanks". */
function isOnlyThanked(conversation: Conversation, since: Fact, toMs: number | null): boolean {
  if (since.kind !== 'CONVERSATION_REPLIED') return false;
  const said = conversation.facts.filter((fact) => fact.occurredAtMs >= since.occurredAtMs && (toMs === null || fact.occurredAtMs < toMs));
  return said.filter(isByCustomer).every((fact) => isCourtesy(customerWords(fact) ?? ''));
}

function closedUnsolved(conversation: Conversation): Sign[] {
  const { spans, facts } = conversation;
  if (endsByClosing(conversation) || facts.some(({ kind }) => kind === 'CALL_ABANDONED')) return [];
  return spans.flatMap(({ status, fromMs }, index) => {
    const closing = facts.find((fact) => fact.occurredAtMs === fromMs && fact.kind === 'CONVERSATION_CLOSED') ?? factAt(facts, fromMs);
    if (status !== 'CLOSED' || spans[index - 1]?.status === 'SOLVED' || !closing || saysSolved(facts, fromMs)) return [];
    return [
      {
        kind: 'UNRESOLVED' as const,
        about: closing,
        evidence: [closing],
        severity: 'MEDIUM' as const,
        detectedAtMs: fromMs,
        endsAtMs: spans.slice(index + 1).find((later) => later.status === 'SOLVED')?.fromMs ?? null,
        message: `${sentence(nameOf(conversation))} was closed without having been solved`,
      },
    ];
  });
}

function factAt(facts: readonly Fact[], atMs: number): Fact | undefined {
  return facts.find((fact) => fact.occurredAtMs === atMs);
}

/** Solved and closed in one moment leaves no span of having been solved. */
function saysSolved(facts: readonly Fact[], atMs: number): boolean {
  return facts.some((fact) => fact.occurredAtMs === atMs && fact.kind === 'CONVERSATION_SOLVED');
}

function endsByClosing({ type, channel, companyReplies, facts }: Conversation): boolean {
  if (type !== 'chat' && channel !== 'CHAT' && type !== 'call' && !facts.some(({ kind }) => kind === 'CALL_ENDED')) return false;
  return companyReplies > 0 || facts.some((fact) => isByAgent(fact) || fact.kind === 'CALL_ENDED');
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
