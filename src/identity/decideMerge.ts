import { Refusal } from '../kernel/refusals';
import type { ChangedLabel, DecidedLink } from './applyDecision';
import { BrokenLimits } from './brokenLimits';
import { type Deciding, livingProfiles } from './deciding';
import type { DecisionChanges, Join, Labelled } from './decisionStore';
import type { LinkDecision, ProfileRecord } from './identityStore';
import { KnownProfile } from './knownProfile';
import { isOutdated } from './ruleChange';
import { TypeCounts } from './typeCounts';

export interface WantedMerge {
  /** Two or more; ids of merged profiles stand for who survived them. */
  readonly profileIds: readonly string[];
  /** One of them, to go on under; else the larger, then the older, then the smaller id. */
  readonly survivorId: string | null;
  readonly rule: LinkDecision['rule'];
  /** Of a match; null for a person's. */
  readonly probability: number | null;
}

/** Profiles in the order in which they are to be joined: the survivor and the others. */
export interface MergeOrder {
  readonly survivor: ProfileRecord;
  readonly others: readonly ProfileRecord[];
}

interface PlannedJoin extends Join {
  readonly link: DecidedLink;
  readonly superseded: readonly Labelled[];
}

/** Who would survive whom. Refuses with NOT_FOUND, and with MERGE_WITH_ITSELF where two of them are one profile. */
export async function mergeOrder({ reader }: Pick<Deciding, 'reader'>, { profileIds, survivorId }: WantedMerge): Promise<MergeOrder> {
  const profiles = await livingProfiles(reader, profileIds);
  if (new Set(profiles.map(({ profileId }) => profileId)).size < profiles.length) throw new Refusal('MERGE_WITH_ITSELF');
  const wished = survivorId === null ? null : (profiles[profileIds.indexOf(survivorId)] ?? null);
  if (survivorId !== null && wished === null) throw new Refusal('INVALID_INPUT', 'survivorId must be one of profileIds.');
  const survivor = wished ?? profiles.reduce((best, each) => (new KnownProfile(best).survives(new KnownProfile(each)) ? best : each));
  return { survivor, others: profiles.filter((profile) => profile !== survivor) };
}

/**
 * Makes profiles one: a decided link between their strongest identifiers. Partings that hold them apart give way on the absorbed side, for as long as
 * the link stands. Refuses with MERGE_REFUSED, naming the limits, where not all of them would be one profile then.
 */
export async function mergeProfiles(deciding: Deciding, wanted: WantedMerge): Promise<DecisionChanges & MergeOrder> {
  const order = await mergeOrder(deciding, wanted);
  const ends = await strongestOf([order.survivor, ...order.others], deciding);
  const joins: PlannedJoin[] = [];
  const limits = BrokenLimits.of([TypeCounts.of(order.survivor.typeCounts)], deciding.rules);
  for (const other of order.others) {
    const partings = new Set(limits.add(TypeCounts.of(other.typeCounts)));
    joins.push(await planJoin([endOf(order.survivor, ends), endOf(other, ends)], { deciding, wanted, other, partings }));
  }
  const survivorEnd = endOf(order.survivor, ends);
  const identity = await deciding.graph.decide({
    links: joins.map(({ link }) => link),
    labels: joins.flatMap(({ superseded }) => superseded.map((labelled): ChangedLabel => ({ ...labelled, isInForce: false }))),
    nameHints: [{ profileId: order.survivor.profileId, identifierIds: new Set([survivorEnd]) }],
  });
  const superseded = joins.flatMap((join) => join.superseded.map((labelled) => ({ ...labelled, joinId: join.decisionId })));
  const mayBreak = limits.any || superseded.length > 0 || isAnyOutdated(order, deciding);
  if (mayBreak) await refuseUnlessOne(order, limits.inWords(), deciding);
  return { ...order, identity, joins, parts: [], superseded, revokedJoinIds: [], undoneMergeIds: [] };
}

/** Nothing follows from what such a profile holds. */
function isAnyOutdated({ survivor, others }: MergeOrder, { rules, inForce }: Deciding): boolean {
  return [survivor, ...others].some((profile) => isOutdated(profile, rules, inForce));
}

async function planJoin(
  [one, other]: readonly [bigint, bigint],
  of: { readonly deciding: Deciding; readonly wanted: WantedMerge; readonly other: ProfileRecord; readonly partings: ReadonlySet<string> },
): Promise<PlannedJoin> {
  const { newId, nowMs, actor } = of.deciding;
  const [lowId, highId] = one < other ? [one, other] : [other, one];
  const decision: LinkDecision = { decidedAtMs: nowMs, rule: of.wanted.rule };
  const decisionId = newId();
  const superseded = of.partings.size === 0 ? [] : await labelsOn(of.other, of);
  const link = { lowId, highId, decision, decider: { decisionId, actor } };
  return { decisionId, lowId, highId, decision, probability: of.wanted.probability, link, superseded };
}

async function labelsOn(
  { profileId }: ProfileRecord,
  { deciding, partings }: { readonly deciding: Deciding; readonly partings: ReadonlySet<string> },
): Promise<Labelled[]> {
  const members = await deciding.reader.findMembers([profileId]);
  return members.flatMap(({ identifier: { identifierId, labels } }) =>
    labels.filter(({ decisionId }) => partings.has(decisionId)).map((label) => ({ identifierId, label })),
  );
}

/** By profile, the identifier that a decided link is to hold on to. */
async function strongestOf(profiles: readonly ProfileRecord[], { reader, rules, hubLimit }: Deciding): Promise<Map<string, bigint>> {
  const ids = profiles.map(({ profileId }) => profileId);
  const found = await reader.findStrongest(ids, { types: rules.all.map(({ type }) => type), hubLimit });
  const usable = [...found].flatMap(([profileId, identifiers]) => {
    const identifier = identifiers.find(({ type, value }) => !rules.isBlocked(type, value));
    return identifier ? [[profileId, identifier.identifierId] as const] : [];
  });
  return new Map(usable);
}

function endOf({ profileId }: ProfileRecord, ends: ReadonlyMap<string, bigint>): bigint {
  const end = ends.get(profileId);
  if (end === undefined) throw new Refusal('MERGE_REFUSED', 'A profile has only identifiers that are linked to too many or are blocked.');
  return end;
}

async function refuseUnlessOne(
  { survivor, others }: MergeOrder,
  brokenLimits: readonly string[],
  { reader, graph }: Deciding,
): Promise<void> {
  const members = await reader.findMembers([survivor, ...others].map(({ profileId }) => profileId));
  const profileIds = new Set(members.map(({ identifier }) => graph.profileIdOf(identifier.identifierId)));
  if (profileIds.size === 1) return;
  graph.forget();
  throw new Refusal(
    'MERGE_REFUSED',
    brokenLimits.length > 0 ? `The merge breaks a limit. ${brokenLimits.join('; ')}.` : 'Other links would tear it apart.',
  );
}
