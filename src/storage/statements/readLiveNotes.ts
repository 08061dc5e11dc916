import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { ASKED_PROFILES } from './customerOfChange';
import type { Statement } from './statement';

/** From the first one, included, up to the last one, left out. */
export interface TransactionRange {
  readonly from: bigint;
  readonly to: bigint;
}

/** Grain: one row, of the notes that these transactions wrote: whether there are any, whether one tells of somebody merged or parted, and who of $4 is named. No locks. */
const READ_LIVE_NOTES: Statement = {
  name: 'read_live_notes',
  text: `
select
  count(*) > 0,
  coalesce(bool_or(note.events is not null), false),
  array(
    select unnest(named.profile_ids)
    from change_note named
    where named.workspace_id = $1 and named.transaction_id >= $2::bigint and named.transaction_id < $3::bigint
    intersect
    select unnest($4::uuid[])
  )
from change_note note
where note.workspace_id = $1 and note.transaction_id >= $2::bigint and note.transaction_id < $3::bigint`,
};

/** Grain: one row for each id that is known: the profile that answers it now. No locks. */
const READ_LIVING_PROFILES: Statement = {
  name: 'read_living_profiles',
  text: `
${ASKED_PROFILES}
select asked.asked_id, asked.profile_id
from asked
where asked.merged_into is null`,
};

export interface LiveNotes {
  readonly areThereAny: boolean;
  /** Merges, partings or consents are noted: ids may be answered by other profiles now. */
  readonly areIdentitiesChanged: boolean;
  /** Of those asked for. */
  readonly touchedIds: readonly string[];
}

export async function readLiveNotes(
  connections: WorkspaceConnections,
  workspaceId: number,
  { from, to }: TransactionRange,
  profileIds: readonly string[],
): Promise<LiveNotes> {
  type NotesRow = Row & readonly [areThereAny: boolean, areIdentitiesChanged: boolean, touchedIds: readonly string[]];
  const values = [workspaceId, String(from), String(to), profileIds];
  const [row] = await connections.run<NotesRow>(workspaceId, READ_LIVE_NOTES, values);
  if (!row) throw new Error('An aggregate came back without a row.');
  const [areThereAny, areIdentitiesChanged, touchedIds] = row;
  return { areThereAny, areIdentitiesChanged, touchedIds };
}

/** By the id asked for; ids that are unknown are left out. */
export async function readLivingProfiles(
  connections: WorkspaceConnections,
  workspaceId: number,
  profileIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await connections.run<Row & readonly [string, string]>(workspaceId, READ_LIVING_PROFILES, [workspaceId, profileIds]);
  return new Map(rows.map(([askedId, profileId]) => [askedId, profileId]));
}
