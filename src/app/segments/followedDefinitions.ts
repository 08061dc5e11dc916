import { type CompiledSegments, compileSegments } from '../../segments/compileSegments';
import type { ComputedTrait } from '../../segments/computedTrait';
import { needsOf, type SubjectNeeds } from '../../segments/needsOf';
import { computedTraitsNamed, segmentsNamed } from '../../segments/references';
import type { Segment } from '../../segments/segment';
import { trackedEventKey } from '../../segments/trackedEventKey';
import { trackedEventsOf } from '../../segments/trackedEventsOf';
import type { SegmentDefinitions, StoredSegment } from '../../storage/statements/loadSegmentDefinitions';
import { readDefinitions } from './deskDefinitions';
import type { FollowedSegment } from './planMemberships';

/** The definitions of a workspace, ready to be evaluated. */
export interface FollowedDefinitions {
  /** As `takeSegmentProgress` answers it: the same as long as they are the same. */
  readonly version: string;
  readonly segments: readonly FollowedSegment[];
  /** By key: why it can't be evaluated; to be noted with it. */
  readonly failures: ReadonlyMap<string, string>;
  readonly evaluated: readonly (Segment & Pick<StoredSegment, 'segmentId' | 'status'>)[];
  readonly computedTraits: readonly ComputedTrait[];
  readonly compiled: CompiledSegments;
  readonly needs: SubjectNeeds;
  /** Of tracked events that are ready, by event key. */
  readonly trackedEvents: ReadonlyMap<string, number>;
}

/**
 * A segment is evaluated as soon as everything that it asks about, itself or through what it names, is noted from before it was asked for; and no more
 * once it failed, or one that it names.
 */
export function followedDefinitions(stored: SegmentDefinitions, version: string): FollowedDefinitions {
  const { segments, unreadable, computedTraits } = readDefinitions(stored);
  const trackedEvents = new Map(
    stored.trackedEvents.filter(({ isReady }) => isReady).map((event) => [event.eventKey, event.trackedEventId]),
  );
  const traits = new Map(computedTraits.map((trait) => [trait.key, trait]));
  const standing = segments.filter(({ status }) => status !== 'FAILED').map((segment) => ({ ...segment, definition: segment.parsed }));
  const isReady = ({ definition }: Segment): boolean => {
    const named = computedTraitsNamed(definition).flatMap((key) => traits.get(key) ?? []);
    return trackedEventsOf([definition], named).every((tracked) => trackedEvents.has(trackedEventKey(tracked)));
  };
  const evaluated = withoutNaming(standing.filter(isReady));
  const isEvaluated = new Set(evaluated.map(({ key }) => key));
  const compiled = compileSegments(evaluated, computedTraits);
  return {
    version,
    segments: stored.segments.map(({ segmentId, key, status }, place) => ({
      segmentId,
      key,
      place,
      isLive: status === 'LIVE',
      isEvaluated: isEvaluated.has(key),
    })),
    failures: failuresOf(stored, unreadable),
    evaluated,
    computedTraits,
    compiled,
    needs: needsOf({ segments: evaluated, computedTraits }),
    trackedEvents,
  };
}

/** Without those that name, directly or through others, a segment that is not among them. */
function withoutNaming<Each extends Segment>(segments: readonly Each[]): readonly Each[] {
  const keys = new Set(segments.map(({ key }) => key));
  const left = segments.filter(({ definition }) => segmentsNamed(definition).every((key) => keys.has(key)));
  return left.length === segments.length ? left : withoutNaming(left);
}

function failuresOf({ segments }: SegmentDefinitions, unreadable: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const standing = new Set(segments.filter(({ status }) => status !== 'FAILED').map(({ key }) => key));
  return new Map([...unreadable].filter(([key]) => standing.has(key)));
}
