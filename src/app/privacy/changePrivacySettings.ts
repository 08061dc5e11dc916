import type { Pool } from 'pg';
import type { Author } from '../../api/ports/author';
import type { JsonObject } from '../../kernel/json';
import { privacySettingsFromJson, privacySettingsJson } from '../../kernel/privacySettings';
import { writePrivacySettings } from '../../storage/privacy/writePrivacySettings';
import { insertAuditEntry } from '../../storage/statements/insertAuditEntry';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import { takeLane } from '../../storage/statements/lockLane';
import { inWorkspace } from '../../storage/workspaceTransaction';

/** The lane is taken so that two changes come one after the other, and batches go by the new ones from then on. */
export function changePrivacySettings(pool: Pool, workspaceId: number, settings: JsonObject, author: Author): Promise<void> {
  return inWorkspace(pool, workspaceId, 'changes', async (client) => {
    await takeLane(client, workspaceId, author.atMs);
    const { settings: stored } = await loadWorkspaceSettings(client, workspaceId);
    const before = privacySettingsJson(privacySettingsFromJson(stored['privacy']));
    const after = privacySettingsJson(privacySettingsFromJson(settings));
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    await writePrivacySettings(client, workspaceId, after);
    await insertAuditEntry(client, workspaceId, { ...author, action: 'setPrivacySettings', target: null, detail: { before, after } });
  });
}
