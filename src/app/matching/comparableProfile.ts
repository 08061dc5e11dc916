import { compareIdentifiers } from '../../identity/linkOrder';
import type { MatchRecord, PairComparer, PairComparison } from '../../identity/matching/pairComparison';
import type { IdentityRules } from '../../identity/rules';
import { TypeCounts } from '../../identity/typeCounts';
import { matchTextsOf } from '../../profile/matchTexts';
import { combineTraitStates, decodeTraitState, latestValues, sourcesOf, type TraitState } from '../../profile/traitState';
import type { MatchMember } from '../../storage/statements/loadMatchMembers';

/** A profile as it is compared. */
export interface ComparableProfile {
  readonly profileId: string;
  /** The strongest of its identifiers that say anything: it stands for the profile, wherever it goes. */
  readonly identifierId: bigint;
  readonly holds: TypeCounts;
  /** One for each combination of its e-mail addresses and phone numbers. */
  readonly records: readonly MatchRecord[];
}

/** What a model is learnt from: a profile's texts in the order of `MATCH_FIELDS`, and the sources that said something of it. */
export interface TrainingRecord {
  readonly texts: readonly string[];
  readonly sourceIds: readonly number[];
}

/** One of each profile that says something: its first row, see `matchTextsOf`. */
export function trainingRecords(members: readonly MatchMember[]): TrainingRecord[] {
  return [...grouped(members).values()].flatMap((own): TrainingRecord[] => {
    const state = stateOf(own);
    const [texts] = matchTextsOf(latestValues(state), own);
    return texts ? [{ texts, sourceIds: sourcesOf(state) }] : [];
  });
}

/** By profile, the sources that said something of it. */
export function sourcesByProfile(members: readonly MatchMember[]): Map<string, readonly number[]> {
  return new Map([...grouped(members)].map(([profileId, own]) => [profileId, sourcesOf(stateOf(own))]));
}

export function comparableProfiles(members: readonly MatchMember[], comparer: PairComparer, rules: IdentityRules): ComparableProfile[] {
  const comparable: ComparableProfile[] = [];
  for (const [profileId, own] of grouped(members)) {
    const records = textsOf(own).map((columns) => comparer.recordOf(columns));
    if (records.length === 0) continue;
    const { identifierId, typeCounts } = strongest(own, rules);
    comparable.push({ profileId, identifierId, holds: TypeCounts.of(typeCounts), records });
  }
  return comparable;
}

/** Keys by which the profile is found, each once. */
export function keysOf({ records }: ComparableProfile, comparer: PairComparer): string[] {
  return [...new Set(records.flatMap((record) => comparer.keysOf(record)))];
}

/** By those of their addresses and numbers that speak most for it. */
export function compareProfiles(one: ComparableProfile, other: ComparableProfile, comparer: PairComparer): PairComparison {
  const comparisons = one.records.flatMap((record) => other.records.map((otherRecord) => comparer.compare(record, otherRecord)));
  return comparisons.reduce((best, each) => (each.weight > best.weight ? each : best));
}

function textsOf(members: readonly MatchMember[]): readonly (readonly string[])[] {
  return matchTextsOf(latestValues(stateOf(members)), members);
}

function stateOf(members: readonly MatchMember[]): TraitState {
  return combineTraitStates(members.flatMap(({ traits }) => (traits === null ? [] : [decodeTraitState(traits)])));
}

function strongest(members: readonly MatchMember[], rules: IdentityRules): MatchMember {
  const ranked = members.map((member) => ({ ...member, rank: rules.ruleFor(member.type).rank }));
  return ranked.reduce((best, each) => (compareIdentifiers(each, best) < 0 ? each : best));
}

function grouped(members: readonly MatchMember[]): Map<string, MatchMember[]> {
  const profiles = new Map<string, MatchMember[]>();
  for (const member of members) {
    const own = profiles.get(member.profileId);
    if (own) own.push(member);
    else profiles.set(member.profileId, [member]);
  }
  return profiles;
}
