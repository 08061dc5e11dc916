import type { Pool } from 'pg';

/** What a workspace remembers of its demo data. */
export interface DemoMark {
  /** The end of the year that is told; a load that was interrupted goes on with the same. */
  readonly nowMs: number;
  readonly done: boolean;
}

/**
 * Marks an empty workspace as one that gets the demo company's data, and answers its mark; null where there is none and the
 * workspace holds something else, which the demo must never be mixed into. `pool` must be the owner's.
 */
export async function claimDemo(pool: Pool, workspaceId: number, nowMs: number): Promise<DemoMark | null> {
  await pool.query(
    `update workspace w set settings = w.settings || jsonb_build_object('demo', jsonb_build_object('nowMs', $2::bigint, 'done', false))
     where w.workspace_id = $1 and not w.settings ? 'demo'
       and not exists (select from inbox i where i.workspace_id = $1) and not exists (select from interaction i where i.workspace_id = $1)`,
    [workspaceId, nowMs],
  );
  const { rows } = await pool.query<{ demo: DemoMark | null }>(
    `select w.settings -> 'demo' as demo from workspace w where w.workspace_id = $1`,
    [workspaceId],
  );
  return rows[0]?.demo ?? null;
}

export async function finishDemo(pool: Pool, workspaceId: number): Promise<void> {
  await pool.query(`update workspace w set settings = jsonb_set(w.settings, '{demo,done}', 'true') where w.workspace_id = $1`, [
    workspaceId,
  ]);
}
