import type { ClientBase } from 'pg';
import { type Statement, send } from './statement';

/** Grain: one workspace, with the lane in which its changes are written. As the owner: no wall stands around what is not there yet. */
const CREATE_WORKSPACE: Statement = {
  name: 'create_workspace',
  text: `
with made as (
  insert into workspace (name, default_country, created_at)
  values ($1, $2, $3::timestamptz)
  returning workspace.workspace_id
),
lane as (
  insert into lane (workspace_id, updated_at)
  select made.workspace_id, $3::timestamptz
  from made
)
select made.workspace_id
from made`,
};

/** Grain: one row a workspace, by number. As the owner: past every wall. */
const LIST_WORKSPACES: Statement = {
  name: 'list_workspaces',
  text: `
select workspace.workspace_id, workspace.name, workspace.default_country, workspace.created_at,
  (select count(*)::integer from source where source.workspace_id = workspace.workspace_id) as sources,
  (select count(*)::integer from credential
   where credential.workspace_id = workspace.workspace_id and credential.source_id is null and credential.revoked_at is null) as api_keys
from workspace
order by workspace.workspace_id`,
};

/** Answers the number of the workspace. */
export async function createWorkspace(
  client: ClientBase,
  { name, defaultCountry, createdAtMs }: { readonly name: string; readonly defaultCountry: string; readonly createdAtMs: number },
): Promise<number> {
  const [row] = await send<{ workspace_id: number }>(client, CREATE_WORKSPACE, [name, defaultCountry, new Date(createdAtMs)]);
  if (!row) throw new Error('A workspace was inserted and no number came back.');
  return row.workspace_id;
}

export interface WorkspaceLine {
  readonly workspace_id: number;
  readonly name: string;
  readonly default_country: string;
  readonly created_at: Date;
  readonly sources: number;
  readonly api_keys: number;
}

export function listWorkspaces(client: ClientBase): Promise<readonly WorkspaceLine[]> {
  return send<WorkspaceLine>(client, LIST_WORKSPACES, []);
}
