import { Credentials } from '../../intake/credential';
import type { Clock } from '../../kernel/clock';
import { findCredential } from '../../storage/statements/findCredential';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import type { KeyUses } from './keyUses';

/** The keys of all workspaces. Who looks one up that can't be remembered has used it. */
export function storedKeys(connections: WorkspaceConnections, uses: Pick<KeyUses, 'note'>, clock: Clock): Credentials {
  return new Credentials(async (keyHash) => {
    const row = await findCredential(connections, keyHash);
    if (!row) return null;
    const [workspaceId, credentialId, sourceId, scopes, name, expiresAtMs] = row;
    uses.note(workspaceId, keyHash, clock());
    return { workspaceId, credentialId, sourceId, scopes, name, expiresAtMs };
  }, clock);
}
