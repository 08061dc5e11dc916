import type { WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one API key that is not revoked yet; a write key is left alone. Again: no row. */
const REVOKE_CREDENTIAL: Statement = {
  name: 'revoke_credential',
  text: `
update credential
set revoked_at = $3::timestamptz
where credential.workspace_id = $1 and credential.credential_id = $2::uuid and credential.source_id is null and credential.revoked_at is null
returning credential.credential_id`,
};

export async function revokeCredential(
  connections: WorkspaceConnections,
  workspaceId: number,
  credentialId: string,
  revokedAt: string,
): Promise<boolean> {
  const rows = await connections.run(workspaceId, REVOKE_CREDENTIAL, [workspaceId, credentialId, revokedAt]);
  return rows.length > 0;
}
