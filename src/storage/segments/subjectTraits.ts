import { DEVICE_TYPES } from '../../measures/knownSince';
import type { Statement } from '../statements/statement';
import type { Row, WorkspaceConnections } from '../workspaceConnections';

/** Of the state `state` only these traits. */
const CHOSEN = (keys: string) => `
  select json_object_agg(trait.key, state.traits -> trait.key) filter (where state.traits -> trait.key is not null) as traits
  from unnest(${keys}::text[]) as trait (key)`;

/** Grain: one row a living profile that was asked for, with the states of those of its identifiers that say something of these traits. No locks. */
const READ_MEMBERS: Statement = {
  name: 'read_subject_members',
  text: `
select profile.profile_id, min(member.first_seen_at), max(member.last_seen_at), min(member.first_seen_at) filter (where member.type <> all ($4::text[])),
  case when $5 then json_agg(member.identifier_id::text) end, json_agg(chosen.traits) filter (where chosen.traits is not null)
from profile
join identifier as member on member.workspace_id = $1 and member.profile_id = profile.profile_id
left join trait_state as state on cardinality($3::text[]) > 0 and state.workspace_id = $1 and state.identifier_id = member.identifier_id
left join lateral (${CHOSEN('$3')}
) as chosen on state.traits is not null
where profile.workspace_id = $1 and profile.profile_id = any ($2::uuid[]) and profile.merged_into is null
group by profile.profile_id`,
};

/** Grain: one row a profile and account, with these traits of it. No locks. */
const READ_ACCOUNTS: Statement = {
  name: 'read_subject_accounts',
  text: `
select owner.profile_id, state.external_id, (${CHOSEN('$3')})
from (
  select distinct member.profile_id, account_member.account_id
  from identifier as member
  join account_member on account_member.workspace_id = $1 and account_member.identifier_id = member.identifier_id
  where member.workspace_id = $1 and member.profile_id = any ($2::uuid[])
) as owner
join account as state on state.workspace_id = $1 and state.account_id = owner.account_id`,
};

/** Grain: one row a profile and purpose that an identifier of it said something of: granted by none of them refused. No locks. */
const READ_CONSENTS: Statement = {
  name: 'read_subject_consents',
  text: `
select member.profile_id, consent.purpose, bool_and(consent.granted)
from identifier as member
join consent on consent.workspace_id = $1 and consent.identifier_id = member.identifier_id
where member.workspace_id = $1 and member.profile_id = any ($2::uuid[]) and consent.purpose = any ($3::text[])
group by member.profile_id, consent.purpose`,
};

export type MembersRow = Row &
  readonly [
    profileId: string,
    firstSeenAtMs: number,
    lastSeenAtMs: number,
    /** Since when an identifier has said who it is. */
    knownSinceMs: number | null,
    /** A JSON list; null where they were not asked for. */
    identifierIds: string | null,
    /** A JSON list of the texts of `encodeTraitState`; null where nothing was said. */
    states: string | null,
  ];

export function readMembers(
  connections: WorkspaceConnections,
  workspaceId: number,
  profileIds: readonly string[],
  { traitKeys, withIdentifiers }: { readonly traitKeys: ReadonlySet<string>; readonly withIdentifiers: boolean },
): Promise<readonly MembersRow[]> {
  return connections.run<MembersRow>(workspaceId, READ_MEMBERS, [workspaceId, profileIds, [...traitKeys], DEVICE_TYPES, withIdentifiers]);
}

/** `traits`: the text of `encodeTraitState`; null where none of the traits was said. */
export type SubjectAccountRow = Row & readonly [profileId: string, externalId: string, traits: string | null];

export function readAccounts(
  connections: WorkspaceConnections,
  workspaceId: number,
  profileIds: readonly string[],
  traitKeys: ReadonlySet<string>,
): Promise<readonly SubjectAccountRow[]> {
  return connections.run<SubjectAccountRow>(workspaceId, READ_ACCOUNTS, [workspaceId, profileIds, [...traitKeys]]);
}

export type SubjectConsentRow = Row & readonly [profileId: string, purpose: string, granted: boolean];

export function readConsents(
  connections: WorkspaceConnections,
  workspaceId: number,
  profileIds: readonly string[],
  purposes: ReadonlySet<string>,
): Promise<readonly SubjectConsentRow[]> {
  return connections.run<SubjectConsentRow>(workspaceId, READ_CONSENTS, [workspaceId, profileIds, [...purposes]]);
}
