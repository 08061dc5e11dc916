import { decisionOfType } from './partSides';
import type { IdentityRules } from './rules';
import { TypeCounts } from './typeCounts';

/** Types of which profiles hold too many to be one, and what all of them hold together. */
export class BrokenLimits {
  private readonly types = new Set<string>();
  private readonly together = new TypeCounts();

  constructor(private readonly rules: IdentityRules) {}

  /** Of what these profiles hold. */
  static of(profiles: readonly TypeCounts[], rules: IdentityRules): BrokenLimits {
    const limits = new BrokenLimits(rules);
    for (const profile of profiles) limits.add(profile);
    return limits;
  }

  get any(): boolean {
    return this.types.size > 0;
  }

  /** One more is to be one with them; answers the partings that hold it apart. */
  add(profile: TypeCounts): string[] {
    const partings: string[] = [];
    for (const type of this.together.exceeding(profile, this.rules)) {
      const decisionId = decisionOfType(type);
      if (decisionId === null) this.types.add(type);
      else partings.push(decisionId);
    }
    this.together.addAll(profile);
    return partings;
  }

  /** Such as `user_id: at most 1 on one profile, together they have 2`. */
  inWords(): string[] {
    const limitOf = (type: string) => this.rules.ruleFor(type).limitPerProfile;
    return [...this.types].map((type) => `${type}: at most ${limitOf(type)} on one profile, together they have ${this.together.get(type)}`);
  }
}
