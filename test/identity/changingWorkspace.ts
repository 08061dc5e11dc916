import type { Deciding } from '../../src/identity/deciding';
import type { DecisionChanges } from '../../src/identity/decisionStore';
import { IdentityGraph } from '../../src/identity/graph';
import { partition } from '../../src/identity/replay';
import { type ChangeReach, FIRST_RULES, isOutdated, type RulesInForce, reachOf } from '../../src/identity/ruleChange';
import type { IdentityRules } from '../../src/identity/rules';
import { Refusal } from '../../src/kernel/refusals';
import { HUB_LIMIT } from './arbitraries';
import { anObservation, risingIds, type Said } from './builders';
import { MemoryDecisions } from './memoryDecisions';
import { asTexts } from './memoryStore';

/** A workspace whose rules change while messages come in, and whose profiles are resolved anew a few at a time. */
export class ChangingWorkspace {
  readonly store = new MemoryDecisions();
  readonly newId = risingIds();
  inForce: RulesInForce = FIRST_RULES;
  private graph: IdentityGraph;
  private cursor = '';
  said = 0;

  constructor(private rules: IdentityRules) {
    this.graph = this.newGraph();
  }

  async hear(messages: readonly Said[]): Promise<void> {
    const observations = messages.flatMap((said) => anObservation(said, this.rules) ?? []);
    this.said += observations.length;
    this.store.apply(await this.graph.resolve(observations));
  }

  /** On a graph of its own; the others forget what they remember. Answers whether it was carried out. */
  async decide(work: (deciding: Deciding) => Promise<DecisionChanges>): Promise<boolean> {
    const { rules, inForce, newId, store } = this;
    try {
      const deciding = {
        graph: this.newGraph(),
        reader: store,
        rules,
        inForce,
        hubLimit: HUB_LIMIT,
        newId,
        nowMs: store.nowMs + 1,
        actor: 'Ada',
      };
      store.decide(await work(deciding));
      this.graph.forget();
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  /** A change in the middle of another one replaces it, and reaches as far as both. */
  changeRules(rules: IdentityRules): void {
    const reaches: ChangeReach[] = [reachOf(this.rules, rules), this.outdated().length > 0 ? this.inForce.reach : 'NONE'];
    const reach = (['ANY', 'LIMITED'] as const).find((one) => reaches.includes(one)) ?? 'NONE';
    this.inForce = { version: this.inForce.version + 1, reach };
    this.rules = rules;
    this.cursor = '';
    this.graph = this.newGraph();
  }

  /** One batch of the pass over all profiles, in the order of their ids. */
  async resolveSome(count: number): Promise<void> {
    const next = this.outdated()
      .filter((id) => id > this.cursor)
      .slice(0, count);
    this.store.apply(await this.graph.resolveAnew(next));
    this.cursor = next.at(-1) ?? 'end';
  }

  async resolveAll(count: number): Promise<void> {
    while (this.cursor !== 'end') await this.resolveSome(count);
  }

  forget(): void {
    this.graph.trim(2);
  }

  outdated(): string[] {
    const living = this.store.profiles.filter((profile) => profile.mergedInto === null && isOutdated(profile, this.rules, this.inForce));
    return living.map(({ profileId }) => profileId).sort();
  }

  /** Blocked values are in no group of the rule; here each is alone. */
  oracle(): string[] {
    const identifiers = this.store.identifiers.map((identifier) => ({
      ...identifier,
      labels: this.store.labelsInForce(identifier.identifierId),
    }));
    const blocked = identifiers.filter(({ type, value }) => this.rules.isBlocked(type, value)).map((identifier) => [identifier]);
    const groups = [...partition(this.store.replayedLinks(), identifiers, this.rules, HUB_LIMIT), ...blocked];
    return asTexts(groups.map((group) => group.map(({ type, value }) => `${type}:${value}`)));
  }

  private newGraph(): IdentityGraph {
    const { rules, store, newId, inForce } = this;
    return new IdentityGraph({ rules, reader: store, newId, hubLimit: HUB_LIMIT, inForce });
  }
}
