import type { Pool } from 'pg';
import type { Author } from '../../api/ports/author';
import { type MatchSettings, matchSettingsFromJson, matchSettingsJson } from '../../identity/matchSettings';
import { insertAuditEntry } from '../../storage/statements/insertAuditEntry';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import { takeLane } from '../../storage/statements/lockLane';
import { startMatching, stopMatching } from '../../storage/statements/writeMatchModel';
import { inWorkspace } from '../../storage/workspaceTransaction';

/**
 * Switches matching on, off, or to other thresholds, from the next batch on. Where it is on, the workers compare all profiles once more. Answers what is
 * in force; the same settings again change nothing.
 */
export function changeMatchSettings(pool: Pool, workspaceId: number, settings: MatchSettings, author: Author): Promise<MatchSettings> {
  return inWorkspace(pool, workspaceId, 'changes', async (client) => {
    await takeLane(client, workspaceId, author.atMs);
    const { settings: stored } = await loadWorkspaceSettings(client, workspaceId);
    const before = matchSettingsJson(matchSettingsFromJson(stored['matching']));
    const after = matchSettingsJson(settings);
    const text = JSON.stringify(after);
    if (JSON.stringify(before) === text) return settings;
    await (settings.reviewFrom === null ? stopMatching : startMatching)(client, workspaceId, text);
    await insertAuditEntry(client, workspaceId, { ...author, action: 'setMatchSettings', target: null, detail: { before, after } });
    return settings;
  });
}
