import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/**
 * Grain: one row for each of the identifiers that has links: when its links were first and last seen. An identifier's own row knows
 * only of the messages it owns. No locks.
 */
const READ_SIGHTINGS: Statement = {
  name: 'read_sightings',
  text: `
select asked.identifier_id, min(sighting.first_seen_at), max(sighting.last_seen_at)
from unnest($2::bigint[]) as asked (identifier_id)
cross join lateral (
  select link.first_seen_at, link.last_seen_at
  from link
  where link.workspace_id = $1 and link.low_id = asked.identifier_id
  union all
  select link.first_seen_at, link.last_seen_at
  from link
  where link.workspace_id = $1 and link.high_id = asked.identifier_id
) as sighting
group by asked.identifier_id`,
};

export type SightingRow = Row & readonly [identifierId: string, firstSeenAtMs: number, lastSeenAtMs: number];

export function readSightings(
  connections: WorkspaceConnections,
  workspaceId: number,
  identifierIds: readonly string[],
): Promise<readonly SightingRow[]> {
  return connections.run<SightingRow>(workspaceId, READ_SIGHTINGS, [workspaceId, identifierIds]);
}
