import type { Credential } from '../intake/credential';
import { Refusal } from '../kernel/refusals';
import { Access } from './access';

/** What a key may do here. Refuses with UNAUTHENTICATED where it is nobody's, and with FORBIDDEN a write key. */
export function accessOf(credential: Credential | null): Access {
  if (credential === null)
    throw new Refusal('UNAUTHENTICATED', 'Send an API key that is neither revoked nor expired as "Authorization: Bearer <key>".');
  if (credential.sourceId !== null) throw new Refusal('FORBIDDEN', 'A write key may only send messages; this needs an API key.');
  return new Access(credential.workspaceId, credential.name, new Set(credential.scopes));
}
