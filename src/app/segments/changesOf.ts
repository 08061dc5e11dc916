import type { Change } from '../../activation/change';
import type { NewId } from '../../kernel/clock';
import type { ToldEvent } from '../../storage/statements/loadSegmentWork';
import type { ToldTurn } from './settling';

export interface ToldInStep {
  readonly events: readonly ToldEvent[];
  readonly turns: readonly ToldTurn[];
  /** Profiles that have something new; nobody else is told of them. */
  readonly changed: readonly string[];
}

/** What a step tells, in the order of the ids: first who was merged, then who entered and left, then who has something new. */
export function changesOf({ events, turns, changed }: ToldInStep, atMs: number, newId: NewId): Change[] {
  const bare = { atMs, segmentId: null, frictionKind: null };
  const told: Omit<Change, 'changeId'>[] = [
    ...events.map(({ type, profileId, data }) => ({ ...bare, type, profileId, data })),
    ...turns.map(({ type, profileId, segmentId, reason }) => ({ ...bare, type, profileId, segmentId, data: { reason } })),
    ...changed.map((profileId) => ({ ...bare, type: 'profile.changed' as const, profileId, data: {} })),
  ];
  const ids = told.map(() => newId()).sort();
  return told.map((change, index) => ({ changeId: ids[index] as string, ...change }));
}
