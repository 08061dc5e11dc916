import type { IdentityRules } from './rules';

/** How many identifiers of each type a profile holds, those joined by alias counted as one. Types are few, so lists beat maps. */
export class TypeCounts {
  readonly types: string[] = [];
  readonly counts: number[] = [];

  static of(record: Readonly<Record<string, number>>): TypeCounts {
    const typeCounts = new TypeCounts();
    for (const [type, count] of Object.entries(record)) typeCounts.add(type, count);
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

  addAll(others: TypeCounts): void {
    for (let index = 0; index < others.types.length; index++) this.add(others.types[index] as string, others.counts[index] as number);
  }

  /** Types of which both together would hold more than a profile may. */
  exceeding(others: TypeCounts, rules: IdentityRules): string[] {
    const exceeded: string[] = [];
    for (let index = 0; index < others.types.length; index++) {
      const type = others.types[index] as string;
      const own = this.get(type);
      if (own > 0 && own + (others.counts[index] as number) > rules.ruleFor(type).limitPerProfile) exceeded.push(type);
    }
    return exceeded;
  }

  fitsWith(others: TypeCounts, rules: IdentityRules): boolean {
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
    return this.types.length === others.types.length && this.types.every((type, index) => this.counts[index] === others.get(type));
  }

  toRecord(): Record<string, number> {
    return Object.fromEntries(this.types.map((type, index) => [type, this.counts[index] as number]));
  }
}
