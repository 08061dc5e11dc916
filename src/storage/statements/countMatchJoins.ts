import type { ClientBase } from 'pg';
import { encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from './statement';

/** One row: how many joins by a match hold these profiles together. */
const COUNT_MATCH_JOINS: Statement = {
  name: 'count_match_joins',
  text: `
select count(*)::int as joins
from identifier i
join decision d on d.workspace_id = $1 and d.low_id = i.identifier_id and d.rule = 'match' and d.revoked_at is null
where i.workspace_id = $1 and i.profile_id = any($2::uuid[])`,
};

export async function countMatchJoins(client: ClientBase, workspaceId: number, profileIds: readonly string[]): Promise<number> {
  const [row] = await send<{ joins: number }>(client, COUNT_MATCH_JOINS, [workspaceId, encodeUuidArray(profileIds)]);
  return row?.joins ?? 0;
}
