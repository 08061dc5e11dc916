import type { ClientBase } from 'pg';
import type { Change, ChangeType } from '../../activation/change';
import { RETRIED_MS } from '../../activation/retries';
import { encodeJsonArray, encodeTextArray, encodeTimestamptzArray, encodeUuidArray } from '../binaryArrays';
import { LIVING_PROFILE, SUPPRESSED } from './customerOfChange';
import { type Call, type Statement, send } from './statement';

/**
 * One row a change, and one for each destination that it goes to: an enabled one that asks for the type (and is not bound to another segment, other kinds
 * of friction or more severe ones), where the customer is not suppressed, grants what the destination needs, and was not told of by the same trigger within
 * its quiet period, under whatever id. Of several in one call that a quiet period would keep apart only the first goes. In the transaction of what it tells
 * of, so that neither is there without the other. Deliveries are numbered in the order of the changes; one whose predecessor is put off is put off as long.
 */
const RECORD_CHANGES: Statement = {
  name: 'record_changes',
  text: `
with incoming as (
  select i.change_id, i.type, i.profile_id, i.at, i.segment_id, i.friction_kind, i.data, i.ordinal
  from unnest($2::uuid[], $3::text[], $4::uuid[], $5::timestamptz[], $6::uuid[], $7::text[], $8::json[])
    with ordinality as i (change_id, type, profile_id, at, segment_id, friction_kind, data, ordinal)
),
recorded as (
  insert into change (workspace_id, change_id, type, profile_id, at, segment_id, friction_kind, data)
  select $1, i.change_id, i.type, i.profile_id, i.at, i.segment_id, i.friction_kind, i.data from incoming i
),
wanted as (
  select i.*, d.destination_id, d.purpose, d.quiet_period_seconds, customer.profile_id as living_id
  from destination d
  join incoming i on i.type = any (d.events)
    and (i.segment_id is null or cardinality(d.segment_ids) = 0 or i.segment_id = any (d.segment_ids))
    and (i.friction_kind is null or cardinality(d.friction_kinds) = 0 or i.friction_kind = any (d.friction_kinds))
    and (i.friction_kind is null or d.min_severity is null
      or array_position(array['LOW', 'MEDIUM', 'HIGH'], i.data->>'severity') >= array_position(array['LOW', 'MEDIUM', 'HIGH'], d.min_severity))
  cross join lateral (${LIVING_PROFILE('i.profile_id')}) customer
  where d.workspace_id = $1 and d.is_enabled
),
allowed as (
  select w.*, row_number() over (
    partition by w.destination_id, w.living_id, w.type, w.segment_id, w.friction_kind order by w.ordinal) as turn
  from wanted w
  where not ${SUPPRESSED('w.living_id')}
    and (w.purpose is null or (
      select coalesce(bool_and(c.granted), false) from identifier m
      join consent c on c.workspace_id = $1 and c.identifier_id = m.identifier_id and c.purpose = w.purpose
      where m.workspace_id = $1 and m.profile_id = w.living_id))
    and (w.quiet_period_seconds = 0 or not exists (
      with recursive own as (
        select w.living_id as profile_id
        union all
        select p.profile_id from own join profile p on p.workspace_id = $1 and p.merged_into = own.profile_id
      )
      select from own
      join delivery e on e.workspace_id = $1 and e.destination_id = w.destination_id and e.profile_id = own.profile_id
        and e.at > w.at - make_interval(secs => w.quiet_period_seconds)
      where e.type = w.type and e.segment_id is not distinct from w.segment_id and e.friction_kind is not distinct from w.friction_kind
        and e.status <> 'WITHHELD'))
)
insert into delivery (workspace_id, destination_id, change_id, profile_id, type, at, segment_id, friction_kind, data, status, attempts, tries, next_at, give_up_at)
select $1, a.destination_id, a.change_id, a.living_id, a.type, a.at, a.segment_id, a.friction_kind, a.data, 'PENDING', 0, 0,
  greatest(a.at, (
    select max(e.next_at) from delivery e
    where e.workspace_id = $1 and e.destination_id = a.destination_id and e.profile_id = a.living_id and e.status = 'PENDING')),
  a.at + make_interval(secs => $9)
from allowed a
where a.quiet_period_seconds = 0 or a.turn = 1
order by a.ordinal`,
};

/** In the order in which they happened. */
export function recordChanges(workspaceId: number, changes: readonly Change[]): Call {
  return {
    statement: RECORD_CHANGES,
    values: [
      workspaceId,
      encodeUuidArray(changes.map(({ changeId }) => changeId)),
      encodeTextArray(changes.map(({ type }) => type)),
      encodeUuidArray(changes.map(({ profileId }) => profileId)),
      encodeTimestamptzArray(changes.map(({ atMs }) => atMs)),
      encodeUuidArray(changes.map(({ segmentId }) => segmentId)),
      encodeTextArray(changes.map(({ frictionKind }) => frictionKind)),
      encodeJsonArray(changes.map(({ data }) => JSON.stringify(data))),
      RETRIED_MS / 1000,
    ],
  };
}

/** One row a type that some enabled destination asks for. */
const INTERESTED_TYPES: Statement = {
  name: 'interested_types',
  text: 'select distinct asked.type from destination d, unnest(d.events) as asked (type) where d.workspace_id = $1 and d.is_enabled',
};

/** What of changes anybody wants to be told by webhook: the rest need not be recorded for that. */
export async function interestedTypes(client: ClientBase, workspaceId: number): Promise<ReadonlySet<ChangeType>> {
  const rows = await send<{ type: ChangeType }>(client, INTERESTED_TYPES, [workspaceId]);
  return new Set(rows.map(({ type }) => type));
}
