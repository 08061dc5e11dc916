import type { ClientBase } from 'pg';
import { type Statement, send } from './statement';

const SET_WORKSPACE: Statement = { name: 'set_workspace', text: `select set_config('throughline.workspace_id', $1, $2)` };

/** Opens the wall for one workspace: for the transaction, or for the connection until it is set anew. */
export async function setWorkspace(client: ClientBase, workspaceId: number, scope: 'transaction' | 'connection'): Promise<void> {
  await send(client, SET_WORKSPACE, [String(workspaceId), scope === 'transaction']);
}
