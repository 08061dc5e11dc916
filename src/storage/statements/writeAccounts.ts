import type { AccountMember, AccountRecord } from '../../profile/account';
import { encodeInt8Array, encodeJsonArray, encodeTextArray, encodeTimestamptzArray, encodeUuidArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

/** One row an account; whole records over what was there. */
const WRITE_ACCOUNTS: Statement = {
  name: 'write_accounts',
  text: `
insert into account (workspace_id, account_id, external_id, traits, first_seen_at, last_seen_at)
select $1, incoming.* from unnest($2::uuid[], $3::text[], $4::json[], $5::timestamptz[], $6::timestamptz[]) as incoming
on conflict (workspace_id, account_id) do update set
  traits = excluded.traits, first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at`,
};

/** One row an identifier in an account; seen again, its times widen. Idempotent. */
const WRITE_ACCOUNT_MEMBERS: Statement = {
  name: 'write_account_members',
  text: `
insert into account_member (workspace_id, identifier_id, account_id, first_seen_at, last_seen_at)
select $1, incoming.* from unnest($2::int8[], $3::uuid[], $4::timestamptz[], $5::timestamptz[]) as incoming
on conflict (workspace_id, identifier_id, account_id) do update set
  first_seen_at = least(account_member.first_seen_at, excluded.first_seen_at),
  last_seen_at = greatest(account_member.last_seen_at, excluded.last_seen_at)`,
};

/** Each account at most once. `traits`: the text of `encodeTraitState`. */
export function writeAccounts(workspaceId: number, accounts: readonly (AccountRecord & { traits: string })[]): Call {
  return {
    statement: WRITE_ACCOUNTS,
    values: [
      workspaceId,
      encodeUuidArray(accounts.map((row) => row.accountId)),
      encodeTextArray(accounts.map((row) => row.externalId)),
      encodeJsonArray(accounts.map((row) => row.traits)),
      encodeTimestamptzArray(accounts.map((row) => row.firstSeenAtMs)),
      encodeTimestamptzArray(accounts.map((row) => row.lastSeenAtMs)),
    ],
  };
}

/** Each pair of identifier and account at most once. */
export function writeAccountMembers(workspaceId: number, members: readonly AccountMember[]): Call {
  return {
    statement: WRITE_ACCOUNT_MEMBERS,
    values: [
      workspaceId,
      encodeInt8Array(members.map((row) => row.identifierId)),
      encodeUuidArray(members.map((row) => row.accountId)),
      encodeTimestamptzArray(members.map((row) => row.firstSeenAtMs)),
      encodeTimestamptzArray(members.map((row) => row.lastSeenAtMs)),
    ],
  };
}
