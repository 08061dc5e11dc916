import type { ClientBase } from 'pg';
import { encodeInt8Array, encodeTextArray, encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from './statement';

/** One row a key and identifier: what all identifiers of these profiles held before is replaced. To be run holding the lane. */
const WRITE_MATCH_KEYS: Statement = {
  name: 'write_match_keys',
  text: `
with wanted as materialized (
  select incoming.* from unnest($3::text[], $4::int8[]) as incoming (key, identifier_id)
),
replaced as (
  delete from match_key k
  using identifier i
  where k.workspace_id = $1 and i.workspace_id = $1 and i.profile_id = any($2::uuid[]) and k.identifier_id = i.identifier_id
    and not exists (select from wanted w where w.key = k.key and w.identifier_id = k.identifier_id)
)
insert into match_key (workspace_id, key, identifier_id)
select $1, wanted.key, wanted.identifier_id from wanted
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
