import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row an account that exists. No locks. */
const FIND_ACCOUNTS: Statement = {
  name: 'find_accounts',
  text: `
select account.account_id, account.external_id, account.traits
from account
where account.workspace_id = $1 and account.account_id = any ($2::uuid[])`,
};

/** Grain: one row for each identifier and each account it was put into, in the order that was done. No locks. */
const READ_ACCOUNTS_OF: Statement = {
  name: 'read_accounts_of',
  text: `
select account.account_id, account.external_id, account.traits, account_member.identifier_id
from account_member
join account on account.workspace_id = $1 and account.account_id = account_member.account_id
where account_member.workspace_id = $1 and account_member.identifier_id = any ($2::bigint[])
order by account_member.first_seen_at, account_member.account_id`,
};

/** Grain: one row a living profile with an identifier in the account, the newest first, those after the given id. No locks. */
const LIST_ACCOUNT_PROFILES: Statement = {
  name: 'list_account_profiles',
  text: `
select distinct identifier.profile_id
from account_member
join identifier on identifier.workspace_id = $1 and identifier.identifier_id = account_member.identifier_id
where account_member.workspace_id = $1 and account_member.account_id = $2::uuid and identifier.profile_id < $3::uuid
order by identifier.profile_id desc
limit $4`,
};

const BEYOND_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export type AccountRow = Row & readonly [accountId: string, externalId: string, traits: string];
export type AccountOfRow = Row & readonly [accountId: string, externalId: string, traits: string, identifierId: string];

export function findAccounts(
  connections: WorkspaceConnections,
  workspaceId: number,
  accountIds: readonly string[],
): Promise<readonly AccountRow[]> {
  return connections.run<AccountRow>(workspaceId, FIND_ACCOUNTS, [workspaceId, accountIds]);
}

export function readAccountsOf(
  connections: WorkspaceConnections,
  workspaceId: number,
  identifierIds: readonly string[],
): Promise<readonly AccountOfRow[]> {
  return connections.run<AccountOfRow>(workspaceId, READ_ACCOUNTS_OF, [workspaceId, identifierIds]);
}

export async function listAccountProfiles(
  connections: WorkspaceConnections,
  workspaceId: number,
  accountId: string,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly string[]> {
  const values = [workspaceId, accountId, page.after ?? BEYOND_ALL, page.limit];
  const rows = await connections.run<Row & readonly [string]>(workspaceId, LIST_ACCOUNT_PROFILES, values);
  return rows.map(([profileId]) => profileId);
}
