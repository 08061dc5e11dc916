import type { Pool } from 'pg';
import type { Author } from '../../api/ports/author';
import type { ExperienceSettingsStore } from '../../api/ports/experienceSettingsStore';
import type { JsonObject } from '../../kernel/json';
import { insertAuditEntry } from '../../storage/statements/insertAuditEntry';
import { restartExperienceProgress } from '../../storage/statements/loadExperienceWork';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import { takeLane } from '../../storage/statements/lockLane';
import { writeExperienceSettings } from '../../storage/statements/writeExperienceSettings';
import { inWorkspace } from '../../storage/workspaceTransaction';

export function experienceSettingsStore(pool: Pool): ExperienceSettingsStore {
  return { setSettings: (workspaceId, settings, author) => changeSettings(pool, workspaceId, settings, author) };
}

/** The lane is held so that two changes come one after the other. */
function changeSettings(pool: Pool, workspaceId: number, after: JsonObject, author: Author): Promise<void> {
  return inWorkspace(pool, workspaceId, 'changes', async (client) => {
    await takeLane(client, workspaceId, author.atMs);
    const { settings } = await loadWorkspaceSettings(client, workspaceId);
    const before = settings['experience'] ?? null;
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    await writeExperienceSettings(client, workspaceId, after);
    await restartExperienceProgress(client, workspaceId);
    const note = { before, after };
    await insertAuditEntry(client, workspaceId, { ...author, action: 'setExperienceSettings', target: null, detail: {}, note });
  });
}
