import type { Conversation } from '../conversation';
import { doneAtMs, isUnsolvedAt, nameOf, nextDealtWithAtMs, openingOf } from './conversationCourse';
import type { FrictionHistory } from './history';
import type { Sign } from './sign';
import { spanText } from './spanText';

/**
 * The customer opens a conversation soon after another was solved; of the same topic where both have one, and the other is still solved. Over when
 * this one is solved, too.
 */
export function repeatedContacts({ conversations, settings }: FrictionHistory): Sign[] {
  return conversations.flatMap((conversation) => {
    const opening = openingOf(conversation);
    if (!opening || conversation.openedByCompany) return [];
    const { openedAtMs } = conversation;
    const before = latestSolved(conversations, conversation, openedAtMs - settings.repeatedContactWithinMs);
    if (!before) return [];
    const solving = before.earlier.facts.filter((fact) => fact.occurredAtMs <= before.solvedAtMs).at(-1);
    return [
      {
        kind: 'REPEATED_CONTACT' as const,
        about: opening,
        evidence: solving ? [solving, opening] : [opening],
        severity: 'MEDIUM' as const,
        detectedAtMs: openedAtMs,
        endsAtMs: nextDealtWithAtMs(conversation, openedAtMs),
        message: `Came back with ${nameOf(conversation)} ${spanText(openedAtMs - before.solvedAtMs)} after ${nameOf(before.earlier)} was solved`,
      },
    ];
  });
}

interface Solved {
  readonly earlier: Conversation;
  readonly solvedAtMs: number;
}

/** Of those solved in [afterMs, opening of this one), the one solved last. */
function latestSolved(conversations: readonly Conversation[], conversation: Conversation, afterMs: number): Solved | null {
  let latest: Solved | null = null;
  for (const earlier of conversations) {
    if (earlier.key === conversation.key || earlier.openedAtMs > conversation.openedAtMs || !mayBeSameTopic(earlier, conversation))
      continue;
    if (earlier.lastSolvedAtMs === null || earlier.lastSolvedAtMs <= afterMs) continue;
    if (earlier.facts.some(({ kind }) => kind === 'CALL_ABANDONED') || isUnsolvedAt(earlier, conversation.openedAtMs)) continue;
    const solvedAtMs = doneAtMs(earlier)
      .filter((atMs) => atMs > afterMs && atMs <= conversation.openedAtMs)
      .at(-1);
    if (solvedAtMs !== undefined && (latest === null || isLater(earlier, solvedAtMs, latest))) latest = { earlier, solvedAtMs };
  }
  return latest;
}

function isLater(earlier: Conversation, solvedAtMs: number, than: Solved): boolean {
  return solvedAtMs > than.solvedAtMs || (solvedAtMs === than.solvedAtMs && earlier.key < than.earlier.key);
}

function mayBeSameTopic(left: Conversation, right: Conversation): boolean {
  return left.topic === null || right.topic === null || left.topic.toLowerCase() === right.topic.toLowerCase();
}
