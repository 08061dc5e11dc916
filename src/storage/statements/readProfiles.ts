import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/**
 * Grain: one row for each identifier of each living profile that was asked for, by its id, by the id of a profile that was merged
 * into it, or by one of its identifiers. No locks.
 */
const READ_PROFILES: Statement = {
  name: 'read_profiles',
  text: `
with recursive root as (
  (
    select profile.profile_id as asked_profile_id, null::bigint as asked_identifier_id, profile.profile_id, profile.merged_into
    from profile
    where profile.workspace_id = $1 and profile.profile_id = any ($2::uuid[])
    union all
    select null, identifier.identifier_id, identifier.profile_id, null
    from identifier
    where identifier.workspace_id = $1 and identifier.identifier_id = any ($3::bigint[])
  )
  union all
  select root.asked_profile_id, root.asked_identifier_id, profile.profile_id, profile.merged_into
  from root
  join profile on profile.workspace_id = $1 and profile.profile_id = root.merged_into
)
select
  root.asked_profile_id, root.asked_identifier_id, root.profile_id, profile.first_seen_at,
  identifier.identifier_id, identifier.type, identifier.value, identifier.source_id,
  identifier.first_seen_at, identifier.last_seen_at, identifier.verified, identifier.interactions::float8,
  trait_state.traits
from root
join profile on profile.workspace_id = $1 and profile.profile_id = root.profile_id
join identifier on identifier.workspace_id = $1 and identifier.profile_id = root.profile_id
left join trait_state on trait_state.workspace_id = $1 and trait_state.identifier_id = identifier.identifier_id
where root.merged_into is null
order by root.profile_id, root.asked_profile_id, root.asked_identifier_id, identifier.first_seen_at, identifier.identifier_id`,
};

export type ProfileMemberRow = Row &
  readonly [
    askedProfileId: string | null,
    askedIdentifierId: string | null,
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
  ];

export function readProfiles(
  connections: WorkspaceConnections,
  workspaceId: number,
  profileIds: readonly string[],
  identifierIds: readonly string[],
): Promise<readonly ProfileMemberRow[]> {
  return connections.run<ProfileMemberRow>(workspaceId, READ_PROFILES, [workspaceId, profileIds, identifierIds]);
}
