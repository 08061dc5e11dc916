import type { Pool } from 'pg';
import type { ApiKeyRecord, KeyDesk, KeyRotation } from '../../api/ports/keyDesk';
import { publicId } from '../../kernel/ids';
import { insertAuditEntry } from '../../storage/statements/insertAuditEntry';
import { type KeyRow, listKeys } from '../../storage/statements/listKeys';
import { type Rotation, rotateApiKey, rotateWriteKey } from '../../storage/statements/rotateKeys';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { inWorkspace } from '../../storage/workspaceTransaction';

const MINUTE_MS = 60_000;

export function keyDesk(connections: WorkspaceConnections, pool: Pool): KeyDesk {
  return {
    listApiKeys: async (workspaceId) => apiKeysOf(await listKeys(connections, workspaceId)),
    listWriteKeys: async (workspaceId) =>
      (await listKeys(connections, workspaceId)).flatMap((row) => {
        const [credentialId, sourceId] = row;
        return sourceId === null ? [] : [{ credentialId, sourceId, ...secretOf(row) }];
      }),
    rotateApiKey: (workspaceId, credentialId, asked, author) =>
      inWorkspace(pool, workspaceId, 'changes', async (client) => {
        const expiresAtMs = await rotateApiKey(client, workspaceId, credentialId, rotationAt(author.atMs, asked));
        if (expiresAtMs === undefined) return undefined;
        const detail = { graceMinutes: asked.graceMinutes };
        await insertAuditEntry(client, workspaceId, {
          ...author,
          action: 'rotateApiKey',
          target: publicId('ApiKey', credentialId),
          detail,
        });
        return expiresAtMs;
      }),
    rotateWriteKey: (workspaceId, sourceId, asked, author) =>
      inWorkspace(pool, workspaceId, 'changes', async (client) => {
        if (!(await rotateWriteKey(client, workspaceId, sourceId, rotationAt(author.atMs, asked)))) return false;
        const detail = { graceMinutes: asked.graceMinutes };
        await insertAuditEntry(client, workspaceId, { ...author, action: 'rotateWriteKey', target: publicId('Source', sourceId), detail });
        return true;
      }),
  };
}

function rotationAt(atMs: number, { keyHash, graceMinutes, expiresAtMs }: KeyRotation): Rotation {
  return { keyHash, atMs, graceEndsAtMs: atMs + graceMinutes * MINUTE_MS, expiresAtMs };
}

function apiKeysOf(rows: readonly KeyRow[]): readonly ApiKeyRecord[] {
  const keys = new Map<string, ApiKeyRecord>();
  for (const row of rows) {
    const [credentialId, sourceId, name, scopes] = row;
    if (sourceId !== null) continue;
    const secrets = keys.get(credentialId)?.secrets ?? [];
    keys.set(credentialId, { credentialId, name, scopes, secrets: [...secrets, secretOf(row)] });
  }
  return [...keys.values()];
}

function secretOf([, , , , createdAtMs, expiresAtMs, replacedAtMs, lastUsedAtMs]: KeyRow) {
  return { createdAtMs, expiresAtMs, replacedAtMs, lastUsedAtMs };
}
