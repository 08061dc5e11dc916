import type { WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row a secret that was used; what another process has noted since stands. */
const NOTE_KEY_USE: Statement = {
  name: 'note_key_use',
  text: `
update credential
set last_used_at = used.at
from unnest($2::bytea[], $3::timestamptz[]) as used (key_hash, at)
where credential.workspace_id = $1 and credential.key_hash = used.key_hash and (credential.last_used_at is null or credential.last_used_at < used.at)`,
};

export interface KeyUse {
  readonly keyHash: Buffer;
  readonly atMs: number;
}

export async function noteKeyUse(connections: WorkspaceConnections, workspaceId: number, uses: readonly KeyUse[]): Promise<void> {
  const hashes = uses.map(({ keyHash }) => keyHash);
  const times = uses.map(({ atMs }) => new Date(atMs).toISOString());
  await connections.run(workspaceId, NOTE_KEY_USE, [workspaceId, hashes, times]);
}
