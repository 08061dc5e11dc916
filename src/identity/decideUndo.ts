import { Refusal } from '../kernel/refusals';
import type { ChangedLabel, GraphDecision, RevokedLink } from './applyDecision';
import type { Deciding } from './deciding';
import type { DecisionChanges, Join, Part, StoredMerge } from './decisionStore';
import type { LinkDecision } from './identityStore';
import { type MergeSides, partOf, sidesOf } from './mergeSides';
import type { NameHint } from './nameHints';

export interface UndoOutcome extends DecisionChanges {
  readonly merge: StoredMerge;
  /** It, and those that it had drawn in and that are undone with it. */
  readonly undone: readonly StoredMerge[];
}

/**
 * Undoes one merge: what it joined are two profiles again, under the ids that they had. A decided join is revoked, and with it goes what it drew in
 * when it was made; where messages joined them, then or since, a parting holds them apart from now on. Refuses with NOT_FOUND and MERGE_UNDONE.
 */
export async function undoMerge(deciding: Deciding, mergeId: string): Promise<UndoOutcome> {
  const { reader, graph, newId } = deciding;
  const merge = await reader.findMerge(mergeId);
  if (!merge) throw new Refusal('NOT_FOUND');
  if (merge.undoneAtMs !== null) throw new Refusal('MERGE_UNDONE');
  const sides = await sidesOf(merge, reader);
  const revoked = await revocationOf(merge, deciding);
  const drawnIn = revoked ? (await reader.findMergesOf(revoked.joinId)).filter((other) => other.mergeId !== mergeId) : [];
  const isApart = ({ lowId, highId }: StoredMerge) => graph.profileIdOf(lowId) !== graph.profileIdOf(highId);
  const done = { merge, joins: [], superseded: [], revokedJoinIds: revoked ? [revoked.joinId] : [] };
  if (revoked) {
    const identity = await graph.decide({ ...revoked, nameHints: hintsFor([merge, ...drawnIn], endsOf(merge)) });
    if (isApart(merge)) return { ...done, identity, parts: [], ...undoing([merge, ...drawnIn.filter(isApart)]) };
    graph.forget();
  }
  const part = partOf(newId(), sides);
  const labels = [...(revoked?.labels ?? []), ...labelsOf(part)];
  const identity = await graph.decide({ links: revoked?.links ?? [], labels, nameHints: hintsFor([merge, ...drawnIn], sides) });
  return { ...done, identity, parts: [part], ...undoing([merge, ...drawnIn.filter(isApart)]) };
}

function undoing(undone: readonly StoredMerge[]): Pick<UndoOutcome, 'undone' | 'undoneMergeIds'> {
  return { undone, undoneMergeIds: undone.map(({ mergeId }) => mergeId) };
}

/** Who goes on under the ids of the first of these merges, and of those that it drew in. */
function hintsFor([merge, ...drawnIn]: readonly [StoredMerge, ...StoredMerge[]], { absorbed, survivor }: MergeSides): NameHint[] {
  return [
    { profileId: merge.absorbedId, identifierIds: absorbed },
    ...drawnIn.map((other) => ({ profileId: other.absorbedId, identifierIds: new Set(other.absorbedIdentifierIds) })),
    { profileId: merge.survivorId, identifierIds: survivor },
  ];
}

/**
 * Of a decided join its ends alone tell who was who: each was on its own profile when it was made, while others may have come from elsewhere with it,
 * for what limits refused before.
 */
function endsOf({ lowId, highId, absorbedIdentifierIds }: StoredMerge): MergeSides {
  const isAbsorbed = (id: bigint) => absorbedIdentifierIds.includes(id);
  const ends = [lowId, highId];
  return { absorbed: new Set(ends.filter(isAbsorbed)), survivor: new Set(ends.filter((id) => !isAbsorbed(id))) };
}

/** A parting as the graph takes it in. */
export function labelsOf({ decisionId, sides }: Part): ChangedLabel[] {
  return sides.map(({ identifierId, side }) => ({ identifierId, label: { decisionId, side }, isInForce: true }));
}

/** What is taken back of a merge that was decided; null where none of it stands. */
async function revocationOf(
  { decisionId, lowId, highId }: StoredMerge,
  { reader }: Deciding,
): Promise<(Omit<GraphDecision, 'nameHints'> & { readonly joinId: string }) | null> {
  if (decisionId === null) return null;
  const joins = await reader.findJoins(lowId, highId);
  if (!joins.some((join) => join.decisionId === decisionId)) return null;
  const restored = await reader.findSuperseded(decisionId);
  return {
    joinId: decisionId,
    links: [
      remainingLink(
        joins.filter((join) => join.decisionId !== decisionId),
        { lowId, highId },
      ),
    ],
    labels: restored.map((labelled) => ({ ...labelled, isInForce: true })),
  };
}

function remainingLink(joins: readonly Join[], ends: { readonly lowId: bigint; readonly highId: bigint }): RevokedLink {
  return { ...ends, decision: earliest(joins.map((join) => join.decision)), decider: null };
}

function earliest(decisions: readonly LinkDecision[]): LinkDecision | null {
  return decisions.reduce<LinkDecision | null>((first, each) => (first && first.decidedAtMs <= each.decidedAtMs ? first : each), null);
}
