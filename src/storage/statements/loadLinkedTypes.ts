import type { ClientBase } from 'pg';
import type { LinkedType } from '../../identity/identityStore';
import { encodeInt8Array } from '../binaryArrays';
import { type Statement, send } from './statement';

/** Grain: one row for each of these identifiers and each type it is linked to. Reads every link of theirs that was seen. No locks. */
const LOAD_LINKED_TYPES: Statement = {
  name: 'load_linked_types',
  text: `
with ends as (
  select wanted.identifier_id, link.high_id as other_id
  from unnest($2::int8[]) as wanted (identifier_id)
  join link on link.workspace_id = $1 and link.low_id = wanted.identifier_id and link.first_seen_at is not null
  union all
  select wanted.identifier_id, link.low_id as other_id
  from unnest($2::int8[]) as wanted (identifier_id)
  join link on link.workspace_id = $1 and link.high_id = wanted.identifier_id and link.first_seen_at is not null
)
select
  ends.identifier_id::text as identifier_id, other.type, count(*)::int as count,
  coalesce(array_agg(other.value) filter (where $3), '{}') as values
from ends
join identifier as other on other.workspace_id = $1 and other.identifier_id = ends.other_id
group by ends.identifier_id, other.type`,
};

interface Row {
  identifier_id: string;
  type: string;
  count: number;
  values: string[];
}

export async function loadLinkedTypes(
  client: ClientBase,
  workspaceId: number,
  ids: readonly bigint[],
  withValues: boolean,
): Promise<LinkedType[]> {
  const rows = await send<Row>(client, LOAD_LINKED_TYPES, [workspaceId, encodeInt8Array(ids), withValues]);
  return rows.map((row) => ({ identifierId: BigInt(row.identifier_id), type: row.type, count: row.count, values: row.values }));
}
