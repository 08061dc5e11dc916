import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row a link whose two ends are both among the identifiers, the earliest first. No locks. */
const READ_LINKS_AMONG: Statement = {
  name: 'read_links_among',
  text: `
select link.low_id, link.high_id, link.first_seen_at, link.first_interaction_id, link.last_interaction_id, link.alias
from link
where link.workspace_id = $1 and link.low_id = any ($2::bigint[]) and link.high_id = any ($2::bigint[])
order by link.first_seen_at, link.low_id, link.high_id
limit $3`,
};

export type LinkRow = Row &
  readonly [lowId: string, highId: string, firstSeenAtMs: number, firstInteractionId: string, lastInteractionId: string, alias: boolean];

export function readLinksAmong(
  connections: WorkspaceConnections,
  workspaceId: number,
  identifierIds: readonly string[],
  limit: number,
): Promise<readonly LinkRow[]> {
  return connections.run<LinkRow>(workspaceId, READ_LINKS_AMONG, [workspaceId, identifierIds, limit]);
}
