import type { ClientBase } from 'pg';
import { type Statement, send } from './statement';

/** At most $2 memberships and $2 stays of one deleted segment. */
const SWEEP_MEMBERSHIPS: Statement = {
  name: 'sweep_memberships',
  text: `
with dropped as (
  select d.segment_id from dropped_segment d where d.workspace_id = $1 order by d.segment_id limit 1
),
doomed as (
  select m.segment_id, m.profile_id
  from dropped join segment_membership m on m.workspace_id = $1 and m.segment_id = dropped.segment_id
  order by m.profile_id
  limit $2
),
gone as (
  delete from segment_membership
  using doomed
  where segment_membership.workspace_id = $1 and segment_membership.segment_id = doomed.segment_id
    and segment_membership.profile_id = doomed.profile_id
),
past as (
  select s.profile_id, s.segment_id, s.left_at
  from dropped join segment_stay s on s.workspace_id = $1 and s.segment_id = dropped.segment_id
  limit $2
),
forgotten as (
  delete from segment_stay
  using past
  where segment_stay.workspace_id = $1 and segment_stay.profile_id = past.profile_id and segment_stay.segment_id = past.segment_id
    and segment_stay.left_at = past.left_at
),
counted as (select greatest((select count(*) from doomed), (select count(*) from past)) as memberships),
tallies as (
  delete from segment_tally
  using dropped, counted
  where segment_tally.workspace_id = $1 and segment_tally.segment_id = dropped.segment_id and counted.memberships < $2
),
finished as (
  delete from dropped_segment
  using dropped, counted
  where dropped_segment.workspace_id = $1 and dropped_segment.segment_id = dropped.segment_id and counted.memberships < $2
)
select count(*)::int as found from dropped`,
};

/** Looks at the next $2 matches in the order of their identifiers, and deletes those of dropped events. */
const SWEEP_MATCHES: Statement = {
  name: 'sweep_matches',
  text: `
with dropped as (
  select d.tracked_event_id, d.swept_to from dropped_event d where d.workspace_id = $1 order by d.tracked_event_id limit 1
),
page as (
  select m.identifier_id
  from dropped join event_match m on m.workspace_id = $1 and m.identifier_id > coalesce(dropped.swept_to, '-9223372036854775808'::bigint)
  order by m.identifier_id
  limit $2
),
place as (select max(page.identifier_id) as last_id, count(*) as matches from page),
gone as (
  delete from event_match
  using dropped, place
  where event_match.workspace_id = $1 and event_match.tracked_event_id = dropped.tracked_event_id
    and event_match.identifier_id > coalesce(dropped.swept_to, '-9223372036854775808'::bigint) and event_match.identifier_id <= place.last_id
),
moved as (
  update dropped_event set swept_to = place.last_id
  from dropped, place
  where dropped_event.workspace_id = $1 and dropped_event.tracked_event_id = dropped.tracked_event_id and place.matches = $2
),
finished as (
  delete from dropped_event
  using dropped, place
  where dropped_event.workspace_id = $1 and dropped_event.tracked_event_id = dropped.tracked_event_id and place.matches < $2
)
select count(*)::int as found from dropped`,
};

/** One piece of what deleted definitions left behind. Answers whether there may be more. Only who has the follower's progress may send it. */
export async function sweepDropped(client: ClientBase, workspaceId: number, rows: number): Promise<boolean> {
  for (const statement of [SWEEP_MEMBERSHIPS, SWEEP_MATCHES]) {
    const [row] = await send<{ found: number }>(client, statement, [workspaceId, rows]);
    if (row && row.found > 0) return true;
  }
  return false;
}
