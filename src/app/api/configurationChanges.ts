import type { Pool } from 'pg';
import { isoText } from '../../api/isoText';
import type { ConfigurationStore } from '../../api/ports/configurationStore';
import { publicId } from '../../kernel/ids';
import type { JsonObject } from '../../kernel/json';
import { DEPARTMENTS } from '../../kernel/vocabulary';
import { createCredential } from '../../storage/statements/createCredential';
import { createSource } from '../../storage/statements/createSource';
import { revokeCredential } from '../../storage/statements/revokeCredential';
import { updateSource } from '../../storage/statements/updateSource';
import { auditedChange } from '../audit/auditedChange';

type ConfigurationChanges = Pick<ConfigurationStore, 'createSource' | 'updateSource' | 'createApiKey' | 'revokeApiKey'>;

/** Each with its entry of the audit log, in one transaction. `pool`: of the role throughline_app. */
export function configurationChanges(pool: Pool): ConfigurationChanges {
  return {
    createSource: (workspaceId, source, writeKey, author) =>
      auditedChange(pool, workspaceId, author, async (own) => {
        const { name, type, department } = source;
        const sourceId = await createSource(own, workspaceId, {
          ...source,
          ...writeKey,
          department: DEPARTMENTS.indexOf(department),
          settings: JSON.stringify(source.settings),
          createdAt: isoText(writeKey.atMs),
        });
        const deed = { action: 'createSource', target: publicId('Source', sourceId), detail: { type, department }, note: { name } };
        return { result: sourceId, deed };
      }),
    updateSource: (workspaceId, { sourceId, name, settingsBefore, settings }, author) =>
      auditedChange(pool, workspaceId, author, async (own) => {
        const texts = { settingsBefore: JSON.stringify(settingsBefore), settings: JSON.stringify(settings) };
        const result = await updateSource(own, workspaceId, { sourceId, name, ...texts, at: isoText(author.atMs) });
        // Settings hold secrets: which of them changed is told, not to what.
        const detail = { settings: changedKeys(settingsBefore, settings) };
        return { result, deed: result ? { action: 'updateSource', target: publicId('Source', sourceId), detail, note: { name } } : null };
      }),
    createApiKey: (workspaceId, { name, scopes, expiresAtMs }, credential, author) =>
      auditedChange(pool, workspaceId, author, async (own) => {
        const expiresAt = expiresAtMs === null ? null : isoText(expiresAtMs);
        await createCredential(own, workspaceId, { name, scopes, ...credential, createdAt: isoText(credential.atMs), expiresAt });
        const target = publicId('ApiKey', credential.credentialId);
        return { result: undefined, deed: { action: 'createApiKey', target, detail: { scopes, expiresAt }, note: { name } } };
      }),
    revokeApiKey: (workspaceId, credentialId, author) =>
      auditedChange(pool, workspaceId, author, async (own) => {
        const result = await revokeCredential(own, workspaceId, credentialId, isoText(author.atMs));
        return { result, deed: result ? { action: 'revokeApiKey', target: publicId('ApiKey', credentialId), detail: {} } : null };
      }),
  };
}

/** In the order of the alphabet. */
function changedKeys(before: JsonObject, after: JsonObject): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}
