import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row for the key that is known and not revoked; it may have expired. Runs before any workspace is known, past the wall. No locks. */
const FIND_CREDENTIAL: Statement = {
  name: 'find_credential',
  text: `
select credential.workspace_id, credential.credential_id, credential.source_id, credential.scopes, credential.name, credential.expires_at
from find_key($1) as credential`,
};

/** Names no workspace: behind the wall nothing can be seen. */
const NO_WORKSPACE = 0;

export type CredentialRow = Row &
  readonly [workspaceId: number, credentialId: string, sourceId: number | null, scopes: string[], name: string, expiresAtMs: number | null];

/** `keyHash`: SHA-256 of the key. */
export async function findCredential(connections: WorkspaceConnections, keyHash: Uint8Array): Promise<CredentialRow | null> {
  const [row] = await connections.run<CredentialRow>(NO_WORKSPACE, FIND_CREDENTIAL, [Buffer.from(keyHash)]);
  return row ?? null;
}
