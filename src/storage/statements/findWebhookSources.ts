import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row a source of that number, in whichever workspace. Runs before any workspace is known, past the wall. No locks. */
const FIND_WEBHOOK_SOURCES: Statement = {
  name: 'find_webhook_sources',
  text: `
select found.workspace_id, found.source_id, found.type, found.settings
from find_webhook_sources($1) as found`,
};

/** Names no workspace: behind the wall nothing can be seen. */
const NO_WORKSPACE = 0;

/** `settings`: JSON text. */
export type WebhookSourceRow = Row & readonly [workspaceId: number, sourceId: number, type: string, settings: string];

export function findWebhookSources(connections: WorkspaceConnections, sourceId: number): Promise<readonly WebhookSourceRow[]> {
  return connections.run<WebhookSourceRow>(NO_WORKSPACE, FIND_WEBHOOK_SOURCES, [sourceId]);
}
