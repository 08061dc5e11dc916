import type { ClientBase } from 'pg';
import { type Statement, send } from './statement';

/** One row for each workspace whose profiles are to be resolved anew, past the wall; its generation rises with each batch that is written. */
const LOAD_PENDING_RULE_CHANGES: Statement = {
  name: 'load_pending_rule_changes',
  text: 'select p.workspace_id, p.generation::text as generation from pending_rule_changes() p',
};

export async function loadPendingRuleChanges(client: ClientBase): Promise<{ readonly workspaceId: number; readonly generation: bigint }[]> {
  const rows = await send<{ workspace_id: number; generation: string }>(client, LOAD_PENDING_RULE_CHANGES, []);
  return rows.map((row) => ({ workspaceId: row.workspace_id, generation: BigInt(row.generation) }));
}
