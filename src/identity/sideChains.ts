import type { Deciding } from './deciding';
import type { Join } from './decisionStore';
import { LINKS_PER_IDENTIFIER } from './graphReads';
import type { IdentifierRecord, LinkRecord } from './identityStore';
import { compareIdentifiers } from './linkOrder';

type PartOf = (identifier: IdentifierRecord) => unknown;

/**
 * Which identifiers of a side of a parting links hold together, whatever limits say: answers for each something that it shares with those it is linked
 * with, directly or through others of its side.
 */
export async function linkedParts(sides: readonly (readonly IdentifierRecord[])[], deciding: Deciding): Promise<PartOf> {
  const { reader, rules, hubLimit } = deciding;
  const canLink = ({ type, value, strongerLinks }: IdentifierRecord) => strongerLinks <= hubLimit && !rules.isBlocked(type, value);
  const linking = sides.map((side) => side.filter(canLink).map(({ identifierId }) => identifierId));
  const links = await reader.findLinksOf(linking.flat(), LINKS_PER_IDENTIFIER);
  const roots = new Map<bigint, bigint>();
  for (const ids of linking) joinLinked(new Set(ids), links, roots);
  return ({ identifierId }) => rootOf(identifierId, roots);
}

/** Decided joins that make one of the parts of a side: a chain through the strongest identifier of each. */
export function chainThrough(side: readonly IdentifierRecord[], partOf: PartOf, { rules, newId, nowMs }: Deciding): Join[] {
  const ranked = side.map((identifier) => ({ ...identifier, rank: rules.ruleFor(identifier.type).rank })).sort(compareIdentifiers);
  const strongest = new Map<unknown, bigint>();
  for (const identifier of ranked) {
    const part = partOf(identifier);
    if (!strongest.has(part)) strongest.set(part, identifier.identifierId);
  }
  const ends = [...strongest.values()];
  return ends.slice(1).map((end, index): Join => {
    const previous = ends[index] as bigint;
    const [lowId, highId] = end < previous ? [end, previous] : [previous, end];
    return { decisionId: newId(), lowId, highId, decision: { decidedAtMs: nowMs, rule: 'person' }, probability: null };
  });
}

function joinLinked(side: ReadonlySet<bigint>, links: readonly LinkRecord[], roots: Map<bigint, bigint>): void {
  for (const { lowId, highId } of links) {
    if (!side.has(lowId) || !side.has(highId)) continue;
    const [low, high] = [rootOf(lowId, roots), rootOf(highId, roots)];
    if (low !== high) roots.set(high, low);
  }
}

/** Halves the way to the root as it goes. */
function rootOf(id: bigint, roots: Map<bigint, bigint>): bigint {
  let root = id;
  for (let next = roots.get(root); next !== undefined; next = roots.get(root)) {
    const afterNext = roots.get(next);
    if (afterNext !== undefined) roots.set(root, afterNext);
    root = next;
  }
  return root;
}
