import type { ClientBase } from 'pg';
import { hashOfKey } from '../../api/apiKey';
import type { Clock, NewId } from '../../kernel/clock';
import { publicId } from '../../kernel/ids';
import { Refusal } from '../../kernel/refusals';
import { DEPARTMENTS, SCOPES, type Scope } from '../../kernel/vocabulary';
import { createCredential } from '../../storage/statements/createCredential';
import { listSources } from '../../storage/statements/listSources';
import { createWorkspace, listWorkspaces } from '../../storage/statements/workspaces';
import { withinTransaction } from '../../storage/workspaceConnections';
import type { AdminRequest } from './adminFlags';

export interface AdminSurroundings {
  /** Of the database's owner. */
  readonly client: ClientBase;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly newKey: () => string;
}

const FIRST_KEY = 'administration';
const DAY_MS = 86_400_000;

/** Answers the lines to be printed, all or nothing. Refuses with NOT_FOUND a workspace that is not there. */
export async function adminCommand(request: AdminRequest, surroundings: AdminSurroundings): Promise<readonly string[]> {
  const { client } = surroundings;
  await client.query('begin');
  try {
    const lines = await carryOut(request, surroundings);
    await client.query('commit');
    return lines;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function carryOut(request: AdminRequest, surroundings: AdminSurroundings): Promise<readonly string[]> {
  const { client, clock } = surroundings;
  switch (request.command) {
    case 'create-workspace': {
      const { name, country } = request;
      const workspaceId = await createWorkspace(client, { name, defaultCountry: country, createdAtMs: clock() });
      const key = await createKey(surroundings, workspaceId, { name: FIRST_KEY, scopes: SCOPES, days: null });
      return [`Workspace  ${workspaceId}  ${name}`, ...key];
    }
    case 'list-workspaces':
      return (await listWorkspaces(client)).map(
        ({ workspace_id, name, default_country, created_at, sources, api_keys }) =>
          `${workspace_id}  ${name}  ${default_country}  since ${created_at.toISOString().slice(0, 10)}  ${sources} sources  ${api_keys} API keys`,
      );
    case 'list-sources':
      await refuseUnknown(client, request.workspaceId);
      return (await listSources(withinTransaction(client), request.workspaceId)).map(
        ([sourceId, name, type, department]) => `${publicId('Source', sourceId)}  ${name}  ${type}  ${DEPARTMENTS[department]}`,
      );
    case 'create-key':
      await refuseUnknown(client, request.workspaceId);
      return createKey(surroundings, request.workspaceId, request);
  }
}

async function createKey(
  { client, clock, newId, newKey }: AdminSurroundings,
  workspaceId: number,
  { name, scopes, days }: { readonly name: string; readonly scopes: readonly Scope[]; readonly days: number | null },
): Promise<readonly string[]> {
  const key = newKey();
  const nowMs = clock();
  const expiresAt = days === null ? null : new Date(nowMs + days * DAY_MS).toISOString();
  const stored = { keyHash: hashOfKey(key), credentialId: newId(), name, scopes, createdAt: new Date(nowMs).toISOString(), expiresAt };
  await createCredential(withinTransaction(client), workspaceId, stored);
  return [
    `API key    ${key}  (${scopes.join(', ')}; ${expiresAt === null ? 'until it is revoked' : `until ${expiresAt}`}; shown this once)`,
  ];
}

async function refuseUnknown(client: ClientBase, workspaceId: number): Promise<void> {
  const known = await listWorkspaces(client);
  if (!known.some(({ workspace_id }) => workspace_id === workspaceId))
    throw new Refusal('NOT_FOUND', `There is no workspace ${workspaceId}.`);
}
