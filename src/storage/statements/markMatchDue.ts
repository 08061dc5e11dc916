import { encodeInt8Array } from '../binaryArrays';
import type { Call, Statement } from './statement';

/** One row an identifier; one that is due already is due of the later generation. To be run holding the lane. */
const MARK_MATCH_DUE: Statement = {
  name: 'mark_match_due',
  text: `
insert into match_due (workspace_id, identifier_id, generation)
select $1, incoming.identifier_id, lane.generation
from unnest($2::int8[]) as incoming (identifier_id)
cross join lane
where lane.workspace_id = $1
on conflict (workspace_id, identifier_id) do update set generation = excluded.generation`,
};

/** The profiles of these are to be compared. Each at most once. */
export function markMatchDue(workspaceId: number, identifierIds: readonly bigint[]): Call {
  return { statement: MARK_MATCH_DUE, values: [workspaceId, encodeInt8Array(identifierIds)] };
}
