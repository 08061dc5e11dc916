import type { ClientBase } from 'pg';
import type { IdentifierRecord, LinkDecision, LinkRecord, PartLabel, ProfileRecord } from '../../identity/identityStore';
import { encodeInt8Array, encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from './statement';

const PROFILE_COLUMNS = `
  p.profile_id, p.merged_into, p.contested, p.identifier_count, p.type_counts, p.rules_version, (extract(epoch from p.first_seen_at) * 1000)::float8 as profile_first_seen_ms`;
/** The labels in force. A workspace where nobody ever parted anything is asked once, not for each identifier. */
const LABELS = `
  case when (select exists (select from part_label anything where anything.workspace_id = $1)) then (
    select json_agg(json_build_array(label.decision_id, label.side))
    from part_label label
    where label.workspace_id = $1 and label.identifier_id = i.identifier_id and label.superseded_by is null
  ) end as labels`;
const IDENTIFIER_COLUMNS = `
  i.identifier_id::text as identifier_id, i.type, i.value, i.home_profile_id, i.source_id, i.stronger_links, i.verified, i.interactions::float8 as interactions,
  (extract(epoch from i.first_seen_at) * 1000)::float8 as first_seen_ms, (extract(epoch from i.last_seen_at) * 1000)::float8 as last_seen_ms,
  ${LABELS}`;
const LINK_COLUMNS = `
  l.low_id::text as low_id, l.high_id::text as high_id, l.first_interaction_id, l.last_interaction_id, l.alias,
  (extract(epoch from l.decided_at) * 1000)::float8 as decided_ms, l.decided_rule,
  (extract(epoch from l.first_seen_at) * 1000)::float8 as first_seen_ms, (extract(epoch from l.last_seen_at) * 1000)::float8 as last_seen_ms`;

const IDENTIFIERS_WITH_PROFILES = `
select ${IDENTIFIER_COLUMNS}, ${PROFILE_COLUMNS}
from identifier i
join profile p on p.workspace_id = $1 and p.profile_id = i.profile_id`;

/** One row for each of these identifiers that is known, with its profile. */
const LOAD_IDENTIFIERS: Statement = {
  name: 'load_identifiers',
  text: `${IDENTIFIERS_WITH_PROFILES}
where i.workspace_id = $1 and i.identifier_id = any($2::int8[])`,
};

/** One row for each identifier of these profiles. */
const LOAD_MEMBERS: Statement = {
  name: 'load_members',
  text: `${IDENTIFIERS_WITH_PROFILES}
where i.workspace_id = $1 and i.profile_id = any($2::uuid[])`,
};

/** One row for each of these pairs that was seen before. */
const LOAD_LINKS: Statement = {
  name: 'load_links',
  text: `
select ${LINK_COLUMNS}
from unnest($2::int8[], $3::int8[]) as pair (low_id, high_id)
join link l on l.workspace_id = $1 and l.low_id = pair.low_id and l.high_id = pair.high_id`,
};

/** At most $3 rows for each of these identifiers, decided ones first, then the latest seen; a link between two of them may come twice. */
const LOAD_LINKS_OF: Statement = {
  name: 'load_links_of',
  text: `
select link_of.*
from unnest($2::int8[]) as wanted (identifier_id)
cross join lateral (
  select ${LINK_COLUMNS}
  from (
    select l.* from link l where l.workspace_id = $1 and l.low_id = wanted.identifier_id
    union all
    select l.* from link l where l.workspace_id = $1 and l.high_id = wanted.identifier_id
  ) l
  order by l.decided_at is null, l.last_seen_at desc, l.low_id, l.high_id
  limit $3
) link_of`,
};

const LOAD_PROFILES: Statement = {
  name: 'load_profiles',
  text: `select ${PROFILE_COLUMNS} from profile p where p.workspace_id = $1 and p.profile_id = any($2::uuid[])`,
};

interface ProfileRow {
  profile_id: string;
  merged_into: string | null;
  contested: boolean;
  identifier_count: number;
  type_counts: Record<string, number>;
  rules_version: number;
  profile_first_seen_ms: number;
}

interface IdentifierRow {
  identifier_id: string;
  type: string;
  value: string;
  profile_id: string;
  home_profile_id: string | null;
  source_id: number;
  stronger_links: number;
  verified: boolean;
  interactions: number;
  first_seen_ms: number;
  last_seen_ms: number;
  labels: readonly (readonly [decisionId: string, side: 0 | 1])[] | null;
}

interface LinkRow {
  low_id: string;
  high_id: string;
  first_interaction_id: string | null;
  last_interaction_id: string | null;
  alias: boolean;
  first_seen_ms: number | null;
  last_seen_ms: number | null;
  decided_ms: number | null;
  decided_rule: LinkDecision['rule'] | null;
}

export type LoadedIdentifier = { readonly identifier: IdentifierRecord; readonly profile: ProfileRecord };

export async function loadIdentifiers(client: ClientBase, workspaceId: number, ids: readonly bigint[]): Promise<LoadedIdentifier[]> {
  const rows = await send<IdentifierRow & ProfileRow>(client, LOAD_IDENTIFIERS, [workspaceId, encodeInt8Array(ids)]);
  return rows.map(loadedFromRow);
}

export async function loadMembers(client: ClientBase, workspaceId: number, profileIds: readonly string[]): Promise<LoadedIdentifier[]> {
  const rows = await send<IdentifierRow & ProfileRow>(client, LOAD_MEMBERS, [workspaceId, encodeUuidArray(profileIds)]);
  return rows.map(loadedFromRow);
}

export async function loadLinks(
  client: ClientBase,
  workspaceId: number,
  pairs: readonly { lowId: bigint; highId: bigint }[],
): Promise<LinkRecord[]> {
  const low = encodeInt8Array(pairs.map((pair) => pair.lowId));
  const rows = await send<LinkRow>(client, LOAD_LINKS, [workspaceId, low, encodeInt8Array(pairs.map((pair) => pair.highId))]);
  return rows.map(linkFromRow);
}

export async function loadLinksOf(
  client: ClientBase,
  workspaceId: number,
  ids: readonly bigint[],
  limitPerIdentifier: number,
): Promise<LinkRecord[]> {
  const rows = await send<LinkRow>(client, LOAD_LINKS_OF, [workspaceId, encodeInt8Array(ids), limitPerIdentifier]);
  return rows.map(linkFromRow);
}

export async function loadProfiles(client: ClientBase, workspaceId: number, profileIds: readonly string[]): Promise<ProfileRecord[]> {
  const rows = await send<ProfileRow>(client, LOAD_PROFILES, [workspaceId, encodeUuidArray(profileIds)]);
  return rows.map(profileFromRow);
}

const NO_LABELS: readonly PartLabel[] = [];

function loadedFromRow(row: IdentifierRow & ProfileRow): LoadedIdentifier {
  const identifier: IdentifierRecord = {
    identifierId: BigInt(row.identifier_id),
    type: row.type,
    value: row.value,
    profileId: row.profile_id,
    homeProfileId: row.home_profile_id,
    sourceId: row.source_id,
    firstSeenAtMs: Math.round(row.first_seen_ms),
    lastSeenAtMs: Math.round(row.last_seen_ms),
    interactions: row.interactions,
    strongerLinks: row.stronger_links,
    verified: row.verified,
    labels: row.labels?.map(([decisionId, side]) => ({ decisionId, side })) ?? NO_LABELS,
  };
  return { identifier, profile: profileFromRow(row) };
}

function profileFromRow(row: ProfileRow): ProfileRecord {
  return {
    profileId: row.profile_id,
    mergedInto: row.merged_into,
    contested: row.contested,
    identifierCount: row.identifier_count,
    typeCounts: row.type_counts,
    firstSeenAtMs: Math.round(row.profile_first_seen_ms),
    rulesVersion: row.rules_version,
  };
}

function linkFromRow(row: LinkRow): LinkRecord {
  return {
    lowId: BigInt(row.low_id),
    highId: BigInt(row.high_id),
    firstSeenAtMs: row.first_seen_ms === null ? null : Math.round(row.first_seen_ms),
    lastSeenAtMs: row.last_seen_ms === null ? null : Math.round(row.last_seen_ms),
    firstInteractionId: row.first_interaction_id,
    lastInteractionId: row.last_interaction_id,
    alias: row.alias,
    decision:
      row.decided_ms === null || row.decided_rule === null ? null : { decidedAtMs: Math.round(row.decided_ms), rule: row.decided_rule },
  };
}
