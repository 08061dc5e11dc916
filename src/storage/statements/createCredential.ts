import type { WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one API key. */
const CREATE_CREDENTIAL: Statement = {
  name: 'create_credential',
  text: `
insert into credential (key_hash, workspace_id, credential_id, source_id, name, scopes, created_at, expires_at)
values ($2, $1, $3::uuid, null, $4, $5::text[], $6::timestamptz, $7::timestamptz)`,
};

export interface NewApiKey {
  /** SHA-256 of the key. */
  readonly keyHash: Uint8Array;
  readonly credentialId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

export async function createCredential(connections: WorkspaceConnections, workspaceId: number, key: NewApiKey): Promise<void> {
  await connections.run(workspaceId, CREATE_CREDENTIAL, [
    workspaceId,
    Buffer.from(key.keyHash),
    key.credentialId,
    key.name,
    key.scopes,
    key.createdAt,
    key.expiresAt,
  ]);
}
