import type { ClientBase } from 'pg';
import type { Json } from '../../kernel/json';
import { type Statement, send } from './statement';

/** One row: every segment, computed trait and tracked event of the workspace, without how many are in. No locks. */
const LOAD_SEGMENT_DEFINITIONS: Statement = {
  name: 'load_segment_definitions',
  text: `
select
  (select coalesce(json_agg(json_build_array(s.segment_id, s.key, s.name, s.description, s.definition, s.status, s.computed_to) order by s.created_at, s.segment_id), '[]')
   from segment s where s.workspace_id = $1) as segments,
  (select coalesce(json_agg(json_build_array(c.key, c.name, c.definition, c.tracked_event_id) order by c.key), '[]')
   from computed_trait c where c.workspace_id = $1) as computed_traits,
  (select coalesce(json_agg(json_build_array(t.tracked_event_id, t.event_key, t.is_ready) order by t.tracked_event_id), '[]')
   from tracked_event t where t.workspace_id = $1) as tracked_events`,
};

export type SegmentStatus = 'COMPUTING' | 'LIVE' | 'FAILED';

export interface StoredSegment {
  readonly segmentId: string;
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  /** As it was given. */
  readonly definition: Json;
  readonly status: SegmentStatus;
  /** Null: its computation has not begun. */
  readonly computedTo: string | null;
}

export interface StoredComputedTrait {
  readonly key: string;
  readonly name: string;
  readonly definition: Json;
  readonly trackedEventId: number;
}

export interface StoredTrackedEvent {
  readonly trackedEventId: number;
  readonly eventKey: string;
  readonly isReady: boolean;
}

export interface SegmentDefinitions {
  readonly segments: readonly StoredSegment[];
  readonly computedTraits: readonly StoredComputedTrait[];
  readonly trackedEvents: readonly StoredTrackedEvent[];
}

interface Row {
  segments: [
    segmentId: string,
    key: string,
    name: string,
    description: string | null,
    definition: Json,
    status: SegmentStatus,
    computedTo: string | null,
  ][];
  computed_traits: [key: string, name: string, definition: Json, trackedEventId: number][];
  tracked_events: [trackedEventId: number, eventKey: string, isReady: boolean][];
}

export async function loadSegmentDefinitions(client: ClientBase, workspaceId: number): Promise<SegmentDefinitions> {
  const [row] = await send<Row>(client, LOAD_SEGMENT_DEFINITIONS, [workspaceId]);
  if (!row) throw new Error('An aggregate came back without a row.');
  return {
    segments: row.segments.map(([segmentId, key, name, description, definition, status, computedTo]) => ({
      segmentId,
      key,
      name,
      description,
      definition,
      status,
      computedTo,
    })),
    computedTraits: row.computed_traits.map(([key, name, definition, trackedEventId]) => ({ key, name, definition, trackedEventId })),
    trackedEvents: row.tracked_events.map(([trackedEventId, eventKey, isReady]) => ({ trackedEventId, eventKey, isReady })),
  };
}
