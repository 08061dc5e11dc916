import type { ClientBase } from 'pg';
import type { ComputedTrait } from '../../segments/computedTrait';
import { trackedEventKey } from '../../segments/trackedEventKey';
import { trackedEventOf, trackedEventsOf } from '../../segments/trackedEventsOf';
import type { StoredTrackedEvent } from '../../storage/statements/loadSegmentDefinitions';
import { dropTrackedEvents, insertTrackedEvents } from '../../storage/statements/writeSegments';
import type { KeyedSegment } from './deskDefinitions';

/**
 * Makes what is tracked be what these definitions ask about: what nobody asks about any more is dropped, what is new is noted from the next batch on and
 * waits for what came before. To be called by who has the lane and the follower's progress. Answers the number of what a computed trait is counted from.
 */
export async function trackWhatIsAsked(
  client: ClientBase,
  workspaceId: number,
  stored: readonly StoredTrackedEvent[],
  asking: { readonly segments: readonly KeyedSegment[]; readonly computedTraits: readonly ComputedTrait[] },
): Promise<(trait: ComputedTrait) => number> {
  const definitions = asking.segments.map(({ definition }) => definition);
  const asked = new Map(trackedEventsOf(definitions, asking.computedTraits).map((tracked) => [trackedEventKey(tracked), tracked]));
  const known = new Map(stored.map(({ eventKey, trackedEventId }) => [eventKey, trackedEventId]));
  const unasked = stored.filter(({ eventKey }) => !asked.has(eventKey)).map(({ trackedEventId }) => trackedEventId);
  const specs = new Map([...asked].filter(([key]) => !known.has(key)).map(([key, tracked]) => [key, JSON.stringify(tracked)]));
  if (unasked.length > 0) await dropTrackedEvents(client, workspaceId, unasked);
  const added = specs.size > 0 ? await insertTrackedEvents(client, workspaceId, specs) : new Map<string, number>();
  return (trait) => {
    const key = trackedEventKey(trackedEventOf(trait));
    const id = known.get(key) ?? added.get(key);
    if (id === undefined) throw new Error(`The computed trait ${trait.key} is counted from what nobody tracks.`);
    return id;
  };
}
