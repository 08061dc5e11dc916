import type { ClientBase } from 'pg';
import { encodeInt8Array, encodeTextArray, encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from './statement';

/**
 * One row a key and identifier: what all identifiers of these profiles held before is replaced. To be run holding the lane. Written with `except`, as
 * that is never done row against row, whatever the planner takes the lists to be.
 */
const WRITE_MATCH_KEYS: Statement = {
  name: 'write_match_keys',
  text: `
with wanted as materialized (
  select incoming.* from unnest($3::text[], $4::int8[]) as incoming (key, identifier_id)
),
held as materialized (
  select k.key, k.identifier_id
  from identifier i
  join match_key k on k.workspace_id = $1 and k.identifier_id = i.identifier_id
  where i.workspace_id = $1 and i.profile_id = any($2::uuid[])
),
gone as (
  select held.key, held.identifier_id from held except select wanted.key, wanted.identifier_id from wanted
),
replaced as (
  delete from match_key k
  using gone
  where k.workspace_id = $1 and k.key = gone.key and k.identifier_id = gone.identifier_id
)
insert into match_key (workspace_id, key, identifier_id)
select $1, fresh.key, fresh.identifier_id
from (select wanted.key, wanted.identifier_id from wanted except select held.key, held.identifier_id from held) as fresh
on conflict (workspace_id, key, identifier_id) do nothing`,
};

/** A key, and the identifier by which its profile holds it. */
export interface MatchKey {
  readonly key: string;
  readonly identifierId: bigint;
}

export async function writeMatchKeys(
  client: ClientBase,
  workspaceId: number,
  profileIds: readonly string[],
  keys: readonly MatchKey[],
): Promise<void> {
  await send(client, WRITE_MATCH_KEYS, [
    workspaceId,
    encodeUuidArray(profileIds),
    encodeTextArray(keys.map(({ key }) => key)),
    encodeInt8Array(keys.map(({ identifierId }) => identifierId)),
  ]);
}
