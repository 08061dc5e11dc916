/** Candidate pairs that are worth a link, side by side. */
export interface Links {
  readonly ones: Int32Array;
  readonly others: Int32Array;
  /** Log2 of the odds. */
  readonly weights: Float32Array;
}

export interface ClusterRules {
  /** A link below this weight joins nothing by itself. */
  readonly linkWeight: number;
  /** Two clusters are joined when their records match at this weight on average. */
  readonly averageWeight: number;
  readonly largestCluster: number;
  /** Record → its source if that source holds nobody twice; else -1. */
  readonly soleSourceOf: Int32Array;
}

/** What became of the links. */
export interface Clustering {
  /** Record → the smallest record of its cluster. */
  readonly clusterOf: Int32Array;
  /** Links that joined nothing although they were strong enough, by what stood against it. */
  readonly refused: { readonly average: number; readonly size: number; readonly source: number };
}

/** Judges two records; what it says beside the weight is about the pair that was weighed last. */
export interface PairJudge {
  weigh(one: number, other: number): number;
  contradiction(): string | undefined;
  /** Whether something beyond doubt says that they are one person. */
  isSettled(): boolean;
}

/** What a contradiction weighs in an average: more than a few strong agreements. */
const CONTRADICTED_WEIGHT = -30;
/** No single pair says more than this, for or against, in an average. */
const MOST_WEIGHT = 12;
/** Of two clusters at most so many records each are compared. */
const COMPARED_MEMBERS = 16;

/**
 * Joins records into clusters, taking the strongest links first. Two clusters are joined when their records, all with all, match on average (average
 * linkage: what speaks against counts as much as what speaks for, so that one mistaken link does not chain two people together), when no source that
 * holds nobody twice would hold somebody twice, and when the joined cluster is no larger than allowed. As the weakest links come last, a cluster that
 * would grow too large is parted at its weakest link.
 * `judge` weighs any two records. The outcome depends on nothing but the records' numbers and weights.
 */
export function clusterRecords(links: Links, rules: ClusterRules, judge: PairJudge): Clustering {
  const groups = new Groups(rules, judge);
  const refused = { average: 0, size: 0, source: 0 };
  const order = strongestFirst(links).filter((link) => (links.weights[link] as number) >= rules.linkWeight);
  for (const link of order) groups.tryJoin(links.ones[link] as number, links.others[link] as number);
  // Once more: clusters that have grown since may now agree with what they refused.
  for (const link of order) {
    const outcome = groups.tryJoin(links.ones[link] as number, links.others[link] as number);
    if (outcome !== 'joined') refused[outcome]++;
  }
  return { clusterOf: groups.clusterOf(), refused };
}

function strongestFirst({ ones, others, weights }: Links): Int32Array {
  return Int32Array.from(weights, (_, index) => index).sort(
    (a, b) =>
      (weights[b] as number) - (weights[a] as number) ||
      (ones[a] as number) - (ones[b] as number) ||
      (others[a] as number) - (others[b] as number),
  );
}

class Groups {
  private readonly groupOf: Int32Array;
  /** Of groups of one there is no list. */
  private readonly members = new Map<number, number[]>();

  constructor(
    private readonly rules: ClusterRules,
    private readonly judge: PairJudge,
  ) {
    this.groupOf = Int32Array.from(rules.soleSourceOf, (_, record) => record);
  }

  tryJoin(one: number, other: number): 'joined' | 'average' | 'size' | 'source' {
    const [group, otherGroup] = [this.groupOf[one] as number, this.groupOf[other] as number];
    if (group === otherGroup) return 'joined';
    const [members, otherMembers] = [this.membersOf(group), this.membersOf(otherGroup)];
    if (members.length + otherMembers.length > this.rules.largestCluster) return 'size';
    if (this.wouldRepeatSource(members, otherMembers)) return 'source';
    if (this.average(members, otherMembers) < this.rules.averageWeight) return 'average';
    if (members.length >= otherMembers.length) this.join(group, members, otherGroup, otherMembers);
    else this.join(otherGroup, otherMembers, group, members);
    return 'joined';
  }

  clusterOf(): Int32Array {
    const smallest = new Map<number, number>();
    return this.groupOf.map((group, record) => {
      const known = smallest.get(group);
      if (known !== undefined) return known;
      smallest.set(group, record);
      return record;
    });
  }

  private membersOf(group: number): number[] {
    return this.members.get(group) ?? [group];
  }

  private join(kept: number, members: number[], given: number, givenMembers: readonly number[]): void {
    for (const member of givenMembers) {
      this.groupOf[member] = kept;
      members.push(member);
    }
    this.members.set(kept, members);
    this.members.delete(given);
  }

  private wouldRepeatSource(members: readonly number[], otherMembers: readonly number[]): boolean {
    for (const member of members) {
      const source = this.rules.soleSourceOf[member] as number;
      if (source >= 0 && otherMembers.some((other) => this.rules.soleSourceOf[other] === source)) return true;
    }
    return false;
  }

  /** Contradictions count in full, unless something settles that both clusters are one person: then they are mistakes in the data. */
  private average(members: readonly number[], otherMembers: readonly number[]): number {
    const [some, others] = [spread(members), spread(otherMembers)];
    let [sum, contradicted, contradictions, isSettled] = [0, 0, 0, false];
    for (const member of some) {
      for (const other of others) {
        const weight = Math.min(MOST_WEIGHT, this.judge.weigh(member, other));
        isSettled ||= this.judge.isSettled();
        if (this.judge.contradiction() === undefined) sum += weight;
        else {
          contradicted += weight;
          contradictions++;
        }
      }
    }
    return (sum + (isSettled ? contradicted : contradictions * CONTRADICTED_WEIGHT)) / (some.length * others.length);
  }
}

/** So many members, evenly picked, as are compared. */
function spread(members: readonly number[]): readonly number[] {
  if (members.length <= COMPARED_MEMBERS) return members;
  return Array.from({ length: COMPARED_MEMBERS }, (_, index) => members[Math.floor((index * members.length) / COMPARED_MEMBERS)] as number);
}
