import type { ClientBase } from 'pg';
import { type Statement, send } from './statement';

/** One row: the model in force, without itself, and how far all profiles have been compared under it. */
const LOAD_MATCH_PROGRESS: Statement = {
  name: 'load_match_progress',
  text: `
select (extract(epoch from m.trained_at) * 1000)::float8 as trained_ms, m.profiles::float8 as profiles, m.examined_to, m.is_examined
from match_model m
where m.workspace_id = $1`,
};

/** At most $2 rows: identifiers that are due, each with its profile. No locks. */
const LOAD_MATCH_DUE: Statement = {
  name: 'load_match_due',
  text: `
select d.identifier_id::text as identifier_id, d.generation::text as generation, i.profile_id
from match_due d
left join identifier i on i.workspace_id = $1 and i.identifier_id = d.identifier_id
where d.workspace_id = $1
order by d.identifier_id
limit $2`,
};

/** The next living profiles by their ids. */
const LOAD_PROFILES_AFTER: Statement = {
  name: 'load_profiles_after',
  text: `
select p.profile_id
from profile p
where p.workspace_id = $1 and p.merged_into is null and p.profile_id > $2
order by p.profile_id
limit $3`,
};

const COUNT_LIVING_PROFILES: Statement = {
  name: 'count_living_profiles',
  text: 'select count(*)::float8 as profiles from profile p where p.workspace_id = $1 and p.merged_into is null',
};

/** One row for each workspace that has profiles to compare, past the wall; its steps rise while somebody works on it. */
const LOAD_PENDING_MATCHING: Statement = {
  name: 'load_pending_matching',
  text: 'select p.workspace_id, p.steps::text as steps from pending_matching() p',
};

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export interface MatchProgress {
  /** Null as long as there are too few profiles to learn from. */
  readonly trainedAtMs: number | null;
  readonly profiles: number;
  readonly examinedTo: string | null;
  readonly isExamined: boolean;
}

export interface DueIdentifier {
  readonly identifierId: bigint;
  readonly generation: bigint;
  /** Null where the identifier is gone. */
  readonly profileId: string | null;
}

/** Null where matching was never switched on. */
export async function loadMatchProgress(client: ClientBase, workspaceId: number): Promise<MatchProgress | null> {
  const [row] = await send<{ trained_ms: number | null; profiles: number; examined_to: string | null; is_examined: boolean }>(
    client,
    LOAD_MATCH_PROGRESS,
    [workspaceId],
  );
  if (!row) return null;
  return { trainedAtMs: row.trained_ms, profiles: row.profiles, examinedTo: row.examined_to, isExamined: row.is_examined };
}

export async function loadMatchDue(client: ClientBase, workspaceId: number, limit: number): Promise<DueIdentifier[]> {
  const rows = await send<{ identifier_id: string; generation: string; profile_id: string | null }>(client, LOAD_MATCH_DUE, [
    workspaceId,
    limit,
  ]);
  return rows.map((row) => ({
    identifierId: BigInt(row.identifier_id),
    generation: BigInt(row.generation),
    profileId: row.profile_id,
  }));
}

export async function loadProfilesAfter(
  client: ClientBase,
  workspaceId: number,
  page: { readonly after: string | null; readonly limit: number },
): Promise<string[]> {
  const rows = await send<{ profile_id: string }>(client, LOAD_PROFILES_AFTER, [workspaceId, page.after ?? BEFORE_ALL, page.limit]);
  return rows.map((row) => row.profile_id);
}

export async function countLivingProfiles(client: ClientBase, workspaceId: number): Promise<number> {
  const [row] = await send<{ profiles: number }>(client, COUNT_LIVING_PROFILES, [workspaceId]);
  return row?.profiles ?? 0;
}

export async function loadPendingMatching(client: ClientBase): Promise<{ readonly workspaceId: number; readonly steps: bigint }[]> {
  const rows = await send<{ workspace_id: number; steps: string }>(client, LOAD_PENDING_MATCHING, []);
  return rows.map((row) => ({ workspaceId: row.workspace_id, steps: BigInt(row.steps) }));
}
