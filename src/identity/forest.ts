import type { KnownIdentifier } from './knownIdentifier';
import { oppositeLabel } from './partTable';

/** The types that occur among some identifiers, each with its limit, and which of them each identifier is of. */
export class TypeTable {
  readonly names: string[] = [];
  readonly limits: number[] = [];
  readonly ofMember: Int32Array;

  constructor(members: readonly KnownIdentifier[]) {
    const indexes = new Map<string, number>();
    this.ofMember = Int32Array.from(members, ({ type, rule }) => {
      const known = indexes.get(type);
      if (known !== undefined) return known;
      this.names.push(type);
      this.limits.push(rule.limitPerProfile);
      indexes.set(type, indexes.size);
      return indexes.size - 1;
    });
  }

  indexOf(type: string): number {
    return this.names.indexOf(type);
  }
}

/** What some identifiers count as. */
export interface Countings {
  /** Members with one number count as one; -1 for a member that was never aliased. */
  readonly aliasClasses: Int32Array;
  /** Of each member its labels, as `PartTable` numbers them; null where no member has any. */
  readonly labels: readonly (readonly number[])[] | null;
}

/**
 * Groups that are joined one pair after the other, each with how many it holds of each type, and on which sides of partings it stands. Members are
 * numbered from 0.
 */
export class Forest {
  private readonly parents: Int32Array;
  private readonly counts: Int32Array;
  private readonly heldClasses: (Set<number> | null)[];
  private readonly heldLabels: (Set<number> | null)[] | null;
  private readonly width: number;

  constructor(
    readonly types: TypeTable,
    { aliasClasses: classes, labels }: Countings,
  ) {
    const size = types.ofMember.length;
    this.width = types.names.length;
    this.parents = Int32Array.from({ length: size }, (_, index) => index);
    this.counts = new Int32Array(size * this.width);
    for (let member = 0; member < size; member++) this.counts[member * this.width + (types.ofMember[member] as number)] = 1;
    this.heldClasses = Array.from(classes, (aliasClass) => (aliasClass < 0 ? null : new Set([aliasClass])));
    this.heldLabels = labels === null ? null : labels.map((held) => (held.length === 0 ? null : new Set(held)));
    this.classTypes = new Map(Array.from(classes, (aliasClass, member) => [aliasClass, types.ofMember[member] as number]));
  }

  private readonly classTypes: Map<number, number>;

  find(member: number): number {
    let root = member;
    while (this.parents[root] !== root) {
      const parent = this.parents[root] as number;
      const grandparent = this.parents[parent] as number;
      this.parents[root] = grandparent;
      root = grandparent;
    }
    return root;
  }

  /**
   * Joins the groups of two roots, unless the joined group would hold more of some type than its limit, or both sides of a parting. The root kept is
   * the first one.
   */
  join(kept: number, given: number): boolean {
    if (this.heldLabels && this.isParted(kept, given)) return false;
    const shared = this.sharedClasses(kept, given);
    for (let type = 0; type < this.width; type++) {
      const together = this.count(kept, type) + this.count(given, type) - (shared?.get(type) ?? 0);
      if (together > (this.types.limits[type] as number)) return false;
    }
    for (let type = 0; type < this.width; type++) this.add(kept, type, this.count(given, type) - (shared?.get(type) ?? 0));
    this.parents[given] = kept;
    joinSets(this.heldClasses, kept, given);
    if (this.heldLabels) joinSets(this.heldLabels, kept, given);
    return true;
  }

  labelsAt(root: number): ReadonlySet<number> {
    return this.heldLabels?.[root] ?? NO_LABELS;
  }

  /** Whether the group holds a label that stands against one of these. */
  opposes(root: number, labels: readonly number[]): boolean {
    return holdsOpposite(this.labelsAt(root), labels);
  }

  count(root: number, type: number): number {
    return this.counts[root * this.width + type] as number;
  }

  add(root: number, type: number, count: number): void {
    this.counts[root * this.width + type] = this.count(root, type) + count;
  }

  /** How many alias classes of each type two groups share; undefined for none. */
  private sharedClasses(kept: number, given: number): Map<number, number> | undefined {
    const one = this.heldClasses[kept];
    const other = this.heldClasses[given];
    if (!one || !other) return undefined;
    const shared = new Map<number, number>();
    for (const aliasClass of other) {
      if (!one.has(aliasClass)) continue;
      const type = this.classTypes.get(aliasClass) as number;
      shared.set(type, (shared.get(type) ?? 0) + 1);
    }
    return shared;
  }

  private isParted(kept: number, given: number): boolean {
    const one = this.labelsAt(kept);
    const other = this.labelsAt(given);
    return one.size < other.size ? holdsOpposite(other, one) : holdsOpposite(one, other);
  }
}

const NO_LABELS: ReadonlySet<number> = new Set();

function holdsOpposite(labels: ReadonlySet<number>, others: Iterable<number>): boolean {
  for (const label of others) if (labels.has(oppositeLabel(label))) return true;
  return false;
}

/** What the given root's group holds becomes the kept one's; the larger set is the one that stays. */
function joinSets(held: (Set<number> | null)[], kept: number, given: number): void {
  const one = held[kept] ?? null;
  const other = held[given] ?? null;
  if (!other) return;
  const [larger, smaller] = one && one.size > other.size ? [one, other] : [other, one];
  for (const each of smaller ?? []) larger.add(each);
  held[kept] = larger;
}
