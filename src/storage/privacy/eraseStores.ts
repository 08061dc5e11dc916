import type { ClientBase } from 'pg';
import { type Statement, send } from '../statements/statement';
import { PART_OF_CUSTOMER, WHOLE_CUSTOMER } from './erasureSubject';
import { KEYED_STORES } from './personalStores';

/** How many rows of which store are gone. */
export type ErasedCounts = Readonly<Record<string, number>>;

/** Grain: one row, with how many rows of the store were deleted. */
const ERASE_KEYED: readonly { readonly table: string; readonly statement: Statement }[] = KEYED_STORES.flatMap(({ table, holds }) =>
  holds(PART_OF_CUSTOMER).map((condition, index) => ({
    table,
    statement: {
      name: `erase_${table}_${index}`,
      text: `
with gone as (delete from ${table} as held where held.workspace_id = $1 and (${condition}) returning 1)
select count(*)::integer as count from gone`,
    },
  })),
);

/** Whose identifiers and profiles have ordinals from `from` up to `to`. Holding the lane, and all that writes by profiles. */
export async function eraseKeyedStores(
  client: ClientBase,
  workspaceId: number,
  { erasureId, from, to }: { readonly erasureId: string; readonly from: number; readonly to: number },
): Promise<ErasedCounts> {
  const counts: Record<string, number> = {};
  for (const { table, statement } of ERASE_KEYED) {
    const [row] = await send<{ count: number }>(client, statement, [workspaceId, erasureId, from, to]);
    counts[table] = (counts[table] ?? 0) + (row?.count ?? 0);
  }
  return counts;
}

/** Some entries of the timeline, with what stands by their ids. Grain: one row an entry that is gone. */
const ERASE_INTERACTIONS: Statement = {
  name: 'erase_interactions',
  text: `
with page as materialized (
  select entry.interaction_id from interaction entry
  where entry.workspace_id = $1 and entry.identifier_id in (${WHOLE_CUSTOMER.identifiers})
  limit $3
),
told as (
  delete from told_friction as held using page
  where held.workspace_id = $1 and split_part(held.signal_key, '/', 2) = page.interaction_id::text
  returning 1
),
gone as (
  delete from interaction as held using page where held.workspace_id = $1 and held.interaction_id = page.interaction_id
  returning held.interaction_id
)
select gone.interaction_id, (select count(*)::integer from told) as told from gone`,
};

/** At most `limit`. */
export async function eraseInteractions(
  client: ClientBase,
  workspaceId: number,
  erasureId: string,
  limit: number,
): Promise<{ readonly interactionIds: readonly string[]; readonly counts: ErasedCounts }> {
  const rows = await send<{ interaction_id: string; told: number }>(client, ERASE_INTERACTIONS, [workspaceId, erasureId, limit]);
  return {
    interactionIds: rows.map((row) => row.interaction_id),
    counts: { interaction: rows.length, told_friction: rows[0]?.told ?? 0 },
  };
}

/** Some notes of matches, of which there may be many for each entry. Grain: one row a note that is gone. */
const ERASE_MATCHES: Statement = {
  name: 'erase_event_matches',
  text: `
delete from event_match as held
where held.workspace_id = $1 and (held.identifier_id, held.tracked_event_id, held.occurred_at, held.interaction_id) in (
  select m.identifier_id, m.tracked_event_id, m.occurred_at, m.interaction_id from event_match m
  where m.workspace_id = $1 and m.identifier_id in (${WHOLE_CUSTOMER.identifiers})
  limit $3)
returning 1`,
};

/** At most `limit`; answers how many. */
export async function eraseEventMatches(client: ClientBase, workspaceId: number, erasureId: string, limit: number): Promise<number> {
  return (await send(client, ERASE_MATCHES, [workspaceId, erasureId, limit])).length;
}

/** Notes of matches whose interactions are gone: a pass over the timeline that began before them may have left some behind. */
const ERASE_LATE_MATCHES: Statement = {
  name: 'erase_late_event_matches',
  text: `
with gone as (
  delete from event_match as held
  where held.workspace_id = $1 and held.identifier_id in (${WHOLE_CUSTOMER.identifiers})
    and not exists (select from interaction entry where entry.workspace_id = $1 and entry.interaction_id = held.interaction_id)
  returning 1
)
select count(*)::integer as count from gone`,
};

export async function eraseLateEventMatches(client: ClientBase, workspaceId: number, erasureId: string): Promise<ErasedCounts> {
  const [row] = await send<{ count: number }>(client, ERASE_LATE_MATCHES, [workspaceId, erasureId]);
  return { event_match: row?.count ?? 0 };
}

/** Sizes of segments and what they count by the hour, as if the customer left them now. Before the memberships are gone. */
const LEAVE_SEGMENTS: Statement = {
  name: 'erase_from_segment_sizes',
  text: `
with gone as (
  select held.segment_id, count(*)::integer as count from segment_membership held
  where held.workspace_id = $1 and held.profile_id in (${WHOLE_CUSTOMER.profiles})
  group by held.segment_id
),
sized as (
  update segment set size = segment.size - gone.count from gone where segment.workspace_id = $1 and segment.segment_id = gone.segment_id
)
insert into segment_tally (workspace_id, segment_id, hour, entered, left_count)
select $1, gone.segment_id, date_trunc('hour', $3::timestamptz, 'UTC'), 0, gone.count from gone
on conflict (workspace_id, segment_id, hour) do update set left_count = segment_tally.left_count + excluded.left_count`,
};

export async function leaveSegments(client: ClientBase, workspaceId: number, erasureId: string, nowMs: number): Promise<void> {
  await send(client, LEAVE_SEGMENTS, [workspaceId, erasureId, new Date(nowMs)]);
}

/** Notes name others, too: only the customer goes out of them. Grain: one row a note that named them. */
const ERASE_FROM_NOTES: Statement = {
  name: 'erase_from_change_notes',
  text: `
with erased as materialized (${WHOLE_CUSTOMER.profiles})
update change_note as held set
  profile_ids = array(select own.id from unnest(held.profile_ids) as own (id) where own.id not in (select erased.profile_id from erased)),
  due_ids = array(select own.id from unnest(held.due_ids) as own (id) where own.id not in (select erased.profile_id from erased)),
  (doer_ids, done_event_ids) = (
    select array_agg(own.id), array_agg(own.event_id)
    from unnest(held.doer_ids, held.done_event_ids) as own (id, event_id)
    where own.id not in (select erased.profile_id from erased)),
  events = (
    select json_agg(told.event) from json_array_elements(held.events) as told (event)
    where not exists (select from erased where strpos(told.event::text, erased.profile_id::text) > 0))
where held.workspace_id = $1
  and (exists (select from unnest(held.profile_ids || held.due_ids) as own (id) where own.id in (select erased.profile_id from erased))
    or exists (select from erased where strpos(held.events::text, erased.profile_id::text) > 0))
returning held.note_id`,
};

export async function eraseFromChangeNotes(client: ClientBase, workspaceId: number, erasureId: string): Promise<ErasedCounts> {
  return { change_note: (await send(client, ERASE_FROM_NOTES, [workspaceId, erasureId])).length };
}
