import type { Pool } from 'pg';
import type { Statement } from './statement';

/** Who listens on this channel is told the ids of workspaces that have new changes or followed notes. */
export const CHANGES_CHANNEL = 'throughline_changes';

const ANNOUNCE_CHANGES: Statement = { name: 'announce_changes', text: 'select pg_notify($1, $2)' };

/** After the commit and outside any transaction, since announcing makes commits wait for one another. Who must not miss anything looks at the tables, too. */
export async function announceChanges(pool: Pool, workspaceId: number): Promise<void> {
  const { name, text } = ANNOUNCE_CHANGES;
  await pool.query({ name, text, values: [CHANGES_CHANNEL, String(workspaceId)] });
}
