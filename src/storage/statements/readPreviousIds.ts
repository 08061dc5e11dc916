import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row for each profile that was merged, directly or through others, into one asked for. No locks. */
const READ_PREVIOUS_IDS: Statement = {
  name: 'read_previous_ids',
  text: `
with recursive absorbed as (
  select profile.merged_into as survivor_id, profile.profile_id
  from profile
  where profile.workspace_id = $1 and profile.merged_into = any ($2::uuid[])
  union all
  select absorbed.survivor_id, profile.profile_id
  from absorbed
  join profile on profile.workspace_id = $1 and profile.merged_into = absorbed.profile_id
)
select absorbed.survivor_id, absorbed.profile_id
from absorbed
order by absorbed.profile_id`,
};

export type PreviousIdRow = Row & readonly [survivorId: string, profileId: string];

export function readPreviousIds(
  connections: WorkspaceConnections,
  workspaceId: number,
  profileIds: readonly string[],
): Promise<readonly PreviousIdRow[]> {
  return connections.run<PreviousIdRow>(workspaceId, READ_PREVIOUS_IDS, [workspaceId, profileIds]);
}
