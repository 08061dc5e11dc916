import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row, or none where there is no such workspace. No locks. */
const READ_WORKSPACE: Statement = {
  name: 'read_workspace',
  text: `
select workspace.default_country, workspace.settings
from workspace
where workspace.workspace_id = $1`,
};

export type WorkspaceRow = Row & readonly [defaultCountry: string, settings: string];

export async function readWorkspace(connections: WorkspaceConnections, workspaceId: number): Promise<WorkspaceRow | null> {
  const [row] = await connections.run<WorkspaceRow>(workspaceId, READ_WORKSPACE, [workspaceId]);
  return row ?? null;
}
