import type { PartLabel } from './identityStore';
import { decisionOfType, PartSides } from './partSides';
import type { IdentityRules } from './rules';

/**
 * How many identifiers of each type a profile holds, those joined by alias counted as one, and on which sides of partings it stands. Types are few,
 * so lists beat maps.
 */
export class TypeCounts {
  readonly types: string[] = [];
  readonly counts: number[] = [];
  private sides: PartSides | null = null;

  static of(record: Readonly<Record<string, number>>): TypeCounts {
    const typeCounts = new TypeCounts();
    for (const [type, count] of Object.entries(record)) {
      const decisionId = decisionOfType(type);
      if (decisionId === null) typeCounts.add(type, count);
      else typeCounts.stand({ decisionId, side: count === 2 ? 1 : 0 });
    }
    return typeCounts;
  }

  get(type: string): number {
    const index = this.types.indexOf(type);
    return index < 0 ? 0 : (this.counts[index] as number);
  }

  add(type: string, count: number): void {
    const index = this.types.indexOf(type);
    if (index < 0) {
      this.types.push(type);
      this.counts.push(count);
    } else this.counts[index] = (this.counts[index] as number) + count;
  }

  /** Puts it on one side of a parting. */
  stand(label: PartLabel): void {
    this.sides ??= new PartSides();
    this.sides.add(label);
  }

  addAll(others: TypeCounts): void {
    for (let index = 0; index < others.types.length; index++) this.add(others.types[index] as string, others.counts[index] as number);
    if (!others.sides) return;
    this.sides ??= new PartSides();
    this.sides.addAll(others.sides);
  }

  /** The partings that hold both apart, as `part:` and the decision's id. */
  partedBy(others: TypeCounts): string[] {
    return this.sides && others.sides ? this.sides.opposing(others.sides) : [];
  }

  /** Types of which both together would hold more than a profile may, and the partings that hold them apart. */
  exceeding(others: TypeCounts, rules: IdentityRules): string[] {
    const exceeded = this.partedBy(others);
    for (let index = 0; index < others.types.length; index++) {
      const type = others.types[index] as string;
      const own = this.get(type);
      if (own > 0 && own + (others.counts[index] as number) > rules.ruleFor(type).limitPerProfile) exceeded.push(type);
    }
    return exceeded;
  }

  fitsWith(others: TypeCounts, rules: IdentityRules): boolean {
    if (this.sides && others.sides && this.partedBy(others).length > 0) return false;
    for (let index = 0; index < others.types.length; index++) {
      const type = others.types[index] as string;
      const own = this.get(type);
      if (own > 0 && own + (others.counts[index] as number) > rules.ruleFor(type).limitPerProfile) return false;
    }
    return true;
  }

  isWithin(rules: IdentityRules): boolean {
    return this.types.every((type, index) => (this.counts[index] as number) <= rules.ruleFor(type).limitPerProfile);
  }

  equals(others: TypeCounts): boolean {
    const isSame = this.types.length === others.types.length && this.types.every((type, index) => this.counts[index] === others.get(type));
    return isSame && (this.sides ?? NO_SIDES).equals(others.sides ?? NO_SIDES);
  }

  toRecord(): Record<string, number> {
    const counts = this.types.map((type, index): [string, number] => [type, this.counts[index] as number]);
    return Object.fromEntries(this.sides ? [...counts, ...this.sides.entries()] : counts);
  }
}

const NO_SIDES = new PartSides();
