import type { ClientBase } from 'pg';
import { encodeInt4Array, encodeTextArray, encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from './statement';

/**
 * Grain: at most $4 rows for each record asked for, its number and a profile that shares keys with it, those of the smallest blocks first. A key that
 * more than $5 identifiers hold says nothing. No locks. Where $6 has a profile's id for a record, only profiles with smaller ids are found. Profiles are
 * looked up one by one, so that no plan reads all of a workspace's identifiers.
 */
const FIND_MATCH_BLOCKS: Statement = {
  name: 'find_match_blocks',
  text: `
with wanted as (
  select incoming.* from unnest($2::int4[], $3::text[]) as incoming (record, key)
),
block as (
  select asked.key, held.identifier_ids
  from (select distinct wanted.key from wanted) as asked
  cross join lateral (
    select array_agg(holder.identifier_id) as identifier_ids
    from (select k.identifier_id from match_key k where k.workspace_id = $1 and k.key = asked.key limit $5 + 1) as holder
  ) as held
  where cardinality(held.identifier_ids) between 2 and $5
),
shared as (
  select wanted.record, holder.identifier_id, min(cardinality(block.identifier_ids)) as smallest, count(*) as keys
  from wanted
  join block on block.key = wanted.key
  cross join lateral unnest(block.identifier_ids) as holder (identifier_id)
  group by wanted.record, holder.identifier_id
),
found as (
  select shared.record, shared.smallest, shared.keys, (
    select i.profile_id from identifier i where i.workspace_id = $1 and i.identifier_id = shared.identifier_id
  ) as profile_id
  from shared
),
ranked as (
  select found.*, row_number() over (partition by found.record order by found.smallest, found.keys desc, found.profile_id) as place
  from found
  where $6::uuid[] is null or found.profile_id < ($6::uuid[])[found.record + 1]
)
select ranked.record, ranked.profile_id
from ranked
where ranked.place <= $4
order by ranked.record, ranked.place`,
};

/** A key of one of the records asked about, by its number. */
export interface AskedKey {
  readonly record: number;
  readonly key: string;
}

export interface BlockLimits {
  /** Profiles for each record. */
  readonly mostFound: number;
  /** Of one key. */
  readonly mostHolders: number;
  /** Of each record, in order: only profiles with smaller ids than this are found. Null: all. */
  readonly before: readonly string[] | null;
}

export async function findMatchBlocks(
  client: ClientBase,
  workspaceId: number,
  asked: readonly AskedKey[],
  { mostFound, mostHolders, before }: BlockLimits,
): Promise<{ readonly record: number; readonly profileId: string }[]> {
  const rows = await send<{ record: number; profile_id: string }>(client, FIND_MATCH_BLOCKS, [
    workspaceId,
    encodeInt4Array(asked.map(({ record }) => record)),
    encodeTextArray(asked.map(({ key }) => key)),
    mostFound,
    mostHolders,
    before && encodeUuidArray(before),
  ]);
  return rows.map((row) => ({ record: row.record, profileId: row.profile_id }));
}
