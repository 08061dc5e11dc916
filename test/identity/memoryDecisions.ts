import type { DecisionChanges, DecisionReader, Join, Labelled, StoredMerge } from '../../src/identity/decisionStore';
import type { IdentityChanges, LinkRecord, MergeRecord, PartLabel } from '../../src/identity/identityStore';
import { assert, MemoryStore } from './memoryStore';

interface LabelRow extends Labelled {
  supersededBy: string | null;
}

interface MergeRow extends MergeRecord {
  readonly mergedAtMs: number;
  undoneAtMs: number | null;
  /** Ids that pointed to the absorbed profile. */
  readonly repointedIds: readonly string[];
}

/** A store with the tables that decisions are kept in. What stands is derived from them anew with every read. */
export class MemoryDecisions extends MemoryStore implements DecisionReader {
  readonly mergeRows: MergeRow[] = [];
  readonly labelRows: LabelRow[] = [];
  readonly joinRows: (Join & { isRevoked: boolean })[] = [];
  private readonly createdAt = new Map<bigint, number>();
  private now = 0;

  get nowMs(): number {
    return this.now;
  }

  override apply(changes: IdentityChanges): void {
    const pointingTo = (id: string) => this.profiles.filter(({ mergedInto }) => mergedInto === id).map(({ profileId }) => profileId);
    const repointed = new Map(changes.merges.map(({ absorbedId }) => [absorbedId, pointingTo(absorbedId)]));
    super.apply(changes);
    this.now++;
    for (const { identifierId, labels } of changes.identifiers) {
      assert(isSame(labels, this.labelsInForce(identifierId)), 'an identifier does not know its labels');
    }
    for (const { identifierId, isNew } of changes.identifiers) if (isNew) this.createdAt.set(identifierId, this.now);
    for (const merge of changes.merges)
      this.mergeRows.push({ ...merge, mergedAtMs: this.now, undoneAtMs: null, repointedIds: repointed.get(merge.absorbedId)! });
  }

  decide(changes: DecisionChanges): void {
    this.settle();
    for (const row of this.joinRows) if (changes.revokedJoinIds.includes(row.decisionId)) row.isRevoked = true;
    for (const row of this.labelRows)
      if (row.supersededBy !== null && changes.revokedJoinIds.includes(row.supersededBy)) row.supersededBy = null;
    for (const { identifierId, label, joinId } of changes.superseded) {
      const row = this.labelRows.find((each) => each.identifierId === identifierId && each.label.decisionId === label.decisionId);
      assert(row !== undefined && row.supersededBy === null, 'a label is superseded that is not in force');
      row.supersededBy = joinId;
    }
    this.joinRows.push(...changes.joins.map((join) => ({ ...join, isRevoked: false })));
    for (const { decisionId, sides } of changes.parts) {
      for (const { identifierId, side } of sides) this.labelRows.push({ identifierId, label: { decisionId, side }, supersededBy: null });
    }
    this.apply(changes.identity);
    this.label();
    this.settle();
    for (const row of this.mergeRows) if (changes.undoneMergeIds.includes(row.mergeId)) row.undoneAtMs = this.now;
    this.repoint(changes);
    for (const link of this.links)
      assert((link.decision?.decidedAtMs ?? null) === this.decidedAtMs(link), 'a link does not know its decision');
  }

  findMerge(mergeId: string) {
    const row = this.mergeRows.find((merge) => merge.mergeId === mergeId);
    return Promise.resolve(row ? storedMerge(row) : null);
  }

  findMergesSince(profileId: string, atMs: number) {
    const rows = this.mergeRows.filter(
      ({ survivorId, absorbedId, mergedAtMs, undoneAtMs }) =>
        undoneAtMs === null && mergedAtMs >= atMs && (survivorId === profileId || absorbedId === profileId),
    );
    return this.answer(rows.map(storedMerge));
  }

  findMergesOf(decisionId: string) {
    const rows = this.mergeRows.filter((merge) => merge.decisionId === decisionId && merge.undoneAtMs === null);
    return this.answer(rows.map(storedMerge));
  }

  findJoins(lowId: bigint, highId: bigint) {
    return this.answer(this.joinRows.filter((join) => !join.isRevoked && join.lowId === lowId && join.highId === highId));
  }

  findSuperseded(joinId: string) {
    return this.answer(this.labelRows.filter(({ supersededBy }) => supersededBy === joinId));
  }

  findCreatedSince(ids: readonly bigint[], atMs: number) {
    return this.answer(ids.filter((id) => (this.createdAt.get(id) ?? 0) >= atMs));
  }

  findStrongest(profileIds: readonly string[], order: { readonly types: readonly string[]; readonly hubLimit: number }) {
    const rankOf = (type: string) => (order.types.includes(type) ? order.types.indexOf(type) : order.types.indexOf('*'));
    const strongest = profileIds.map((profileId) => {
      const members = this.identifiers.filter((each) => each.profileId === profileId && each.strongerLinks <= order.hubLimit);
      const ranked = members.sort(
        (left, right) => rankOf(left.type) - rankOf(right.type) || (left.type + left.value < right.type + right.value ? -1 : 1),
      );
      return [profileId, ranked.slice(0, 3)] as const;
    });
    return Promise.resolve(new Map(strongest));
  }

  override replayedLinks() {
    const links = super.replayedLinks();
    return this.links.map((link, index) => ({ ...links[index]!, decidedAtMs: this.decidedAtMs(link) }));
  }

  /** The labels in force, whatever is known of them elsewhere. */
  labelsInForce(identifierId: bigint): readonly PartLabel[] {
    return this.labelRows.filter((row) => row.identifierId === identifierId && row.supersededBy === null).map(({ label }) => label);
  }

  /** Every id that ever was, with the living profile that answers for it. */
  answers(): Map<string, string> {
    return new Map(this.profiles.map(({ profileId, mergedInto }) => [profileId, mergedInto ?? profileId]));
  }

  private decidedAtMs({ lowId, highId }: Pick<LinkRecord, 'lowId' | 'highId'>): number | null {
    const joins = this.joinRows.filter((join) => !join.isRevoked && join.lowId === lowId && join.highId === highId);
    return joins.length === 0 ? null : Math.min(...joins.map(({ decision }) => decision.decidedAtMs));
  }

  /**
   * Ids that point to a profile whose identifiers went elsewhere go back with the merge that brought them, or stay where they were before it; the
   * others follow the first identifier that they had when they were last retired.
   */
  private repoint({ identity, undoneMergeIds }: DecisionChanges): void {
    const undone = this.mergeRows.filter(({ mergeId }) => undoneMergeIds.includes(mergeId));
    const touched = new Set(identity.profiles.filter(({ mergedInto }) => mergedInto === null).map(({ profileId }) => profileId));
    for (const row of this.profiles) {
      if (row.mergedInto === null || !touched.has(row.mergedInto)) continue;
      const merge = this.mergeRows.findLast(({ absorbedId, undoneAtMs }) => absorbedId === row.profileId && undoneAtMs === null);
      const stays = undone.some(
        ({ survivorId, decisionId, mergedAtMs }) =>
          decisionId !== null && survivorId === row.mergedInto && merge && merge.mergedAtMs < mergedAtMs,
      );
      const places = (stays ? [] : (merge?.absorbedIdentifierIds ?? [])).flatMap((id) => this.settled.identifiers.get(id)?.profileId ?? []);
      const back = undone.find(({ absorbedId, repointedIds }) => repointedIds.includes(row.profileId) && touched.has(absorbedId));
      const mergedInto = back?.absorbedId ?? places.find((profileId) => touched.has(profileId));
      if (mergedInto) this.settled.profiles.set(row.profileId, { ...row, mergedInto });
    }
  }

  /** Labels come with their identifiers, but are not written with them. */
  private label(): void {
    for (const identifier of this.identifiers) {
      this.settled.identifiers.set(identifier.identifierId, { ...identifier, labels: this.labelsInForce(identifier.identifierId) });
    }
  }
}

function isSame(one: readonly PartLabel[], other: readonly PartLabel[]): boolean {
  const inOrder = (all: readonly PartLabel[]) => JSON.stringify(all.map(({ decisionId, side }) => `${decisionId} ${side}`).sort());
  return inOrder(one) === inOrder(other);
}

function storedMerge({ evidence, ...row }: MergeRow): StoredMerge {
  return { ...row, lowId: evidence.lowId, highId: evidence.highId };
}
