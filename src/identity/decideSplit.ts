import { Refusal } from '../kernel/refusals';
import type { DecidedLink, GraphDecision } from './applyDecision';
import { labelsOf } from './decideUndo';
import { type Deciding, livingProfiles } from './deciding';
import type { DecisionChanges, Join, Part } from './decisionStore';
import type { IdentifierRecord, IdentityChanges } from './identityStore';
import type { ObservedIdentifier } from './observation';
import { chainThrough, linkedParts } from './sideChains';

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
  const { reader, newId } = deciding;
  const [profile] = await livingProfiles(reader, [wanted.profileId]);
  const profileId = profile?.profileId as string;
  const members = (await reader.findMembers([profileId])).map(({ identifier }) => identifier);
  const names = new Set(wanted.identifiers.map(nameOf));
  const separated = members.filter((member) => names.has(nameOf(member)));
  const remaining = members.filter((member) => !names.has(nameOf(member)));
  if (separated.length < names.size) throw new Refusal('IDENTIFIER_ELSEWHERE');
  if (separated.length === 0 || remaining.length === 0) throw new Refusal('SPLIT_REFUSED');
  const part = partBetween(newId(), remaining, separated);
  const nameHints = [{ profileId, identifierIds: idsOf(remaining) }];
  const { identity, joins } = await decideWhole([separated, remaining], { labels: labelsOf(part), nameHints }, deciding);
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

type Sides = readonly [readonly IdentifierRecord[], readonly IdentifierRecord[]];

/**
 * Decides the labels, and joins for what is left on either side without links between. Nearly always links alone tell what these are. Where limits refuse
 * some of those links, what the labels alone make of the sides tells.
 */
async function decideWhole(
  sides: Sides,
  decision: Omit<GraphDecision, 'links'>,
  deciding: Deciding,
): Promise<{ readonly identity: IdentityChanges; readonly joins: readonly Join[] }> {
  const { graph } = deciding;
  const partOf = await linkedParts(sides, deciding);
  const joins = sides.flatMap((side) => chainThrough(side, partOf, deciding));
  const identity = await graph.decide({ ...decision, links: joins.map((join) => decidedLink(join, deciding)) });
  if (sides.every((side) => isOneProfile(side, deciding))) return { identity, joins };
  graph.forget();
  await graph.decide({ ...decision, links: [] });
  const more = sides.flatMap((side) => chainThrough(side, ({ identifierId }) => graph.profileIdOf(identifierId), deciding));
  graph.forget();
  return { identity: await graph.decide({ ...decision, links: more.map((join) => decidedLink(join, deciding)) }), joins: more };
}

function decidedLink({ decisionId, lowId, highId, decision }: Join, { actor }: Deciding): DecidedLink {
  return { lowId, highId, decision, decider: { decisionId, actor } };
}

function isOneProfile(side: readonly IdentifierRecord[], deciding: Deciding): boolean {
  const profileId = profileIdOf(side, deciding);
  return side.every(({ identifierId }) => deciding.graph.profileIdOf(identifierId) === profileId);
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
