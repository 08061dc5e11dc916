import type { ClientBase } from 'pg';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { LIVING_PROFILE } from './customerOfChange';
import { type Statement, send } from './statement';

/** The identifiers of who answers for the profile $2. */
const MEMBERS = `members as (
  select i.identifier_id from (${LIVING_PROFILE('$2::uuid')}) living
  join identifier i on i.workspace_id = $1 and i.profile_id = living.profile_id
)`;

/** Grain: one row an identifier of who answers for the profile; none where there is no such profile. */
const SUPPRESS_PROFILE: Statement = {
  name: 'suppress_profile',
  text: `
with ${MEMBERS},
suppressed as (
  insert into suppression (workspace_id, identifier_id, at, actor, reason)
  select $1, m.identifier_id, $3::timestamptz, $4::text, $5::text from members m
  on conflict (workspace_id, identifier_id) do nothing
)
select m.identifier_id from members m`,
};

/** As `suppress_profile`; the identifiers are free again. */
const RELEASE_PROFILE: Statement = {
  name: 'release_profile',
  text: `
with ${MEMBERS},
released as (
  delete from suppression using members m where suppression.workspace_id = $1 and suppression.identifier_id = m.identifier_id
)
select m.identifier_id from members m`,
};

/** Answers how many identifiers the profile has. */
export async function suppressProfile(
  client: ClientBase,
  workspaceId: number,
  profileId: string,
  said: { readonly atMs: number; readonly actor: string; readonly reason: string | null },
): Promise<number> {
  return (await send(client, SUPPRESS_PROFILE, [workspaceId, profileId, new Date(said.atMs), said.actor, said.reason])).length;
}

/** Answers how many identifiers the profile has. */
export async function releaseProfile(client: ClientBase, workspaceId: number, profileId: string): Promise<number> {
  return (await send(client, RELEASE_PROFILE, [workspaceId, profileId])).length;
}

/** Grain: one row a suppressed identifier of those asked for. No locks. */
const READ_SUPPRESSED: Statement = {
  name: 'read_suppressed',
  text: `
select suppression.identifier_id
from suppression
where suppression.workspace_id = $1 and suppression.identifier_id = any ($2::bigint[])`,
};

export async function readSuppressed(
  connections: WorkspaceConnections,
  workspaceId: number,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await connections.run<Row & readonly [string]>(workspaceId, READ_SUPPRESSED, [workspaceId, ids]);
  return new Set(rows.map(([identifierId]) => identifierId));
}

/** Grain: one row an identifier and purpose it said something of. No locks. */
const READ_CONSENTS: Statement = {
  name: 'read_consents',
  text: `
select consent.identifier_id, consent.purpose, consent.granted, consent.at, consent.source_id
from consent
where consent.workspace_id = $1 and consent.identifier_id = any ($2::bigint[])
order by consent.purpose, consent.identifier_id`,
};

export type StoredConsentRow = Row & readonly [identifierId: string, purpose: string, granted: boolean, atMs: number, sourceId: number];

export function readConsents(
  connections: WorkspaceConnections,
  workspaceId: number,
  ids: readonly string[],
): Promise<readonly StoredConsentRow[]> {
  return connections.run<StoredConsentRow>(workspaceId, READ_CONSENTS, [workspaceId, ids]);
}
