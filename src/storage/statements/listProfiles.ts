import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row a living profile, the newest first (ids rise with time), those after the given id. No locks. */
const LIST_PROFILES: Statement = {
  name: 'list_profiles',
  text: `
select profile.profile_id
from profile
where profile.workspace_id = $1 and profile.profile_id < $2::uuid and profile.merged_into is null and profile.identifier_count > 0
order by profile.profile_id desc
limit $3`,
};

const COUNT_PROFILES: Statement = {
  name: 'count_profiles',
  text: `
select count(*)::float8
from profile
where profile.workspace_id = $1 and profile.merged_into is null and profile.identifier_count > 0`,
};

const BEYOND_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export async function listProfiles(
  connections: WorkspaceConnections,
  workspaceId: number,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await connections.run<Row & readonly [string]>(workspaceId, LIST_PROFILES, [
    workspaceId,
    page.after ?? BEYOND_ALL,
    page.limit,
  ]);
  return rows.map(([profileId]) => profileId);
}

export async function countProfiles(connections: WorkspaceConnections, workspaceId: number): Promise<number> {
  const [row] = await connections.run<Row & readonly [number]>(workspaceId, COUNT_PROFILES, [workspaceId]);
  return row?.[0] ?? 0;
}
