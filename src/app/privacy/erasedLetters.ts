import type { Pool } from 'pg';
import type { InboxAppend } from '../../intake/groupCommit';
import { privacySettingsFromJson } from '../../kernel/privacySettings';
import { countReplays } from '../../storage/privacy/tombstones';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import { sendCall } from '../../storage/statements/statement';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { withoutErased } from '../processing/erasedReplays';

/** What the door refused of who was erased is not kept as a dead letter; its sender is answered all the same. Only requests with something refused ask. */
export function withoutErasedLetters(pool: Pool, append: InboxAppend, nowMs: number): Promise<InboxAppend> {
  const { workspaceId, deadLetters } = append;
  return inWorkspace(pool, workspaceId, 'changes', async (client) => {
    const { settings, tombstones, defaultCountry } = await loadWorkspaceSettings(client, workspaceId);
    if (tombstones === null) return append;
    const mayReturn = privacySettingsFromJson(settings['privacy']).erasedMayReturn;
    const rule = { replays: { ...tombstones, mayReturn }, defaultCountry };
    const left = await withoutErased(client, workspaceId, rule, { messages: [], deadLetters });
    if (left.replays.size > 0) await sendCall(client, countReplays(workspaceId, left.replays, nowMs));
    return { ...append, deadLetters: left.deadLetters };
  });
}
