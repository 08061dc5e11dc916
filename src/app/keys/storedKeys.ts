import { type Credential, Credentials } from '../../intake/credential';
import type { RateLimiter } from '../../intake/rates/rateLimiter';
import type { Clock } from '../../kernel/clock';
import { findCredential } from '../../storage/statements/findCredential';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import type { KeyUses } from './keyUses';

/** The keys of all workspaces. Who looks one up that can't be remembered has used it. `attempts`: as `Credentials` has it. */
export function storedKeys(
  connections: WorkspaceConnections,
  uses: Pick<KeyUses, 'note'>,
  clock: Clock,
  attempts: RateLimiter | null = null,
): Credentials {
  const find = async (keyHash: Buffer): Promise<Credential | null> => {
    const row = await findCredential(connections, keyHash);
    if (!row) return null;
    const [workspaceId, credentialId, sourceId, scopes, name, expiresAtMs] = row;
    uses.note(workspaceId, keyHash, clock());
    return { workspaceId, credentialId, sourceId, scopes, name, expiresAtMs };
  };
  return new Credentials(find, clock, attempts);
}
