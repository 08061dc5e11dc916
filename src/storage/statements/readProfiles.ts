import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { ASKED_PROFILES } from './customerOfChange';
import type { Statement } from './statement';

/**
 * Grain: one row for each identifier of each living profile that was asked for. Where sightings are wanted, its links say when it was
 * seen on messages that another identifier owns. No locks.
 */
const MEMBERS = `
  member.profile_id, profile.first_seen_at, member.identifier_id, member.type, member.value, member.source_id, member.first_seen_at,
  member.last_seen_at, member.verified, member.interactions::float8, trait_state.traits, sighting.first_seen_at, sighting.last_seen_at`;

const WHAT_IS_KNOWN_OF_MEMBERS = `
join profile on profile.workspace_id = $1 and profile.profile_id = member.profile_id
left join trait_state on trait_state.workspace_id = $1 and trait_state.identifier_id = member.identifier_id
left join lateral (
  select min(link.first_seen_at) as first_seen_at, max(link.last_seen_at) as last_seen_at
  from (
    select link.first_seen_at, link.last_seen_at
    from link
    where $3 and link.workspace_id = $1 and link.low_id = member.identifier_id
    union all
    select link.first_seen_at, link.last_seen_at
    from link
    where $3 and link.workspace_id = $1 and link.high_id = member.identifier_id
  ) as link
) as sighting on $3`;

const BY_IDENTIFIER: Statement = {
  name: 'read_profiles_by_identifier',
  text: `
select asked.identifier_id, ${MEMBERS}
from identifier as asked
join identifier as member on member.workspace_id = $1 and member.profile_id = asked.profile_id
${WHAT_IS_KNOWN_OF_MEMBERS}
where asked.workspace_id = $1 and asked.identifier_id = any ($2::bigint[])
order by asked.identifier_id, member.first_seen_at, member.identifier_id`,
};

/** The id of a profile that was merged into another answers that one, however many steps away. */
const BY_ID: Statement = {
  name: 'read_profiles_by_id',
  text: `
${ASKED_PROFILES}
select asked.asked_id, ${MEMBERS}
from asked
join identifier as member on member.workspace_id = $1 and member.profile_id = asked.profile_id
${WHAT_IS_KNOWN_OF_MEMBERS}
where asked.merged_into is null
order by asked.asked_id, member.first_seen_at, member.identifier_id`,
};

export type ProfileMemberRow = Row &
  readonly [
    askedId: string,
    profileId: string,
    profileFirstSeenAtMs: number,
    identifierId: string,
    type: string,
    value: string,
    sourceId: number,
    firstSeenAtMs: number,
    lastSeenAtMs: number,
    verified: boolean,
    interactions: number,
    traits: string | null,
    linksFirstSeenAtMs: number | null,
    linksLastSeenAtMs: number | null,
  ];

export interface AskedProfiles {
  readonly by: 'id' | 'identifier';
  /** UUIDs of profiles, or ids of identifiers. */
  readonly ids: readonly string[];
  readonly withSightings: boolean;
}

/** The rows of one profile stand together, once for each way it was asked for. */
export function readProfiles(
  connections: WorkspaceConnections,
  workspaceId: number,
  asked: AskedProfiles,
): Promise<readonly ProfileMemberRow[]> {
  const statement = asked.by === 'id' ? BY_ID : BY_IDENTIFIER;
  return connections.run<ProfileMemberRow>(workspaceId, statement, [workspaceId, asked.ids, asked.withSightings]);
}
