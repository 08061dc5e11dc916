import type { PairComparer, PairComparison } from '../../identity/matching/pairComparison';
import type { IdentityRules } from '../../identity/rules';
import type { NewId } from '../../kernel/clock';
import type { StoredCandidate } from '../../storage/statements/loadMatchCandidates';
import type { NewCandidate } from '../../storage/statements/writeMatchCandidates';
import { type ComparableProfile, compareProfiles } from './comparableProfile';

export interface PairsToCompare {
  readonly profiles: ReadonlyMap<string, ComparableProfile>;
  /** Each may come more than once, either way round. */
  readonly pairs: readonly (readonly [profileId: string, otherId: string])[];
  /** Candidates that one of the profiles examined is an end of. */
  readonly known: readonly StoredCandidate[];
}

export interface Proposals {
  readonly proposed: readonly NewCandidate[];
  /** Candidates that wait and that nothing speaks for any more. */
  readonly withdrawnIds: readonly string[];
}

/**
 * Compares pairs of profiles and answers those that may be one customer. Left out is what somebody decided before, what a parting or a limit keeps apart,
 * and what contradicts itself: that nobody needs to look at.
 */
export function proposePairs(
  { profiles, pairs, known }: PairsToCompare,
  by: { readonly comparer: PairComparer; readonly reviewFrom: number; readonly rules: IdentityRules; readonly newId: NewId },
): Proposals {
  const candidates = new Map<string, StoredCandidate[]>();
  for (const each of known) append(candidates, pairKey(each.lowProfileId, each.highProfileId), each);
  const proposed = new Map<string, NewCandidate>();
  const compared = new Set<string>();
  for (const [profileId, otherId] of [...pairs, ...known.map(endsOf)]) {
    const key = pairKey(profileId, otherId);
    const [one, other] = [profiles.get(profileId), profiles.get(otherId)];
    if (!one || !other || profileId === otherId || compared.has(key)) continue;
    compared.add(key);
    const waiting = candidates.get(key) ?? [];
    if (waiting.some(({ status }) => status !== 'PENDING') || !one.holds.fitsWith(other.holds, by.rules)) continue;
    const comparison = compareProfiles(one, other, by.comparer);
    if (!(comparison.probability >= by.reviewFrom) || comparison.contradiction !== undefined) continue;
    proposed.set(key, candidateOf([one, other], comparison, { waiting: waiting[0], ...by }));
  }
  const kept = new Set([...proposed.values()].map(({ candidateId }) => candidateId));
  const withdrawn = known.filter(({ status, candidateId }) => status === 'PENDING' && !kept.has(candidateId));
  return { proposed: [...proposed.values()], withdrawnIds: withdrawn.map(({ candidateId }) => candidateId) };
}

/** A pair that waits already stays the same candidate, whichever identifiers are the strongest now. */
function candidateOf(
  [one, other]: readonly [ComparableProfile, ComparableProfile],
  { weight, probability, reasons }: PairComparison,
  { waiting, newId }: { readonly waiting: StoredCandidate | undefined; readonly newId: NewId },
): NewCandidate {
  const isOneLow = waiting ? waiting.lowProfileId === one.profileId : one.identifierId < other.identifierId;
  const [low, high] = isOneLow ? [one, other] : [other, one];
  const comparisons = reasons
    .filter(({ left, right }) => left !== null || right !== null)
    .map(({ field, left, right, level, matchWeight }) => {
      const sides = isOneLow ? { left, right } : { left: right, right: left };
      return { field, ...sides, level, matchWeight };
    });
  return {
    candidateId: waiting?.candidateId ?? newId(),
    lowId: waiting?.lowId ?? low.identifierId,
    highId: waiting?.highId ?? high.identifierId,
    weight,
    probability,
    comparisons: JSON.stringify(comparisons),
  };
}

function endsOf({ lowProfileId, highProfileId }: StoredCandidate): readonly [string, string] {
  return [lowProfileId, highProfileId];
}

function pairKey(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

function append<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
