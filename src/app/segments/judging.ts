import { setImmediate as turn } from 'node:timers/promises';
import { type CompiledSegments, compileSegments } from '../../segments/compileSegments';
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

/** A subject and the segments that it is judged by. */
export interface Case {
  readonly subject: Subject;
  readonly compiled: CompiledSegments;
  /** When time alone may change what other segments say of it. */
  readonly othersNextAtMs?: number | null;
}

/** In pieces, between which lanes get their turn. Throws SegmentsFailed where it is a segment's fault, and Unjudgeable where it is the profile's. */
export async function judgeAll(definitions: FollowedDefinitions, cases: readonly Case[], nowMs: number): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const each of cases) {
    judged.push(judge(definitions, each, nowMs));
    if (judged.length % TURN_SUBJECTS === 0) await turn();
  }
  return judged;
}

function judge(definitions: FollowedDefinitions, { subject, compiled, othersNextAtMs }: Case, nowMs: number): Judged {
  try {
    const { members, nextAtMs: ownNextAtMs } = evaluateSegments(compiled, subject, nowMs);
    const nextAtMs = earliest(ownNextAtMs, othersNextAtMs ?? null);
    return { profileId: subject.profileId, members, nextAtMs, isMomentKnown: nextAtMs === othersNextAtMs };
  } catch (error) {
    const failures = failuresAlone(definitions, subject, nowMs);
    if (failures.size > 0) throw new SegmentsFailed(failures);
    throw new Unjudgeable(subject.profileId, error);
  }
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

function earliest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
