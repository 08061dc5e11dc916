import type { KnownIdentifier } from './knownIdentifier';

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

/**
 * Groups that are joined one pair after the other, each with how many it holds of each type. Members are numbered from 0. Members of one alias class
 * (`classes` gives each its number, -1 to one that was never aliased) count as one.
 */
export class Forest {
  private readonly parents: Int32Array;
  private readonly counts: Int32Array;
  private readonly heldClasses: (Set<number> | null)[];
  private readonly width: number;

  constructor(
    readonly types: TypeTable,
    classes: Int32Array,
  ) {
    const size = types.ofMember.length;
    this.width = types.names.length;
    this.parents = Int32Array.from({ length: size }, (_, index) => index);
    this.counts = new Int32Array(size * this.width);
    for (let member = 0; member < size; member++) this.counts[member * this.width + (types.ofMember[member] as number)] = 1;
    this.heldClasses = Array.from(classes, (aliasClass) => (aliasClass < 0 ? null : new Set([aliasClass])));
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

  /** Joins the groups of two roots, unless the joined group would hold more of some type than its limit. The root kept is the first one. */
  join(kept: number, given: number): boolean {
    const shared = this.sharedClasses(kept, given);
    for (let type = 0; type < this.width; type++) {
      const together = this.count(kept, type) + this.count(given, type) - (shared?.get(type) ?? 0);
      if (together > (this.types.limits[type] as number)) return false;
    }
    for (let type = 0; type < this.width; type++) this.add(kept, type, this.count(given, type) - (shared?.get(type) ?? 0));
    this.parents[given] = kept;
    this.joinClasses(kept, given);
    return true;
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

  private joinClasses(kept: number, given: number): void {
    const one = this.heldClasses[kept];
    const other = this.heldClasses[given];
    if (!other) return;
    if (!one) this.heldClasses[kept] = other;
    else for (const aliasClass of other) one.add(aliasClass);
  }
}
