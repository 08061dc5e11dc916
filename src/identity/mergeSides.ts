import type { DecisionReader, Part, StoredMerge } from './decisionStore';

/** The identifiers that one merge brought together. */
export interface MergeSides {
  readonly absorbed: ReadonlySet<bigint>;
  readonly survivor: ReadonlySet<bigint>;
}

/**
 * What stood on either side when it happened. Of the survivor that is what it holds, or held when it was absorbed itself, without what came to it with
 * this merge, with later ones, or by itself since then: such identifiers are on no side and go where their links lead them.
 */
export async function sidesOf(merge: StoredMerge, reader: DecisionReader): Promise<MergeSides> {
  const { survivorId, mergedAtMs, lowId, highId } = merge;
  const absorbed = new Set(merge.absorbedIdentifierIds);
  const since = (await reader.findMergesSince(survivorId, mergedAtMs)).filter(({ mergeId }) => mergeId !== merge.mergeId);
  const end = since.find(({ absorbedId }) => absorbedId === survivorId);
  const held = end ? end.absorbedIdentifierIds : await membersOf(survivorId, reader);
  const others = new Set(since.filter((other) => other.survivorId === survivorId).flatMap((other) => other.absorbedIdentifierIds));
  const old = held.filter((id) => !absorbed.has(id) && !others.has(id));
  const young = new Set(old.length > 0 ? await reader.findCreatedSince(old, mergedAtMs) : []);
  const linked = [lowId, highId].filter((id) => !absorbed.has(id));
  return { absorbed, survivor: new Set([...old.filter((id) => !young.has(id)), ...linked]) };
}

/** What holds them apart from now on. */
export function partOf(decisionId: string, { absorbed, survivor }: MergeSides): Part {
  const onSide = (ids: Iterable<bigint>, side: 0 | 1) => [...ids].map((identifierId) => ({ identifierId, side }));
  return { decisionId, sides: [...onSide(survivor, 0), ...onSide(absorbed, 1)] };
}

async function membersOf(profileId: string, reader: DecisionReader): Promise<readonly bigint[]> {
  const [profile] = await reader.findProfiles([profileId]);
  const members = await reader.findMembers([profile?.mergedInto ?? profileId]);
  return members.map(({ identifier }) => identifier.identifierId);
}
