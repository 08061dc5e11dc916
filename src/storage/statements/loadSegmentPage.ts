import type { ClientBase } from 'pg';
import { type Statement, send } from './statement';

/** Grain: one row a segment that is being computed, those that have come the least far first. No locks. */
const LOAD_COMPUTING: Statement = {
  name: 'load_computing_segments',
  text: `
select s.segment_id, s.computed_to, s.is_revised
from segment s
where s.workspace_id = $1 and s.status = 'COMPUTING'
order by s.computed_to nulls first, s.created_at, s.segment_id`,
};

/** One row: the last of the next $3 living profiles by their ids, and how many there are. */
const FIND_PAGE_END: Statement = {
  name: 'find_page_end',
  text: `
select max(page.profile_id::text)::uuid as last_id, count(*)::int as profiles
from (
  select p.profile_id
  from profile p
  where p.workspace_id = $1 and p.merged_into is null and p.profile_id > $2
  order by p.profile_id
  limit $3
) as page`,
};

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export interface ComputingSegment {
  readonly segmentId: string;
  readonly computedTo: string | null;
  readonly isRevised: boolean;
}

export async function loadComputingSegments(client: ClientBase, workspaceId: number): Promise<ComputingSegment[]> {
  const rows = await send<{ segment_id: string; computed_to: string | null; is_revised: boolean }>(client, LOAD_COMPUTING, [workspaceId]);
  return rows.map((row) => ({ segmentId: row.segment_id, computedTo: row.computed_to, isRevised: row.is_revised }));
}

/** Null where fewer than `profiles` are left: the page has no end then. */
export async function findPageEnd(client: ClientBase, workspaceId: number, after: string | null, profiles: number): Promise<string | null> {
  const [row] = await send<{ last_id: string | null; profiles: number }>(client, FIND_PAGE_END, [
    workspaceId,
    after ?? BEFORE_ALL,
    profiles,
  ]);
  return row && row.profiles === profiles ? row.last_id : null;
}
