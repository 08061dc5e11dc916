import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

const LINK = `
  link.low_id, link.high_id, link.first_seen_at, link.last_seen_at, link.first_interaction_id, link.last_interaction_id, link.alias,
  link.decided_at, link.decided_rule,
  case when link.decided_rule = 'match' then (
    select d.probability from decision as d
    where d.workspace_id = $1 and d.low_id = link.low_id and d.high_id = link.high_id and d.rule = 'match' and d.revoked_at is null
    order by d.decided_at
    limit 1
  ) end as probability`;

/** Grain: one row a link between two identifiers of a profile asked for, the earliest first, at most $3 of each profile. Reads all of them. No locks. */
const READ_INNER_LINKS: Statement = {
  name: 'read_inner_links',
  text: `
select asked.profile_id, inner_link.*
from unnest($2::uuid[]) as asked (profile_id)
cross join lateral (
  select ${LINK}, count(*) over ()::int
  from identifier as low
  join link on link.workspace_id = $1 and link.low_id = low.identifier_id
  join identifier as high on high.workspace_id = $1 and high.identifier_id = link.high_id
  where low.workspace_id = $1 and low.profile_id = asked.profile_id and high.profile_id = asked.profile_id
  order by link.first_seen_at, link.low_id, link.high_id
  limit $3
) as inner_link`,
};

/**
 * Grain: one row a link from an identifier of a profile asked for to one that is not on it, the latest first, at most $3 of each profile, with what
 * tells why it joins nobody. Reads all of them. No locks.
 */
const READ_OUTER_LINKS: Statement = {
  name: 'read_outer_links',
  text: `
select
  asked.profile_id, outer_link.*, own.type_counts, theirs.type_counts
from unnest($2::uuid[]) as asked (profile_id)
cross join lateral (
  select
    ${LINK.replaceAll('link.', 'ends.')}, count(*) over ()::int, ends.inner_id, ends.stronger_links as inner_stronger_links, other.profile_id as other_id,
    other.type, other.value, other.source_id, other.first_seen_at as other_first_seen_at, other.last_seen_at as other_last_seen_at, other.verified,
    other.stronger_links
  from (
    select link.*, member.identifier_id as inner_id, link.high_id as outer_id, member.stronger_links
    from identifier as member
    join link on link.workspace_id = $1 and link.low_id = member.identifier_id
    where member.workspace_id = $1 and member.profile_id = asked.profile_id
    union all
    select link.*, member.identifier_id as inner_id, link.low_id as outer_id, member.stronger_links
    from identifier as member
    join link on link.workspace_id = $1 and link.high_id = member.identifier_id
    where member.workspace_id = $1 and member.profile_id = asked.profile_id
  ) as ends
  join identifier as other on other.workspace_id = $1 and other.identifier_id = ends.outer_id
  where other.profile_id <> asked.profile_id
  order by ends.last_seen_at desc nulls last, ends.low_id, ends.high_id
  limit $3
) as outer_link
join profile as own on own.workspace_id = $1 and own.profile_id = asked.profile_id
join profile as theirs on theirs.workspace_id = $1 and theirs.profile_id = outer_link.other_id`,
};

type LinkColumns = readonly [
  profileId: string,
  lowId: string,
  highId: string,
  firstSeenAtMs: number | null,
  lastSeenAtMs: number | null,
  firstInteractionId: string | null,
  lastInteractionId: string | null,
  alias: boolean,
  decidedAtMs: number | null,
  decidedRule: string | null,
  probability: number | null,
  total: number,
];

export type InnerLinkRow = Row & LinkColumns;

export type OuterLinkRow = Row &
  readonly [
    ...LinkColumns,
    innerId: string,
    innerStrongerLinks: number,
    otherProfileId: string,
    type: string,
    value: string,
    sourceId: number,
    otherFirstSeenAtMs: number,
    otherLastSeenAtMs: number,
    verified: boolean,
    strongerLinks: number,
    ownTypeCounts: string,
    theirTypeCounts: string,
  ];

export function readInnerLinks(
  connections: WorkspaceConnections,
  workspaceId: number,
  profileIds: readonly string[],
  limit: number,
): Promise<readonly InnerLinkRow[]> {
  return connections.run<InnerLinkRow>(workspaceId, READ_INNER_LINKS, [workspaceId, profileIds, limit]);
}

export function readOuterLinks(
  connections: WorkspaceConnections,
  workspaceId: number,
  profileIds: readonly string[],
  limit: number,
): Promise<readonly OuterLinkRow[]> {
  return connections.run<OuterLinkRow>(workspaceId, READ_OUTER_LINKS, [workspaceId, profileIds, limit]);
}
