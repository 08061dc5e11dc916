import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row a secret that is not revoked, those of one key or source together, the newest first. Never the secret. No locks. */
const LIST_KEYS: Statement = {
  name: 'list_keys',
  text: `
select credential.credential_id, credential.source_id, credential.name, credential.scopes, credential.created_at, credential.expires_at,
  credential.replaced_at, credential.last_used_at
from credential
where credential.workspace_id = $1 and credential.revoked_at is null
order by credential.source_id, credential.credential_id, credential.replaced_at desc nulls first, credential.created_at desc`,
};

export type KeyRow = Row &
  readonly [
    credentialId: string,
    sourceId: number | null,
    name: string,
    scopes: string[],
    createdAtMs: number,
    expiresAtMs: number | null,
    replacedAtMs: number | null,
    lastUsedAtMs: number | null,
  ];

export function listKeys(connections: WorkspaceConnections, workspaceId: number): Promise<readonly KeyRow[]> {
  return connections.run<KeyRow>(workspaceId, LIST_KEYS, [workspaceId]);
}
