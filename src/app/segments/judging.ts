import { setImmediate as turn } from 'node:timers/promises';
import { compileSegments } from '../../segments/compileSegments';
import { evaluateSegments } from '../../segments/evaluateSegments';
import { withNamed } from '../../segments/references';
import type { Subject } from '../../segments/subject';
import type { FollowedDefinitions } from './followedDefinitions';
import type { Judged } from './planMemberships';

/** Other work of the process gets its turn after so many. */
const TURN_SUBJECTS = 50;

/** What of a profile can't be made sense of, whatever the segment. */
export class Unjudgeable extends Error {
  constructor(profileId: string, cause: unknown) {
    super(`Segments can't be evaluated for profile ${profileId}: ${cause}`, { cause });
    this.name = 'Unjudgeable';
  }
}

/** Segments whose evaluation fails, by key, with what went wrong. */
export class SegmentsFailed extends Error {
  constructor(readonly failures: ReadonlyMap<string, string>) {
    super(`Segments can't be evaluated: ${[...failures].map(([key, reason]) => `${key}: ${reason}`).join('; ')}`);
    this.name = 'SegmentsFailed';
  }
}

/** In pieces, between which lanes get their turn. Throws SegmentsFailed where it is a segment's fault, and Unjudgeable where it is the profile's. */
export async function judgeAll(definitions: FollowedDefinitions, subjects: readonly Subject[], nowMs: number): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const subject of subjects) {
    judged.push(judge(definitions, subject, nowMs));
    if (judged.length % TURN_SUBJECTS === 0) await turn();
  }
  return judged;
}

function judge(definitions: FollowedDefinitions, subject: Subject, nowMs: number): Judged {
  try {
    const { heeded, ...judged } = evaluateSegments(definitions.compiled, subject, nowMs);
    return { profileId: subject.profileId, ...judged, heededEventIds: idsOf(heeded, definitions.trackedEvents) };
  } catch (error) {
    const failures = failuresAlone(definitions, subject, nowMs);
    if (failures.size > 0) throw new SegmentsFailed(failures);
    throw new Unjudgeable(subject.profileId, error);
  }
}

/** Everything that an evaluated segment asks about is tracked. */
function idsOf(keys: ReadonlySet<string>, trackedEvents: ReadonlyMap<string, number>): number[] {
  return [...keys].map((key) => trackedEvents.get(key) as number).sort((left, right) => left - right);
}

/** Each segment alone, with those that it names. */
function failuresAlone({ evaluated, computedTraits }: FollowedDefinitions, subject: Subject, nowMs: number): ReadonlyMap<string, string> {
  const failures = new Map<string, string>();
  for (const segment of evaluated) {
    try {
      evaluateSegments(compileSegments(withNamed([segment], evaluated), computedTraits), subject, nowMs);
    } catch (error) {
      failures.set(segment.key, error instanceof Error ? error.message : String(error));
    }
  }
  return failures;
}
