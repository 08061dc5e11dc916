import type { ClientBase, Pool } from 'pg';
import type { RulesPreview } from '../../api/ports/identityRulesStore';
import { IdentityGraph } from '../../identity/graph';
import { GraphOverlay } from '../../identity/graphOverlay';
import { reachOf } from '../../identity/ruleChange';
import { type IdentityRules, identityRulesFromJson } from '../../identity/rules';
import type { Clock, NewId } from '../../kernel/clock';
import { identityReader } from '../../storage/identityReader';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import type { RuleChangeProgress } from '../../storage/statements/writeRuleChange';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { resolveNextAnew } from './ruleChangeBatch';

/** Somebody waits for the answer. */
const BUDGET_MS = 15_000;
/** Nobody's messages wait here, and larger batches are faster. */
const BATCH_PROFILES = 500;
const REMEMBERED_IDENTIFIERS = 50_000;
/** What the overlay keeps of each examined identifier is small, but not nothing. */
const MOST_CHANGED_IDENTIFIERS = 2_000_000;

export interface PreviewOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly budgetMs?: number;
}

/**
 * What a change of rules would do: the pass that the change would begin, on one snapshot, with what it would write kept in memory for its later
 * batches. While an earlier change is under way, it counts against what stands so far.
 */
export function previewRules(
  options: PreviewOptions,
  workspaceId: number,
  rules: IdentityRules,
): Promise<Omit<RulesPreview, 'profilesTotal'>> {
  return inWorkspace(options.pool, workspaceId, 'snapshot', async (client) => {
    const { settings, ruleChange } = await loadWorkspaceSettings(client, workspaceId);
    const progress = nextChange(identityRulesFromJson(settings['identityRules']), rules, ruleChange);
    return examine(client, workspaceId, { ...options, rules, progress });
  });
}

/** As `startRuleChange` would begin it. */
function nextChange(before: IdentityRules, after: IdentityRules, last: RuleChangeProgress | null): RuleChangeProgress {
  const reach = reachOf(before, after);
  const isWider = last !== null && !last.isFinished && last.reach === 'ANY';
  return {
    version: (last?.version ?? 0) + 1,
    reach: isWider && reach !== 'NONE' ? 'ANY' : reach,
    isFinished: reach === 'NONE',
    resolvedTo: null,
    round: 1,
    isCleanRound: true,
    profilesExamined: 0,
  };
}

async function examine(
  client: ClientBase,
  workspaceId: number,
  {
    clock,
    newId,
    rules,
    progress,
    budgetMs = BUDGET_MS,
  }: PreviewOptions & { readonly rules: IdentityRules; readonly progress: RuleChangeProgress },
): Promise<Omit<RulesPreview, 'profilesTotal'>> {
  const untilMs = clock() + budgetMs;
  const overlay = new GraphOverlay(
    identityReader(
      () => client,
      workspaceId,
      () => Promise.resolve(),
    ),
  );
  const graph = new IdentityGraph({ rules, reader: overlay, newId, inForce: progress });
  let examined = progress;
  while (!examined.isFinished && examined.round === 1 && clock() < untilMs && overlay.size < MOST_CHANGED_IDENTIFIERS) {
    const batch = await resolveNextAnew(client, workspaceId, { rules, progress: examined, graph, maxOutdated: BATCH_PROFILES });
    overlay.apply(batch.identity);
    graph.trim(REMEMBERED_IDENTIFIERS);
    examined = batch.ruleChange;
  }
  const { merging, parting } = overlay.regrouping();
  return { profilesMerging: merging, profilesParting: parting, profilesExamined: examined.profilesExamined };
}
