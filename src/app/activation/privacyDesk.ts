import type { Pool } from 'pg';
import type { PrivacyDesk } from '../../api/ports/privacyDesk';
import { publicId } from '../../kernel/ids';
import { insertAuditEntry } from '../../storage/statements/insertAuditEntry';
import { readConsents, readSuppressed, releaseProfile, suppressProfile } from '../../storage/statements/suppressions';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { inWorkspace } from '../../storage/workspaceTransaction';

export function privacyDesk(connections: WorkspaceConnections, pool: Pool): PrivacyDesk {
  return {
    suppressProfile: (workspaceId, { profileId, suppressed, reason }, author) =>
      inWorkspace(pool, workspaceId, 'changes', async (client) => {
        const { atMs, actor } = author;
        const identifiers = suppressed
          ? await suppressProfile(client, workspaceId, profileId, { atMs, actor, reason })
          : await releaseProfile(client, workspaceId, profileId);
        if (identifiers === 0) return false;
        await insertAuditEntry(client, workspaceId, {
          ...author,
          action: 'suppressProfile',
          target: publicId('Profile', profileId),
          detail: { suppressed },
          note: reason === null ? {} : { reason },
        });
        return true;
      }),
    readSuppressed: (workspaceId, identifierIds) => readSuppressed(connections, workspaceId, identifierIds),
    readConsents: async (workspaceId, identifierIds) => {
      const rows = await readConsents(connections, workspaceId, identifierIds);
      return rows.map(([identifierId, purpose, granted, atMs, sourceId]) => ({ identifierId, purpose, granted, atMs, sourceId }));
    },
  };
}
