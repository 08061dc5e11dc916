import type { ClientBase } from 'pg';
import type { Account } from '../../profile/account';
import { decodeTraitState, type TraitState } from '../../profile/traitState';
import { encodeInt8Array, encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from './statement';

/** Which of these interactions are on the timeline already: one row each. */
const LOAD_KNOWN_INTERACTIONS: Statement = {
  name: 'load_known_interactions',
  text: 'select i.interaction_id from interaction i where i.workspace_id = $1 and i.interaction_id = any($2::uuid[])',
};

const LOAD_TRAIT_STATES: Statement = {
  name: 'load_trait_states',
  text: 'select t.identifier_id::text as identifier_id, t.traits from trait_state t where t.workspace_id = $1 and t.identifier_id = any($2::int8[])',
};

const LOAD_ACCOUNTS: Statement = {
  name: 'load_accounts',
  text: `
select a.account_id, a.external_id, a.traits, (extract(epoch from a.first_seen_at) * 1000)::float8 as first_seen_ms,
  (extract(epoch from a.last_seen_at) * 1000)::float8 as last_seen_ms
from account a where a.workspace_id = $1 and a.account_id = any($2::uuid[])`,
};

export async function loadKnownInteractions(client: ClientBase, workspaceId: number, ids: readonly string[]): Promise<string[]> {
  const rows = await send<{ interaction_id: string }>(client, LOAD_KNOWN_INTERACTIONS, [workspaceId, encodeUuidArray(ids)]);
  return rows.map((row) => row.interaction_id);
}

export async function loadTraitStates(client: ClientBase, workspaceId: number, ids: readonly bigint[]): Promise<Map<bigint, TraitState>> {
  const rows = await send<{ identifier_id: string; traits: object }>(client, LOAD_TRAIT_STATES, [workspaceId, encodeInt8Array(ids)]);
  return new Map(rows.map((row) => [BigInt(row.identifier_id), decodeTraitState(row.traits)]));
}

export async function loadAccounts(client: ClientBase, workspaceId: number, ids: readonly string[]): Promise<Map<string, Account>> {
  const rows = await send<{ account_id: string; external_id: string; traits: object; first_seen_ms: number; last_seen_ms: number }>(
    client,
    LOAD_ACCOUNTS,
    [workspaceId, encodeUuidArray(ids)],
  );
  return new Map(rows.map((row) => [row.account_id, accountFromRow(row)]));
}

function accountFromRow(row: {
  account_id: string;
  external_id: string;
  traits: object;
  first_seen_ms: number;
  last_seen_ms: number;
}): Account {
  return {
    accountId: row.account_id,
    externalId: row.external_id,
    state: decodeTraitState(row.traits),
    firstSeenAtMs: Math.round(row.first_seen_ms),
    lastSeenAtMs: Math.round(row.last_seen_ms),
  };
}
