import { encodeInt4Array, encodeTextArray, encodeTimestamptzArray, encodeUuidArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

/** One row a membership, new or with another time or reason than before. */
const WRITE_MEMBERSHIPS: Statement = {
  name: 'write_memberships',
  text: `
insert into segment_membership (workspace_id, segment_id, profile_id, entered_at, reason)
select $1, incoming.segment_id, incoming.profile_id, incoming.entered_at, incoming.reason
from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[]) as incoming (segment_id, profile_id, entered_at, reason)
on conflict (workspace_id, segment_id, profile_id) do update set entered_at = excluded.entered_at, reason = excluded.reason`,
};

/** One row a membership, which is a stay from then on. */
const END_MEMBERSHIPS: Statement = {
  name: 'end_memberships',
  text: `
with gone as (
  delete from segment_membership
  using unnest($2::uuid[], $3::uuid[]) as outgoing (segment_id, profile_id)
  where segment_membership.workspace_id = $1 and segment_membership.segment_id = outgoing.segment_id
    and segment_membership.profile_id = outgoing.profile_id
  returning segment_membership.profile_id, segment_membership.segment_id, segment_membership.entered_at, segment_membership.reason
)
insert into segment_stay (workspace_id, profile_id, segment_id, left_at, entered_at, reason)
select $1, gone.profile_id, gone.segment_id, $4::timestamptz, gone.entered_at, gone.reason
from gone
where gone.entered_at < $4::timestamptz
on conflict (workspace_id, profile_id, segment_id, left_at) do nothing`,
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

/** One row a profile that waits for another moment or heeds other events than before: in its place, or none. */
const SET_WAKES: Statement = {
  name: 'set_segment_wakes',
  text: `
with incoming as (
  select profile.*
  from (
    select told.profile_id, case when told.heeded is null then told.wake_at else coalesce(told.wake_at, 'infinity') end as wake_at,
      told.heeded::int4[] as heeded_event_ids, case when told.heeded is not null then $5 end as heeded_version
    from unnest($2::uuid[], $3::timestamptz[], $4::text[]) as told (profile_id, wake_at, heeded)
  ) as profile
  left join segment_wake as known on known.workspace_id = $1 and known.profile_id = profile.profile_id
  where (known.wake_at, known.heeded_event_ids, known.heeded_version) is distinct from
    (profile.wake_at, profile.heeded_event_ids, profile.heeded_version)
),
gone as (
  delete from segment_wake
  using incoming
  where segment_wake.workspace_id = $1 and segment_wake.profile_id = incoming.profile_id and incoming.wake_at is null
)
insert into segment_wake (workspace_id, profile_id, wake_at, heeded_event_ids, heeded_version)
select $1, incoming.profile_id, incoming.wake_at, incoming.heeded_event_ids, incoming.heeded_version
from incoming
where incoming.wake_at is not null
on conflict (workspace_id, profile_id) do update set wake_at = excluded.wake_at, heeded_event_ids = excluded.heeded_event_ids,
  heeded_version = excluded.heeded_version`,
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
  /** Tracked events of which more may change a membership before: ascending. Null: whatever happens may. */
  readonly heededEventIds: readonly number[] | null;
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

export function endMemberships(workspaceId: number, rows: readonly MembershipKey[], leftAtMs: number): Call {
  return {
    statement: END_MEMBERSHIPS,
    values: [
      workspaceId,
      encodeUuidArray(rows.map(({ segmentId }) => segmentId)),
      encodeUuidArray(rows.map(({ profileId }) => profileId)),
      new Date(leftAtMs),
    ],
  };
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
      encodeTextArray(wakes.map(({ heededEventIds }) => heededEventIds && `{${heededEventIds.join()}}`)),
      version,
    ],
  };
}
