import type { ClientBase } from 'pg';
import type { Json } from '../../kernel/json';
import { encodeInt4Array, encodeJsonArray, encodeTextArray, encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from './statement';

/** One row; it is computed from the first profile on. */
const INSERT_SEGMENT: Statement = {
  name: 'insert_segment',
  text: `
insert into segment (workspace_id, segment_id, key, name, description, definition, status, size, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6::json, 'COMPUTING', 0, $7, $7)`,
};

const UPDATE_SEGMENT: Statement = {
  name: 'update_segment',
  text: `
update segment set name = $3, description = $4, definition = $5::json, updated_at = $6
where segment.workspace_id = $1 and segment.segment_id = $2`,
};

/** One row a segment; memberships stand until they are found to be others. */
const COMPUTE_AGAIN: Statement = {
  name: 'compute_segments_again',
  text: `
update segment set status = 'COMPUTING', failure = null, computed_to = null, is_revised = true
where segment.workspace_id = $1 and segment.segment_id = any ($2::uuid[])`,
};

/** One row a segment; what was in stays in. */
const FAIL_SEGMENTS: Statement = {
  name: 'fail_segments',
  text: `
update segment set status = 'FAILED', failure = incoming.failure
from unnest($2::uuid[], $3::text[]) as incoming (segment_id, failure)
where segment.workspace_id = $1 and segment.segment_id = incoming.segment_id`,
};

/** One row a segment that has not come so far. $3 null: all profiles are computed. */
const ADVANCE_SEGMENTS: Statement = {
  name: 'advance_segments',
  text: `
update segment set computed_to = $3::uuid, is_revised = segment.is_revised and $3::uuid is not null,
  status = case when $3::uuid is null then 'LIVE' else 'COMPUTING' end
where segment.workspace_id = $1 and segment.segment_id = any ($2::uuid[]) and segment.status = 'COMPUTING'
  and ($3::uuid is null or segment.computed_to is null or segment.computed_to < $3::uuid)`,
};

/** One row. Its memberships are swept up later. */
const DELETE_SEGMENT: Statement = {
  name: 'delete_segment',
  text: `
with gone as (
  delete from segment
  where segment.workspace_id = $1 and segment.segment_id = $2
  returning segment.segment_id
)
insert into dropped_segment (workspace_id, segment_id)
select $1, gone.segment_id from gone
on conflict (workspace_id, segment_id) do nothing`,
};

const INSERT_COMPUTED_TRAIT: Statement = {
  name: 'insert_computed_trait',
  text: `
insert into computed_trait (workspace_id, key, name, definition, tracked_event_id, created_at)
values ($1, $2, $3, $4::json, $5, $6)`,
};

const DELETE_COMPUTED_TRAIT: Statement = {
  name: 'delete_computed_trait',
  text: 'delete from computed_trait where computed_trait.workspace_id = $1 and computed_trait.key = $2',
};

/** One row a tracked event, numbered on from what is there and from what is still being swept up. */
const INSERT_TRACKED_EVENTS: Statement = {
  name: 'insert_tracked_events',
  text: `
insert into tracked_event (workspace_id, tracked_event_id, event_key, spec, is_ready)
select $1, used.last_id + incoming.ordinal, incoming.event_key, incoming.spec, false
from unnest($2::text[], $3::json[]) with ordinality as incoming (event_key, spec, ordinal)
cross join (
  select greatest(
    (select coalesce(max(t.tracked_event_id), 0) from tracked_event t where t.workspace_id = $1),
    (select coalesce(max(d.tracked_event_id), 0) from dropped_event d where d.workspace_id = $1)
  ) as last_id
) as used
returning tracked_event_id, event_key`,
};

/** One row a tracked event. Its matches are swept up later. */
const DROP_TRACKED_EVENTS: Statement = {
  name: 'drop_tracked_events',
  text: `
with gone as (
  delete from tracked_event
  where tracked_event.workspace_id = $1 and tracked_event.tracked_event_id = any ($2::int4[])
  returning tracked_event.tracked_event_id
)
insert into dropped_event (workspace_id, tracked_event_id)
select $1, gone.tracked_event_id from gone`,
};

export interface WrittenSegment {
  readonly segmentId: string;
  readonly name: string;
  readonly description: string | null;
  readonly definition: Json;
}

export async function insertSegment(
  client: ClientBase,
  workspaceId: number,
  { segmentId, key, name, description, definition }: WrittenSegment & { readonly key: string },
  atMs: number,
): Promise<void> {
  await send(client, INSERT_SEGMENT, [workspaceId, segmentId, key, name, description, JSON.stringify(definition), new Date(atMs)]);
}

export async function updateSegment(client: ClientBase, workspaceId: number, segment: WrittenSegment, atMs: number): Promise<void> {
  const { segmentId, name, description, definition } = segment;
  await send(client, UPDATE_SEGMENT, [workspaceId, segmentId, name, description, JSON.stringify(definition), new Date(atMs)]);
}

export async function computeSegmentsAgain(client: ClientBase, workspaceId: number, segmentIds: readonly string[]): Promise<void> {
  await send(client, COMPUTE_AGAIN, [workspaceId, encodeUuidArray(segmentIds)]);
}

/** By the segment's id: what went wrong. */
export async function failSegments(client: ClientBase, workspaceId: number, failures: ReadonlyMap<string, string>): Promise<void> {
  await send(client, FAIL_SEGMENTS, [workspaceId, encodeUuidArray([...failures.keys()]), encodeTextArray([...failures.values()])]);
}

/** `to`: the profile up to which they are computed; null: all of them are, and they are live. */
export async function advanceSegments(
  client: ClientBase,
  workspaceId: number,
  segmentIds: readonly string[],
  to: string | null,
): Promise<void> {
  await send(client, ADVANCE_SEGMENTS, [workspaceId, encodeUuidArray(segmentIds), to]);
}

export async function deleteSegment(client: ClientBase, workspaceId: number, segmentId: string): Promise<void> {
  await send(client, DELETE_SEGMENT, [workspaceId, segmentId]);
}

export async function insertComputedTrait(
  client: ClientBase,
  workspaceId: number,
  trait: { readonly key: string; readonly name: string; readonly definition: Json; readonly trackedEventId: number },
  atMs: number,
): Promise<void> {
  const { key, name, definition, trackedEventId } = trait;
  await send(client, INSERT_COMPUTED_TRAIT, [workspaceId, key, name, JSON.stringify(definition), trackedEventId, new Date(atMs)]);
}

export async function deleteComputedTrait(client: ClientBase, workspaceId: number, key: string): Promise<void> {
  await send(client, DELETE_COMPUTED_TRAIT, [workspaceId, key]);
}

/** `specs`: JSON texts by event key, of events that nobody tracked before. Answers their numbers. */
export async function insertTrackedEvents(
  client: ClientBase,
  workspaceId: number,
  specs: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, number>> {
  const rows = await send<{ tracked_event_id: number; event_key: string }>(client, INSERT_TRACKED_EVENTS, [
    workspaceId,
    encodeTextArray([...specs.keys()]),
    encodeJsonArray([...specs.values()]),
  ]);
  return new Map(rows.map((row) => [row.event_key, row.tracked_event_id]));
}

export async function dropTrackedEvents(client: ClientBase, workspaceId: number, ids: readonly number[]): Promise<void> {
  await send(client, DROP_TRACKED_EVENTS, [workspaceId, encodeInt4Array(ids)]);
}
