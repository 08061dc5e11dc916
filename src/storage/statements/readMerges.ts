import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row for each merge and each of the profiles asked for that took part in it, the latest first. No locks. */
const READ_MERGES: Statement = {
  name: 'read_merges',
  text: `
select
  asked.profile_id, profile_merge.merge_id, profile_merge.merged_at, profile_merge.rule, profile_merge.actor, profile_merge.survivor_id,
  profile_merge.absorbed_id, profile_merge.undone_at
from unnest($2::uuid[]) as asked (profile_id)
join profile_merge on profile_merge.workspace_id = $1
  and (profile_merge.survivor_id = asked.profile_id or profile_merge.absorbed_id = asked.profile_id)
order by profile_merge.merged_at desc, profile_merge.merge_id desc`,
};

export type MergeRow = Row &
  readonly [
    profileId: string,
    mergeId: string,
    mergedAtMs: number,
    rule: string,
    actor: string,
    survivorId: string,
    absorbedId: string,
    undoneAtMs: number | null,
  ];

export function readMerges(
  connections: WorkspaceConnections,
  workspaceId: number,
  profileIds: readonly string[],
): Promise<readonly MergeRow[]> {
  return connections.run<MergeRow>(workspaceId, READ_MERGES, [workspaceId, profileIds]);
}
