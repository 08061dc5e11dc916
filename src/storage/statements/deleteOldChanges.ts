import type { ClientBase, Pool } from 'pg';
import { type Statement, send } from './statement';

/** At most $3 rows, the oldest first. A note that nobody has followed yet stays. */
const DELETE_OLD_NOTES: Statement = {
  name: 'delete_old_change_notes',
  text: `
delete from change_note
where change_note.workspace_id = $1 and change_note.note_id = any (array(
  select n.note_id from change_note n
  where n.workspace_id = $1 and n.at < $2 and n.is_followed
  order by n.at limit $3
  for update skip locked))
returning 1 as one`,
};

/** At most $3 rows, the oldest first. */
const DELETE_OLD_CHANGES: Statement = {
  name: 'delete_old_changes',
  text: `
delete from change
where change.workspace_id = $1 and change.change_id = any (array(
  select c.change_id from change c
  where c.workspace_id = $1 and c.at < $2
  order by c.at limit $3
  for update skip locked))
returning 1 as one`,
};

/** At most $3 rows, the oldest first. */
const DELETE_OLD_TOLD: Statement = {
  name: 'delete_old_told_friction',
  text: `
delete from told_friction
where told_friction.workspace_id = $1 and told_friction.signal_key = any (array(
  select t.signal_key from told_friction t
  where t.workspace_id = $1 and t.detected_at < $2
  order by t.detected_at limit $3
  for update skip locked))
returning 1 as one`,
};

/** One row for each workspace that has something that is too old, past the wall. */
const LOAD_PENDING: Statement = {
  name: 'load_pending_change_upkeep',
  text: 'select p.workspace_id from pending_change_upkeep($1, $2, $3) p',
};

/** What is from before these times is too old; milliseconds since 1970. */
export interface ChangeAges {
  readonly notesBeforeMs: number;
  readonly changesBeforeMs: number;
  readonly toldBeforeMs: number;
}

export async function loadPendingChangeUpkeep(pool: Pool, { notesBeforeMs, changesBeforeMs, toldBeforeMs }: ChangeAges): Promise<number[]> {
  const { name, text } = LOAD_PENDING;
  const values = [notesBeforeMs, changesBeforeMs, toldBeforeMs].map((ms) => new Date(ms));
  const { rows } = await pool.query<{ workspace_id: number }>({ name, text, values });
  return rows.map((row) => row.workspace_id);
}

/** Answers how many rows of the kind that had the most are gone: fewer than `limit` say that nothing is left. Three statements. */
export async function deleteOldChanges(client: ClientBase, workspaceId: number, ages: ChangeAges, limit: number): Promise<number> {
  const notes = await send(client, DELETE_OLD_NOTES, [workspaceId, new Date(ages.notesBeforeMs), limit]);
  const changes = await send(client, DELETE_OLD_CHANGES, [workspaceId, new Date(ages.changesBeforeMs), limit]);
  const told = await send(client, DELETE_OLD_TOLD, [workspaceId, new Date(ages.toldBeforeMs), limit]);
  return Math.max(notes.length, changes.length, told.length);
}
