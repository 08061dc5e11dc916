import { Refusal } from '../kernel/refusals';
import { labelsOf } from './decideUndo';
import { type Deciding, livingProfiles } from './deciding';
import type { DecisionChanges, Join, Part } from './decisionStore';
import type { IdentifierRecord } from './identityStore';
import { compareIdentifiers } from './linkOrder';
import type { ObservedIdentifier } from './observation';

export interface WantedSplit {
  readonly profileId: string;
  /** Some of the profile's identifiers, normalised; not all. */
  readonly identifiers: readonly ObservedIdentifier[];
}

export interface SplitOutcome extends DecisionChanges {
  readonly remainingId: string;
  readonly separatedId: string;
}

/**
 * Takes identifiers out into a profile of their own: a parting holds them apart from the rest, and decided joins hold together what is left on either
 * side without links between. Refuses with NOT_FOUND, IDENTIFIER_ELSEWHERE and SPLIT_REFUSED.
 */
export async function splitProfile(deciding: Deciding, wanted: WantedSplit): Promise<SplitOutcome> {
  const { reader, graph, newId } = deciding;
  const [profile] = await livingProfiles(reader, [wanted.profileId]);
  const profileId = profile?.profileId as string;
  const members = (await reader.findMembers([profileId])).map(({ identifier }) => identifier);
  const names = new Set(wanted.identifiers.map(nameOf));
  const separated = members.filter((member) => names.has(nameOf(member)));
  const remaining = members.filter((member) => !names.has(nameOf(member)));
  if (separated.length < names.size) throw new Refusal('IDENTIFIER_ELSEWHERE');
  if (separated.length === 0 || remaining.length === 0) throw new Refusal('SPLIT_REFUSED');
  const part = partBetween(newId(), remaining, separated);
  const decision = { labels: labelsOf(part), nameHints: [{ profileId, identifierIds: idsOf(remaining) }] };
  let identity = await graph.decide({ ...decision, links: [] });
  const joins = [...chain(separated, deciding), ...chain(remaining, deciding)];
  if (joins.length > 0) {
    graph.forget();
    const links = joins.map(({ decisionId, lowId, highId, decision: { decidedAtMs, rule } }) => {
      return { lowId, highId, decision: { decidedAtMs, rule }, decider: { decisionId, actor: deciding.actor } };
    });
    identity = await graph.decide({ ...decision, links });
  }
  const remainingId = profileIdOf(remaining, deciding);
  const separatedId = profileIdOf(separated, deciding);
  return { identity, joins, parts: [part], superseded: [], revokedJoinIds: [], undoneMergeIds: [], remainingId, separatedId };
}

/** Says of two profiles that they are two customers, for good: no link, match or message makes them one; only a person's merge does. */
export async function partProfiles(deciding: Deciding, profileIds: readonly [string, string]): Promise<DecisionChanges> {
  const { reader, graph, newId } = deciding;
  const [one, other] = await livingProfiles(reader, profileIds);
  if (!one || !other || one.profileId === other.profileId) throw new Refusal('MERGE_WITH_ITSELF');
  const members = (await reader.findMembers([one.profileId, other.profileId])).map(({ identifier }) => identifier);
  const part = partBetween(
    newId(),
    members.filter(({ profileId }) => profileId === one.profileId),
    members.filter(({ profileId }) => profileId === other.profileId),
  );
  const identity = await graph.decide({ links: [], labels: labelsOf(part), nameHints: [] });
  return { identity, joins: [], parts: [part], superseded: [], revokedJoinIds: [], undoneMergeIds: [] };
}

function partBetween(decisionId: string, side0: readonly IdentifierRecord[], side1: readonly IdentifierRecord[]): Part {
  const onSide = (identifiers: readonly IdentifierRecord[], side: 0 | 1) => identifiers.map(({ identifierId }) => ({ identifierId, side }));
  return { decisionId, sides: [...onSide(side0, 0), ...onSide(side1, 1)] };
}

/** Joins that make one of what is in several groups now: a chain through the strongest identifier of each. */
function chain(identifiers: readonly IdentifierRecord[], { graph, rules, newId, nowMs }: Deciding): Join[] {
  const ranked = identifiers.map((identifier) => ({ ...identifier, rank: rules.ruleFor(identifier.type).rank })).sort(compareIdentifiers);
  const strongest = new Map<string | undefined, bigint>();
  for (const { identifierId } of ranked) {
    const profileId = graph.profileIdOf(identifierId);
    if (!strongest.has(profileId)) strongest.set(profileId, identifierId);
  }
  const ends = [...strongest.values()];
  return ends.slice(1).map((end, index): Join => {
    const previous = ends[index] as bigint;
    const [lowId, highId] = end < previous ? [end, previous] : [previous, end];
    return { decisionId: newId(), lowId, highId, decision: { decidedAtMs: nowMs, rule: 'person' }, probability: null };
  });
}

function profileIdOf(identifiers: readonly IdentifierRecord[], { graph }: Deciding): string {
  return graph.profileIdOf((identifiers[0] as IdentifierRecord).identifierId) as string;
}

function nameOf({ type, value }: ObservedIdentifier): string {
  return `${type}\0${value}`;
}

function idsOf(identifiers: readonly IdentifierRecord[]): Set<bigint> {
  return new Set(identifiers.map(({ identifierId }) => identifierId));
}
