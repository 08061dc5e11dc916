import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row a living profile, by its best matching term, the best first; those after the given one. No locks. */
const SEARCH_PROFILES: Statement = {
  name: 'search_profiles',
  text: `
with found as (
  select identifier.profile_id, max(term.rank) as rank
  from find_search_terms($2::text[], $3::text[], $4, $5) as term
  join identifier on identifier.workspace_id = $1 and identifier.identifier_id = term.identifier_id
  group by identifier.profile_id
)
select found.rank, found.profile_id
from found
where (found.rank, found.profile_id) < ($6::integer, $7::uuid)
order by found.rank desc, found.profile_id desc
limit $8`,
};

export interface SearchConditions {
  /** Lower case. Terms that equal or begin with one of them match. */
  readonly terms: readonly string[];
  /** So do terms that hold something like this. */
  readonly resembling: string;
  readonly exactly: boolean;
  readonly after: { readonly rank: number; readonly profileId: string } | null;
  readonly limit: number;
}

const BEYOND_ALL = { rank: 2_147_483_647, profileId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

export function searchProfiles(
  connections: WorkspaceConnections,
  workspaceId: number,
  conditions: SearchConditions,
): Promise<readonly (Row & readonly [rank: number, profileId: string])[]> {
  const after = conditions.after ?? BEYOND_ALL;
  return connections.run(workspaceId, SEARCH_PROFILES, [
    workspaceId,
    conditions.terms,
    conditions.terms.map((term) => `${term.replace(/[\\%_]/g, '\\$&')}%`),
    conditions.resembling,
    conditions.exactly,
    after.rank,
    after.profileId,
    conditions.limit,
  ]);
}
