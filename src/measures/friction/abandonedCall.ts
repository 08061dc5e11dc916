import type { Fact } from '../fact';
import { isByAgent } from './conversationCourse';
import type { FrictionHistory } from './history';
import type { Sign } from './sign';

/** The customer hung up before anybody answered. Over when the company calls or writes to them, or a later call of theirs is answered. */
export function abandonedCalls({ facts }: FrictionHistory): Sign[] {
  return facts.flatMap((fact, index) => {
    if (fact.kind !== 'CALL_ABANDONED' || fact.direction === 'OUTBOUND') return [];
    const contact = facts.slice(index + 1).find((later) => isContact(later, fact));
    const waitSeconds = Number(fact.properties['wait_seconds'] ?? Number.NaN);
    return [
      {
        kind: 'ABANDONED_CALL' as const,
        about: fact,
        evidence: contact ? [fact, contact] : [fact],
        severity: 'MEDIUM' as const,
        detectedAtMs: fact.occurredAtMs,
        endsAtMs: contact?.occurredAtMs ?? null,
        message: waitSeconds > 0 ? `Hung up after waiting ${Math.round(waitSeconds)} seconds` : 'Hung up before the call was answered',
      },
    ];
  });
}

function isContact(later: Fact, abandoned: Fact): boolean {
  if (isByAgent(later)) return true;
  if (later.kind === 'CALL_STARTED') return later.direction === 'OUTBOUND';
  if (later.kind !== 'CALL_ENDED') return false;
  return later.subject === null || abandoned.subject === null || later.subject.externalId !== abandoned.subject.externalId;
}
