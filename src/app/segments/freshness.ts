import type { Clock } from '../../kernel/clock';
import { eachCondition } from '../../segments/eachCondition';
import type { SegmentStatus } from '../../storage/statements/loadSegmentDefinitions';
import { type Freshness, readFreshness } from '../../storage/statements/readFreshness';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import type { KeyedSegment } from './deskDefinitions';

/**
 * As of when memberships are true, by the segment's key: no message accepted before, no note, no evaluation and no moment of the clock is still waiting to
 * be looked at. Null of a segment that is being computed, or failed. One statement however many segments.
 */
export async function readFreshAt(
  connections: WorkspaceConnections,
  clock: Clock,
  workspaceId: number,
  segments: readonly (KeyedSegment & { readonly status: SegmentStatus })[],
): Promise<ReadonlyMap<string, number | null>> {
  const nowMs = clock();
  const freshness = await readFreshness(connections, workspaceId, nowMs);
  return new Map(segments.map((segment) => [segment.key, segment.status === 'LIVE' ? freshAtOf(freshness, segment, nowMs) : null]));
}

function freshAtOf({ waitingSinceMs, evaluationDueSinceMs }: Freshness, segment: KeyedSegment, nowMs: number): number {
  const evaluatedMs = mayMeasure(segment) ? evaluationDueSinceMs : null;
  return Math.min(nowMs, waitingSinceMs ?? nowMs, evaluatedMs ?? nowMs);
}

/** Whether it asks for measures, or names a segment, which may. */
function mayMeasure({ definition }: KeyedSegment): boolean {
  for (const { condition } of eachCondition(definition.condition))
    if (condition.type === 'measure' || condition.type === 'segment') return true;
  return false;
}
