import type { ClientBase, Pool } from 'pg';
import type { RulesAuthor } from '../../api/ports/identityRulesStore';
import { reachOf } from '../../identity/ruleChange';
import { type IdentityRules, identityRulesFromJson } from '../../identity/rules';
import { insertAuditEntry } from '../../storage/statements/insertAuditEntry';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import { takeLane } from '../../storage/statements/lockLane';
import { compareAllAgain } from '../../storage/statements/writeMatchModel';
import { startRuleChange } from '../../storage/statements/writeRuleChange';
import { inWorkspace } from '../../storage/workspaceTransaction';

/**
 * Puts rules in force: messages are resolved under them from the next batch on, and the workers begin to resolve anew what is there. Answers the
 * rules in force; the same ones again change nothing.
 */
export function changeRules(pool: Pool, workspaceId: number, rules: IdentityRules, author: RulesAuthor): Promise<IdentityRules> {
  return inWorkspace(pool, workspaceId, 'changes', async (client) => {
    const asked = await rulesOf(client, workspaceId);
    if (reachOf(asked, rules) === 'NONE') return asked;
    await takeLane(client, workspaceId, author.atMs);
    const before = await rulesOf(client, workspaceId);
    const reach = reachOf(before, rules);
    if (reach === 'NONE') return before;
    await startRuleChange(client, workspaceId, { rules: JSON.stringify(rules.toJson()), reach, atMs: author.atMs });
    await compareAllAgain(client, workspaceId);
    const note = { before: before.toJson(), after: rules.toJson() };
    await insertAuditEntry(client, workspaceId, { ...author, action: 'setIdentityRules', target: null, detail: {}, note });
    return rules;
  });
}

async function rulesOf(client: ClientBase, workspaceId: number): Promise<IdentityRules> {
  const { settings } = await loadWorkspaceSettings(client, workspaceId);
  return identityRulesFromJson(settings['identityRules']);
}
