import type { ClientBase, Pool } from 'pg';
import { type Statement, send } from '../statements/statement';
import type { ErasedCounts } from './eraseStores';

/** In this order. Each begins where the one before it has ended, whoever carries it out. */
export type ErasurePhase = 'REQUESTED' | 'TOUCHES' | 'INTERACTIONS' | 'IDENTITY' | 'INBOX' | 'TEXTS' | 'STRAYS' | 'DONE';

/** How far a phase has come: positions and keys of rows, as text. */
export type ErasurePlaces = Readonly<Record<string, string | number | null>>;

/** An erasure that is under way. */
export interface ErasureWork {
  readonly erasureId: string;
  readonly phase: ErasurePhase;
  readonly places: ErasurePlaces;
  readonly erased: ErasedCounts;
  /** Null until the identity is gone. */
  readonly erasedAtMs: number | null;
}

/** One row, locked for the rest of the transaction; none where it is not there, or somebody else has it. */
const TAKE_ERASURE: Statement = {
  name: 'take_erasure',
  text: `
select e.phase, e.places, e.erased, (extract(epoch from e.erased_at) * 1000)::float8 as erased_at_ms
from erasure e
where e.workspace_id = $1 and e.erasure_id = $2
for update skip locked`,
};

export async function takeErasure(client: ClientBase, workspaceId: number, erasureId: string): Promise<ErasureWork | null> {
  type Row = { phase: ErasurePhase; places: ErasurePlaces; erased: ErasedCounts; erased_at_ms: number | null };
  const [row] = await send<Row>(client, TAKE_ERASURE, [workspaceId, erasureId]);
  return row ? { erasureId, phase: row.phase, places: row.places, erased: row.erased, erasedAtMs: row.erased_at_ms } : null;
}

const ADVANCE_ERASURE: Statement = {
  name: 'advance_erasure',
  text: `
update erasure set phase = $3, places = $4, erased = $5, erased_at = $6::timestamptz,
  finished_at = case when $3 = 'DONE' then $7::timestamptz end
where erasure.workspace_id = $1 and erasure.erasure_id = $2`,
};

export async function advanceErasure(client: ClientBase, workspaceId: number, work: ErasureWork, nowMs: number): Promise<void> {
  const { erasureId, phase, places, erased, erasedAtMs } = work;
  const erasedAt = erasedAtMs === null ? null : new Date(erasedAtMs);
  const values = [workspaceId, erasureId, phase, JSON.stringify(places), JSON.stringify(erased), erasedAt, new Date(nowMs)];
  await send(client, ADVANCE_ERASURE, values);
}

/** One row where the erasure is new. */
const INSERT_ERASURE: Statement = {
  name: 'insert_erasure',
  text: `
insert into erasure (workspace_id, erasure_id, requested_at, requested_by, phase, places, erased, replays)
values ($1, $2, $3, $4, $5, '{}', '{}', 0)
on conflict (workspace_id, erasure_id) do nothing
returning 1`,
};

/** Answers whether it is new. */
export async function insertErasure(
  client: ClientBase,
  workspaceId: number,
  asked: { readonly erasureId: string; readonly atMs: number; readonly actor: string; readonly phase: ErasurePhase },
): Promise<boolean> {
  return (await send(client, INSERT_ERASURE, [workspaceId, asked.erasureId, new Date(asked.atMs), asked.actor, asked.phase])).length > 0;
}

/** One row: who answers for the profile $2, locked, and an erasure of theirs that is under way. None where there is no such profile. */
const LOCK_LIVING: Statement = {
  name: 'lock_profile_to_erase',
  text: `
with recursive up as (
  select p.profile_id, p.merged_into from profile p where p.workspace_id = $1 and p.profile_id = $2
  union all
  select p.profile_id, p.merged_into from up join profile p on p.workspace_id = $1 and p.profile_id = up.merged_into
)
select p.profile_id, (
  select t.erasure_id from erasure_profile t where t.workspace_id = $1 and t.profile_id = p.profile_id limit 1) as erasure_id
from profile p
where p.workspace_id = $1 and p.profile_id = (select up.profile_id from up where up.merged_into is null)
for update of p`,
};

export async function lockLivingProfile(
  client: ClientBase,
  workspaceId: number,
  profileId: string,
): Promise<{ readonly livingId: string; readonly erasureId: string | null } | null> {
  const [row] = await send<{ profile_id: string; erasure_id: string | null }>(client, LOCK_LIVING, [workspaceId, profileId]);
  return row ? { livingId: row.profile_id, erasureId: row.erasure_id } : null;
}

const LOAD_PENDING: Statement = { name: 'load_pending_erasures', text: 'select p.workspace_id, p.erasure_id from pending_erasures() p' };

export async function loadPendingErasures(pool: Pool): Promise<readonly { readonly workspaceId: number; readonly erasureId: string }[]> {
  const { rows } = await pool.query<{ workspace_id: number; erasure_id: string }>({ ...LOAD_PENDING });
  return rows.map((row) => ({ workspaceId: row.workspace_id, erasureId: row.erasure_id }));
}
