import type { ClientBase } from 'pg';
import { encodeByteaArray, encodeInt4Array, encodeTextArray, encodeTimestamptzArray, encodeUuidArray } from '../binaryArrays';
import { type Call, type Statement, send } from './statement';

/** One row a membership, new or with an earlier time or another reason than before. */
const WRITE_MEMBERSHIPS: Statement = {
  name: 'write_memberships',
  text: `
insert into segment_membership (workspace_id, segment_id, profile_id, entered_at, reason)
select $1, incoming.segment_id, incoming.profile_id, incoming.entered_at, incoming.reason
from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[]) as incoming (segment_id, profile_id, entered_at, reason)
on conflict (workspace_id, segment_id, profile_id) do update set entered_at = least(segment_membership.entered_at, excluded.entered_at), reason = excluded.reason`,
};

/** Grain: one row a membership, which is a stay from then on. */
const END_MEMBERSHIPS: Statement = {
  name: 'end_memberships',
  text: `
with gone as (
  delete from segment_membership
  using unnest($2::uuid[], $3::uuid[]) as outgoing (segment_id, profile_id)
  where segment_membership.workspace_id = $1 and segment_membership.segment_id = outgoing.segment_id
    and segment_membership.profile_id = outgoing.profile_id
  returning segment_membership.profile_id, segment_membership.segment_id, segment_membership.entered_at, segment_membership.reason
),
stays as (
  insert into segment_stay (workspace_id, profile_id, segment_id, left_at, entered_at, reason)
  select $1, gone.profile_id, gone.segment_id, $4::timestamptz, gone.entered_at, gone.reason
  from gone
  where gone.entered_at < $4::timestamptz
  on conflict (workspace_id, profile_id, segment_id, left_at) do nothing
)
select gone.segment_id, gone.profile_id, gone.reason from gone`,
};

/** One row a segment. */
const COUNT_MEMBERS: Statement = {
  name: 'count_members',
  text: `
with moved as (
  select incoming.segment_id, incoming.entered, incoming.left_count
  from unnest($2::uuid[], $3::int4[], $4::int4[]) as incoming (segment_id, entered, left_count)
),
sized as (
  update segment set size = segment.size + moved.entered - moved.left_count
  from moved
  where segment.workspace_id = $1 and segment.segment_id = moved.segment_id and moved.entered <> moved.left_count
)
insert into segment_tally (workspace_id, segment_id, hour, entered, left_count)
select $1, moved.segment_id, date_trunc('hour', $5::timestamptz, 'UTC'), moved.entered, moved.left_count
from moved
on conflict (workspace_id, segment_id, hour) do update
  set entered = segment_tally.entered + excluded.entered, left_count = segment_tally.left_count + excluded.left_count`,
};

/** One row a profile of which something else is known than before: in its place, or none. */
const SET_WAKES: Statement = {
  name: 'set_segment_wakes',
  text: `
with incoming as (
  select profile.*
  from (
    select told.profile_id, case when told.places is null then told.wake_at else coalesce(told.wake_at, 'infinity') end as wake_at,
      told.heeded::int4[] as heeded_event_ids, told.places, case when told.places is not null then $6 end as told_by
    from unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::bytea[]) as told (profile_id, wake_at, heeded, places)
  ) as profile
  left join segment_wake as known on known.workspace_id = $1 and known.profile_id = profile.profile_id
  where (known.wake_at, known.heeded_event_ids, known.places, known.told_by) is distinct from
    (profile.wake_at, profile.heeded_event_ids, profile.places, profile.told_by)
),
gone as (
  delete from segment_wake
  using incoming
  where segment_wake.workspace_id = $1 and segment_wake.profile_id = incoming.profile_id and incoming.wake_at is null
)
insert into segment_wake (workspace_id, profile_id, wake_at, heeded_event_ids, places, told_by)
select $1, incoming.profile_id, incoming.wake_at, incoming.heeded_event_ids, incoming.places, incoming.told_by
from incoming
where incoming.wake_at is not null
on conflict (workspace_id, profile_id) do update set wake_at = excluded.wake_at, heeded_event_ids = excluded.heeded_event_ids,
  places = excluded.places, told_by = excluded.told_by`,
};

export interface MembershipKey {
  readonly segmentId: string;
  readonly profileId: string;
}

export interface WrittenMembership extends MembershipKey {
  readonly enteredAtMs: number;
  readonly reason: string;
}

/** How many memberships of a segment began and ended. */
export interface Moved {
  readonly segmentId: string;
  readonly entered: number;
  readonly left: number;
}

export interface Wake {
  readonly profileId: string;
  /** Null: time alone changes nothing. */
  readonly wakeAtMs: number | null;
  /** What evaluating told besides; null: nothing is known. */
  readonly told: {
    /** Tracked events of which more may change a membership before: ascending. */
    readonly heededEventIds: readonly number[];
    /** The live segments that it is in, as whoever reads it encodes them. */
    readonly places: Uint8Array;
  } | null;
}

export function writeMemberships(workspaceId: number, rows: readonly WrittenMembership[]): Call {
  return {
    statement: WRITE_MEMBERSHIPS,
    values: [
      workspaceId,
      encodeUuidArray(rows.map(({ segmentId }) => segmentId)),
      encodeUuidArray(rows.map(({ profileId }) => profileId)),
      encodeTimestamptzArray(rows.map(({ enteredAtMs }) => enteredAtMs)),
      encodeTextArray(rows.map(({ reason }) => reason)),
    ],
  };
}

/** Answers what each of them was for. */
export async function endMemberships(
  client: ClientBase,
  workspaceId: number,
  ended: readonly MembershipKey[],
  leftAtMs: number,
): Promise<(MembershipKey & { readonly reason: string })[]> {
  const rows = await send<{ segment_id: string; profile_id: string; reason: string }>(client, END_MEMBERSHIPS, [
    workspaceId,
    encodeUuidArray(ended.map(({ segmentId }) => segmentId)),
    encodeUuidArray(ended.map(({ profileId }) => profileId)),
    new Date(leftAtMs),
  ]);
  return rows.map((row) => ({ segmentId: row.segment_id, profileId: row.profile_id, reason: row.reason }));
}

export function countMembers(workspaceId: number, moved: readonly Moved[], nowMs: number): Call {
  return {
    statement: COUNT_MEMBERS,
    values: [
      workspaceId,
      encodeUuidArray(moved.map(({ segmentId }) => segmentId)),
      encodeInt4Array(moved.map(({ entered }) => entered)),
      encodeInt4Array(moved.map(({ left }) => left)),
      new Date(nowMs),
    ],
  };
}

/** `version`: of the definitions with which they were told. */
export function setSegmentWakes(workspaceId: number, version: string, wakes: readonly Wake[]): Call {
  return {
    statement: SET_WAKES,
    values: [
      workspaceId,
      encodeUuidArray(wakes.map(({ profileId }) => profileId)),
      encodeTimestamptzArray(wakes.map(({ wakeAtMs }) => wakeAtMs)),
      encodeTextArray(wakes.map(({ told }) => told && `{${told.heededEventIds.join()}}`)),
      encodeByteaArray(wakes.map(({ told }) => told?.places ?? null)),
      version,
    ],
  };
}
