import type { ClientBase } from 'pg';
import type { Change } from '../../activation/change';
import { encodeUuidArray } from '../binaryArrays';
import { dueBy } from './dueBy';
import { type Statement, send } from './statement';

/** Grain: one row a note, whoever it names: some of those that nobody has followed, oldest first. $2 at most; after the first, none of which $3 are named before. */
const OPEN_NOTES = `
  select open.*, open.named_to - open.named < $3 or open.place = 1 as is_taken
  from (
    select n.*, sum(n.named) over (order by n.note_id) as named_to, row_number() over (order by n.note_id) as place
    from (
      select change_note.*, cardinality(change_note.due_ids) as named
      from change_note
      where change_note.workspace_id = $1 and not change_note.is_followed
      order by change_note.note_id
      limit $2
    ) as n
  ) as open`;

/** Grain: one row a profile that notes say is due, those of older notes first; at most $4. Who only did what nothing of theirs heeds by $5 is left out. No locks. */
const LOAD_NOTED_PROFILES: Statement = {
  name: 'load_noted_profiles',
  text: `
with note as materialized (select * from (${OPEN_NOTES}) as open where open.is_taken)
select due.profile_id
from note cross join lateral (${dueBy('note', '$5')}) as due
group by due.profile_id
order by min(note.note_id), due.profile_id
limit $4`,
};

/** The notes themselves, without whom they name. No locks. */
const LOAD_OPEN_NOTES: Statement = {
  name: 'load_open_notes',
  text: `
select open.note_id::text as note_id, (extract(epoch from open.at) * 1000)::float8 as at_ms, open.events, open.is_taken
from (${OPEN_NOTES}) as open
order by open.note_id`,
};

/** Grain: one row a profile, each once, that these notes say has something new. */
const LOAD_CHANGED_PROFILES: Statement = {
  name: 'load_changed_profiles',
  text: `
select distinct changed.profile_id
from change_note n cross join unnest(n.profile_ids) as changed (profile_id)
where n.workspace_id = $1 and n.note_id = any ($2::bigint[])`,
};

/** Grain: one row a profile that the clock wakes at $2, those that wait for the longest first; at most $3. */
const LOAD_WOKEN: Statement = {
  name: 'load_woken_profiles',
  text: `
select k.profile_id
from segment_wake k
where k.workspace_id = $1 and k.wake_at <= $2
order by k.wake_at, k.profile_id
limit $3`,
};

/** Grain: one row a profile that there is, with the one that it was merged into. */
const LOAD_FATES: Statement = {
  name: 'load_profile_fates',
  text: `
select p.profile_id, p.merged_into
from profile p
where p.workspace_id = $1 and p.profile_id = any ($2::uuid[])`,
};

export type ToldEvent = Pick<Change, 'type' | 'profileId' | 'data'>;

export interface OpenNote {
  readonly noteId: string;
  readonly atMs: number;
  readonly events: readonly ToldEvent[];
}

/** How many notes are taken together: `notes` at most, and after the first none before which `named` are named. */
export interface NotesTaken {
  readonly notes: number;
  readonly named: number;
}

/** Null: it is nobody else's. */
export type Fates = ReadonlyMap<string, string | null>;

/** Who is due by the notes taken, as definitions of this version have it: at most `limit` profiles. */
export async function loadNotedProfiles(
  client: ClientBase,
  workspaceId: number,
  { notes, named, version, limit }: NotesTaken & { readonly version: string; readonly limit: number },
): Promise<string[]> {
  return profilesOf(await send(client, LOAD_NOTED_PROFILES, [workspaceId, notes, named, limit, version]));
}

/** The notes taken, and whether there are more than these. */
export async function loadOpenNotes(
  client: ClientBase,
  workspaceId: number,
  { notes, named }: NotesTaken,
): Promise<{ readonly notes: OpenNote[]; readonly areThereMore: boolean }> {
  type NoteRow = { note_id: string; at_ms: number; events: ToldEvent[] | null; is_taken: boolean };
  const rows = await send<NoteRow>(client, LOAD_OPEN_NOTES, [workspaceId, notes, named]);
  const taken = rows.filter((row) => row.is_taken).map((row) => ({ noteId: row.note_id, atMs: row.at_ms, events: row.events ?? [] }));
  return { notes: taken, areThereMore: taken.length < rows.length || rows.length === notes };
}

export async function loadChangedProfiles(client: ClientBase, workspaceId: number, noteIds: readonly string[]): Promise<string[]> {
  return profilesOf(await send(client, LOAD_CHANGED_PROFILES, [workspaceId, noteIds]));
}

export async function loadWokenProfiles(client: ClientBase, workspaceId: number, nowMs: number, limit: number): Promise<string[]> {
  return profilesOf(await send(client, LOAD_WOKEN, [workspaceId, new Date(nowMs), limit]));
}

/** A profile that is not there any more is left out. */
export async function loadProfileFates(client: ClientBase, workspaceId: number, profileIds: readonly string[]): Promise<Fates> {
  const rows = await send<{ profile_id: string; merged_into: string | null }>(client, LOAD_FATES, [
    workspaceId,
    encodeUuidArray(profileIds),
  ]);
  return new Map(rows.map((row) => [row.profile_id, row.merged_into]));
}

function profilesOf(rows: readonly object[]): string[] {
  return (rows as { profile_id: string }[]).map((row) => row.profile_id);
}
