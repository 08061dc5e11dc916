import type { ClientBase } from 'pg';
import type { IdentityGraph } from '../../identity/graph';
import type { RulesInForce } from '../../identity/ruleChange';
import type { IdentityRules } from '../../identity/rules';
import { loadOutdatedProfiles } from '../../storage/statements/loadOutdatedProfiles';
import type { RuleChangeProgress } from '../../storage/statements/writeRuleChange';
import type { BatchWrite } from '../../storage/writeBatch';

const BATCH_PROFILES = 200;
/** Profiles that turn out not to be outdated cost next to nothing. */
const BATCH_LOOKED_AT = 10_000;

/** Without a change, or once it is through, everything is resolved under the rules. */
export function rulesInForce(progress: RuleChangeProgress | null): RulesInForce {
  if (progress === null) return { version: 0, reach: 'NONE' };
  return { version: progress.version, reach: progress.isFinished ? 'NONE' : progress.reach };
}

export interface RuleChangeBatch {
  readonly rules: IdentityRules;
  readonly progress: RuleChangeProgress;
  readonly graph: IdentityGraph;
  /** Messages wait while a batch is written, so by default it is a small one. */
  readonly maxOutdated?: number;
}

/**
 * Resolves the next profiles anew, in the order of their ids, round after round, until a round finds none that is outdated. Messages are resolved in
 * between and never leave a profile outdated that was not, so a second round finds something only where somebody else did.
 */
export async function resolveNextAnew(
  reader: ClientBase,
  workspaceId: number,
  { rules, progress, graph, maxOutdated = BATCH_PROFILES }: RuleChangeBatch,
): Promise<Pick<BatchWrite, 'identity'> & { readonly ruleChange: RuleChangeProgress }> {
  const page = await loadOutdatedProfiles(reader, workspaceId, {
    rules,
    inForce: rulesInForce(progress),
    after: progress.resolvedTo,
    maxLookedAt: BATCH_LOOKED_AT,
    maxOutdated,
  });
  const identity = await graph.resolveAnew(page.outdated);
  return { identity, ruleChange: advance(progress, page) };
}

function advance(
  progress: RuleChangeProgress,
  page: { outdated: readonly string[]; lookedTo: string | null; lookedAt: number },
): RuleChangeProgress {
  const isCleanRound = progress.isCleanRound && page.outdated.length === 0;
  if (page.lookedTo === null)
    return { ...progress, resolvedTo: null, round: progress.round + 1, isCleanRound: true, isFinished: isCleanRound };
  const profilesExamined = progress.profilesExamined + (progress.round === 1 ? page.lookedAt : 0);
  return { ...progress, resolvedTo: page.lookedTo, isCleanRound, profilesExamined };
}
