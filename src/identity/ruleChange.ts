import type { ProfileRecord } from './identityStore';
import type { IdentityRules } from './rules';
import { TypeCounts } from './typeCounts';

/**
 * Which profiles that were resolved under earlier rules may be others under the rules in force: none, those that met a limit or would meet one
 * now, or any.
 */
export type ChangeReach = 'NONE' | 'LIMITED' | 'ANY';

/** The rules in force by their number, and which profiles that bear an earlier number are still to be resolved anew. */
export interface RulesInForce {
  readonly version: number;
  readonly reach: ChangeReach;
}

/** Everything is resolved under the rules that the workspace began with. */
export const FIRST_RULES: RulesInForce = { version: 0, reach: 'NONE' };

/**
 * Other limits, or another choice between links, only matter where a limit is met: elsewhere a profile is all that is linked with it. Another
 * order of types, or other blocked values, may make a hub of an identifier or free it, wherever it is.
 */
export function reachOf(before: IdentityRules, after: IdentityRules): ChangeReach {
  const barsOf = (rules: IdentityRules) =>
    JSON.stringify(rules.list.map(({ type, blockedPatterns }) => [type, [...blockedPatterns].sort()]));
  if (barsOf(before) !== barsOf(after)) return 'ANY';
  const choicesOf = (rules: IdentityRules) => JSON.stringify(rules.list.map(({ limitPerProfile, keep }) => [limitPerProfile, keep]));
  return choicesOf(before) === choicesOf(after) ? 'NONE' : 'LIMITED';
}

/** Whether a profile may be another one under the rules in force. */
export function isOutdated(profile: ProfileRecord, rules: IdentityRules, { version, reach }: RulesInForce): boolean {
  if (reach === 'NONE' || profile.rulesVersion >= version) return false;
  return reach === 'ANY' || profile.contested || !TypeCounts.of(profile.typeCounts).isWithin(rules);
}
