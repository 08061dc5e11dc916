import type { ClientBase } from 'pg';
import type { ObservedIdentifier } from '../../identity/observation';
import { encodeInt8Array } from '../binaryArrays';
import { type Statement, send } from '../statements/statement';

/** One row: the profile that was asked for. */
const SET_PROFILE: Statement = {
  name: 'set_erasure_profile',
  text: `
insert into erasure_profile (workspace_id, erasure_id, ordinal, profile_id) values ($1, $2, 0, $3)
on conflict (workspace_id, erasure_id, ordinal) do update set profile_id = excluded.profile_id`,
};

export async function setErasureProfile(client: ClientBase, workspaceId: number, erasureId: string, profileId: string): Promise<void> {
  await send(client, SET_PROFILE, [workspaceId, erasureId, profileId]);
}

/** Grain: one row an identifier of those ids that is known. */
const FIND_HOLDERS: Statement = {
  name: 'find_holders_to_erase',
  text: `
select i.type, i.value, i.profile_id from identifier i where i.workspace_id = $1 and i.identifier_id = any ($2::bigint[])`,
};

export async function findHolders(
  client: ClientBase,
  workspaceId: number,
  identifierIds: readonly bigint[],
): Promise<readonly (ObservedIdentifier & { readonly profileId: string })[]> {
  const rows = await send<ObservedIdentifier & { profile_id: string }>(client, FIND_HOLDERS, [workspaceId, encodeInt8Array(identifierIds)]);
  return rows.map(({ type, value, profile_id }) => ({ type, value, profileId: profile_id }));
}

const FORGET_IDENTIFIERS: Statement = {
  name: 'forget_erasure_identifiers',
  text: 'delete from erasure_identifier t where t.workspace_id = $1 and t.erasure_id = $2 and t.ordinal >= $3::integer',
};
const FORGET_PROFILES: Statement = {
  name: 'forget_erasure_profiles',
  text: 'delete from erasure_profile t where t.workspace_id = $1 and t.erasure_id = $2 and t.ordinal >= $3::integer',
};

/** Who answers for the profile that was asked for comes first, whoever that is by now. */
const FILL_PROFILES: Statement = {
  name: 'fill_erasure_profiles',
  text: `
with recursive up as (
  select p.profile_id, p.merged_into from erasure_profile t join profile p on p.workspace_id = $1 and p.profile_id = t.profile_id
  where t.workspace_id = $1 and t.erasure_id = $2 and t.ordinal = 0
  union all
  select p.profile_id, p.merged_into from up join profile p on p.workspace_id = $1 and p.profile_id = up.merged_into
),
own as (
  select up.profile_id, 0 as depth from up where up.merged_into is null
  union all
  select p.profile_id, own.depth + 1 from own join profile p on p.workspace_id = $1 and p.merged_into = own.profile_id
)
insert into erasure_profile (workspace_id, erasure_id, ordinal, profile_id)
select $1, $2, row_number() over (order by own.depth, own.profile_id) - 1, own.profile_id from own
on conflict (workspace_id, erasure_id, ordinal) do update set profile_id = excluded.profile_id`,
};

const FILL_IDENTIFIERS: Statement = {
  name: 'fill_erasure_identifiers',
  text: `
insert into erasure_identifier (workspace_id, erasure_id, ordinal, type, value, identifier_id)
select $1, $2, row_number() over (order by i.identifier_id) - 1, i.type, i.value, i.identifier_id
from erasure_profile t
join identifier i on i.workspace_id = $1 and i.profile_id = t.profile_id
where t.workspace_id = $1 and t.erasure_id = $2`,
};

/** One row: what the customer amounts to. */
const MEASURE: Statement = {
  name: 'measure_erasure',
  text: `
select
  (select count(*)::integer from erasure_profile t where t.workspace_id = $1 and t.erasure_id = $2) as profiles,
  count(*)::integer as identifiers, coalesce(sum(i.interactions), 0)::float8 as interactions,
  (extract(epoch from min(i.first_seen_at)) * 1000)::float8 as first_ms, (extract(epoch from max(i.last_seen_at)) * 1000)::float8 as last_ms
from erasure_identifier t
join identifier i on i.workspace_id = $1 and i.identifier_id = t.identifier_id
where t.workspace_id = $1 and t.erasure_id = $2`,
};

export interface ErasureMeasure {
  readonly profiles: number;
  readonly identifiers: number;
  /** As counted on the identifiers. */
  readonly interactions: number;
  /** When they were seen; null where there are none. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

/** The customer as of now: the profile, those that were merged into it, and all of their identifiers. */
export async function fillTargets(client: ClientBase, workspaceId: number, erasureId: string): Promise<ErasureMeasure> {
  await send(client, FORGET_IDENTIFIERS, [workspaceId, erasureId, 0]);
  await send(client, FORGET_PROFILES, [workspaceId, erasureId, 1]);
  await send(client, FILL_PROFILES, [workspaceId, erasureId]);
  await send(client, FILL_IDENTIFIERS, [workspaceId, erasureId]);
  type Row = { profiles: number; identifiers: number; interactions: number; first_ms: number | null; last_ms: number | null };
  const [row] = await send<Row>(client, MEASURE, [workspaceId, erasureId]);
  const { first_ms: firstMs, last_ms: lastMs, ...counts } = row as Row;
  return { ...counts, firstMs, lastMs };
}

/** Once the erasure is done, nothing of the customer is left in it. */
export async function forgetTargets(client: ClientBase, workspaceId: number, erasureId: string): Promise<void> {
  const all = -(2 ** 31);
  await send(client, FORGET_IDENTIFIERS, [workspaceId, erasureId, all]);
  await send(client, FORGET_PROFILES, [workspaceId, erasureId, all]);
}

/** Grain: one row an identifier, also those by which a tool named the customer. */
const LOAD_IDENTIFIERS: Statement = {
  name: 'load_erasure_identifiers',
  text: `
select t.type, t.value, t.identifier_id::text as identifier_id, t.ordinal from erasure_identifier t
where t.workspace_id = $1 and t.erasure_id = $2 order by t.ordinal`,
};
const LOAD_PROFILES: Statement = {
  name: 'load_erasure_profiles',
  text: 'select t.profile_id from erasure_profile t where t.workspace_id = $1 and t.erasure_id = $2 order by t.ordinal',
};

export interface ErasureTargets {
  readonly identifiers: readonly ObservedIdentifier[];
  readonly identifierIds: ReadonlySet<bigint>;
  /** The one that was asked for first. */
  readonly profileIds: readonly string[];
}

export async function loadTargets(client: ClientBase, workspaceId: number, erasureId: string): Promise<ErasureTargets> {
  type Row = ObservedIdentifier & { identifier_id: string | null };
  const rows = await send<Row>(client, LOAD_IDENTIFIERS, [workspaceId, erasureId]);
  const profiles = await send<{ profile_id: string }>(client, LOAD_PROFILES, [workspaceId, erasureId]);
  return {
    identifiers: rows.map(({ type, value }) => ({ type, value })),
    identifierIds: new Set(rows.flatMap((row) => (row.identifier_id === null ? [] : [BigInt(row.identifier_id)]))),
    profileIds: profiles.map((row) => row.profile_id),
  };
}
