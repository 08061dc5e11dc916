import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row a source, the oldest first. No locks. */
const LIST_SOURCES: Statement = {
  name: 'list_sources',
  text: `
select source.source_id, source.name, source.type, source.department
from source
where source.workspace_id = $1
order by source.source_id`,
};

export type SourceRow = Row & readonly [sourceId: number, name: string, type: string, department: number];

export function listSources(connections: WorkspaceConnections, workspaceId: number): Promise<readonly SourceRow[]> {
  return connections.run<SourceRow>(workspaceId, LIST_SOURCES, [workspaceId]);
}
