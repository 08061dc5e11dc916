import type { ClientBase } from 'pg';
import { encodeUuidArray } from '../binaryArrays';
import { dueBy } from './dueBy';
import { type Call, type Statement, send } from './statement';

/** Notes that are followed to the end. */
const FOLLOW_NOTES: Statement = {
  name: 'follow_notes',
  text: `
update change_note set is_followed = true
where change_note.workspace_id = $1 and change_note.note_id = any ($2::bigint[])`,
};

/**
 * Grain: one row a note. These profiles are seen to and, where $4 says so, its events told; one of which nothing is left is followed to the end. Whoever
 * else is due stays so, whatever is found out of them meanwhile.
 */
const SHORTEN_NOTES: Statement = {
  name: 'shorten_notes',
  text: `
update change_note set due_ids = left_over.due_ids, doer_ids = null, done_event_ids = null, events = left_over.events,
  is_followed = cardinality(left_over.due_ids) = 0 and left_over.events is null
from (
  select n.note_id, array(select due.profile_id from (${dueBy('n', '$5')}) as due except select unnest($3::uuid[])) as due_ids,
    case when $4::boolean then null else n.events end as events
  from change_note n
  where n.workspace_id = $1 and n.note_id = any ($2::bigint[])
) as left_over
where change_note.workspace_id = $1 and change_note.note_id = left_over.note_id
returning change_note.note_id::text as note_id, change_note.is_followed`,
};

export function followNotes(workspaceId: number, noteIds: readonly string[]): Call {
  return { statement: FOLLOW_NOTES, values: [workspaceId, noteIds] };
}

/** Answers those that are followed to the end with it. */
export async function shortenNotes(
  client: ClientBase,
  workspaceId: number,
  noteIds: readonly string[],
  {
    profileIds,
    version,
    areEventsTold,
  }: { readonly profileIds: readonly string[]; readonly version: string; readonly areEventsTold: boolean },
): Promise<string[]> {
  const rows = await send<{ note_id: string; is_followed: boolean }>(client, SHORTEN_NOTES, [
    workspaceId,
    noteIds,
    encodeUuidArray(profileIds),
    areEventsTold,
    version,
  ]);
  return rows.filter((row) => row.is_followed).map((row) => row.note_id);
}
