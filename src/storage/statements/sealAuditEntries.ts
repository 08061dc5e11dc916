import type { ClientBase, Pool } from 'pg';
import { type Statement, send } from './statement';

/** At most $1 of the entries that are not sealed, the oldest first, in one chain with those before. Does nothing while somebody else is at it. */
const SEAL_AUDIT_ENTRIES: Statement = {
  name: 'seal_audit_entries',
  text: 'select seal_audit_entries($1) as sealed',
};

/** Answers how many were sealed. */
export async function sealAuditEntries(client: ClientBase, most: number): Promise<number> {
  const [row] = await send<{ sealed: number }>(client, SEAL_AUDIT_ENTRIES, [most]);
  return row?.sealed ?? 0;
}

/** Past the wall no more than where there is work. */
export async function workspacesWithUnsealedAudit(pool: Pool): Promise<readonly number[]> {
  const { rows } = await pool.query<{ workspace_id: number }>('select u.workspace_id from workspaces_with_unsealed_audit() u');
  return rows.map((row) => row.workspace_id);
}
