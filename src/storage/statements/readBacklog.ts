import type { ClientBase } from 'pg';
import type { Backlog } from '../../intake/overload';
import { type Statement, send } from './statement';

/** One row for each workspace that has anything in its inbox, past the wall. Reads the whole inbox, without its bodies. */
const READ_BACKLOG: Statement = {
  name: 'read_backlog',
  text: `
select b.workspace_id, b.messages::float8 as messages, (extract(epoch from b.oldest_received_at) * 1000)::float8 as oldest_received_at_ms
from inbox_backlog() b`,
};

export async function readBacklog(client: ClientBase): Promise<Backlog[]> {
  const rows = await send<{ workspace_id: number; messages: number; oldest_received_at_ms: number }>(client, READ_BACKLOG, []);
  return rows.map((row) => ({ workspaceId: row.workspace_id, messages: row.messages, oldestReceivedAtMs: row.oldest_received_at_ms }));
}
