import fc from 'fast-check';
import { mergeProfiles } from '../../src/identity/decideMerge';
import { splitProfile } from '../../src/identity/decideSplit';
import { undoMerge } from '../../src/identity/decideUndo';
import type { Deciding } from '../../src/identity/deciding';
import type { DecisionChanges } from '../../src/identity/decisionStore';
import { IdentityGraph } from '../../src/identity/graph';
import { partition } from '../../src/identity/replay';
import { type ChangeReach, FIRST_RULES, isOutdated, type RulesInForce, reachOf } from '../../src/identity/ruleChange';
import { type IdentityRule, IdentityRules } from '../../src/identity/rules';
import { Refusal } from '../../src/kernel/refusals';
import { anId, anObservation, risingIds, type Said } from './builders';
import { MemoryDecisions } from './memoryDecisions';
import { asTexts } from './memoryStore';

// Thousands of runs: seconds on an idle machine, longer beside other suites.
jest.setTimeout(120_000);

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 300);
const HUB_LIMIT = 3;
const TYPES = ['a', 'b', 'c', 'd'] as const;

/** A workspace whose rules change while messages come in, and whose profiles are resolved anew a few at a time. */
class ChangingWorkspace {
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
  groups(): string[] {
    return this.store.groups();
  }

  oracle(): string[] {
    const { identifiers } = this.store;
    const blocked = identifiers.filter(({ type, value }) => this.rules.isBlocked(type, value)).map((identifier) => [identifier]);
    const groups = [...partition(this.store.replayedLinks(), identifiers, this.rules, HUB_LIMIT), ...blocked];
    return asTexts(groups.map((group) => group.map(({ type, value }) => `${type}:${value}`)));
  }

  private newGraph(): IdentityGraph {
    const { rules, store, newId, inForce } = this;
    return new IdentityGraph({ rules, reader: store, newId, hubLimit: HUB_LIMIT, inForce });
  }
}

const settingArbitrary = fc.record({
  limitPerProfile: fc.integer({ min: 1, max: 3 }),
  isLatest: fc.boolean(),
  blocked: fc.option(fc.integer({ min: 1, max: 6 }), { freq: 5 }),
});

const rulesOf = (types: readonly string[], settings: readonly { limitPerProfile: number; isLatest: boolean; blocked: number | null }[]) =>
  new IdentityRules(
    types.map((type, index): IdentityRule => {
      const { limitPerProfile, isLatest, blocked } = settings[index]!;
      return { type, limitPerProfile, keep: isLatest ? 'LATEST' : 'EARLIEST', blockedPatterns: blocked === null ? [] : [`*${blocked}`] };
    }),
  );

const settingsArbitrary = fc.array(settingArbitrary, { minLength: 4, maxLength: 4 });
const typesArbitrary = fc.shuffledSubarray(['a', 'b', 'c', '*'], { minLength: 4 });
const rulesArbitrary = fc.tuple(typesArbitrary, settingsArbitrary).map(([types, settings]) => rulesOf(types, settings));

/** Rules that differ in limits and choices only. */
const limitsArbitrary = fc.tuple(typesArbitrary, fc.array(settingsArbitrary, { minLength: 3, maxLength: 3 })).map(([types, all]) =>
  all.map((settings) =>
    rulesOf(
      types,
      settings.map((setting) => ({ ...setting, blocked: null })),
    ),
  ),
);

const saidArbitrary = fc
  .record({
    identifiers: fc.uniqueArray(
      fc.tuple(fc.constantFrom(...TYPES), fc.integer({ min: 1, max: 6 })).map(([type, value]) => `${type}:${value}`),
      { minLength: 1, maxLength: 4 },
    ),
    atMs: fc.integer({ min: 1, max: 30 }),
    isAlias: fc.integer({ min: 0, max: 6 }).map((chance) => chance === 0),
  })
  .map(
    ({ identifiers, atMs, isAlias }): Said => ({
      identifiers,
      atMs,
      aliases: isAlias && identifiers.length > 1 ? [[identifiers[0]!, identifiers[1]!]] : [],
    }),
  );

const batchArbitrary = fc.array(saidArbitrary, { minLength: 1, maxLength: 5 });
const batchesArbitrary = fc.array(batchArbitrary, { minLength: 1, maxLength: 8 });
/** Between two batches of the pass there may be messages. */
const duringArbitrary = fc.array(fc.option(batchArbitrary), { maxLength: 6 });
const sizeArbitrary = fc.integer({ min: 1, max: 4 });

interface Story {
  readonly rules: readonly IdentityRules[];
  readonly before: readonly Said[][];
  readonly during: readonly (readonly (Said[] | null)[])[];
  readonly after: readonly Said[][];
  readonly size: number;
}

async function live({ rules, before, during, after, size }: Story, forgets: boolean): Promise<ChangingWorkspace> {
  const workspace = new ChangingWorkspace(rules[0]!);
  for (const batch of before) await workspace.hear(batch);
  for (const [change, interludes] of during.entries()) {
    workspace.changeRules(rules[change + 1]!);
    for (const messages of interludes) {
      if (forgets) workspace.forget();
      await workspace.resolveSome(size);
      if (messages) await workspace.hear(messages);
    }
  }
  await workspace.resolveAll(size);
  expect(workspace.outdated()).toEqual([]);
  expect(workspace.groups()).toEqual(workspace.oracle());
  for (const batch of after) {
    await workspace.hear(batch);
    expect(workspace.groups()).toEqual(workspace.oracle());
  }
  return workspace;
}

const storyArbitrary = (rules: fc.Arbitrary<readonly IdentityRules[]>) =>
  fc.record<Story>({
    rules,
    before: batchesArbitrary,
    during: fc.tuple(duringArbitrary, duringArbitrary),
    after: batchesArbitrary,
    size: sizeArbitrary,
  });

/** One of three deeds, on whatever stands at that place. */
function decideSomething(workspace: ChangingWorkspace, place: number): Promise<boolean> {
  const { store } = workspace;
  const at = <Row>(rows: readonly Row[]) => rows[place % rows.length];
  const one = at(store.profiles)?.profileId ?? anId(0);
  const other = at([...store.profiles].reverse())?.profileId ?? anId(0);
  const identifierIds = [at(store.identifiers)?.identifierId ?? 0n];
  const profileId = at(store.identifiers)?.profileId ?? anId(0);
  const merges = store.mergeRows.filter(({ undoneAtMs }) => undoneAtMs === null);
  return workspace.decide((deciding) => {
    if (place % 3 === 0) return splitProfile(deciding, { profileId, identifierIds });
    if (place % 3 === 1) return undoMerge(deciding, at(merges)?.mergeId ?? anId(0));
    return mergeProfiles(deciding, { profileIds: [one, other], survivorId: null, rule: 'person', probability: null });
  });
}

describe('what people decided before and while rules change', () => {
  it('stands under the new rules as if these had always stood', async () => {
    const deeds = fc.array(fc.nat({ max: 100 }), { minLength: 8, maxLength: 8 });
    let carriedOut = 0;
    await fc.assert(
      fc.asyncProperty(storyArbitrary(fc.array(rulesArbitrary, { minLength: 2, maxLength: 2 })), deeds, async (story, places) => {
        const workspace = new ChangingWorkspace(story.rules[0]!);
        for (const batch of story.before) await workspace.hear(batch);
        for (const place of places.slice(0, 4)) carriedOut += Number(await decideSomething(workspace, place));
        expect(workspace.groups()).toEqual(workspace.oracle());
        workspace.changeRules(story.rules[1]!);
        for (const place of places.slice(4)) {
          await workspace.resolveSome(story.size);
          carriedOut += Number(await decideSomething(workspace, place));
        }
        await workspace.resolveAll(story.size);
        expect(workspace.groups()).toEqual(workspace.oracle());
      }),
      { numRuns: RUNS },
    );
    expect(carriedOut).toBeGreaterThan(RUNS);
  });
});

describe('profiles after the rules were changed twice, the second time perhaps in the middle, while messages came', () => {
  it.each([false, true])('are those of the last rules, as if these had always stood (memory that forgets: %s)', async (forgets) => {
    await fc.assert(
      fc.asyncProperty(storyArbitrary(fc.array(rulesArbitrary, { minLength: 3, maxLength: 3 })), async (story) => {
        await live(story, forgets);
      }),
      { numRuns: RUNS },
    );
  });

  it('are those of the last rules where only limits and choices changed, which looks at those alone that meet a limit', async () => {
    await fc.assert(
      fc.asyncProperty(storyArbitrary(limitsArbitrary), async (story) => {
        const workspace = await live(story, true);
        expect(workspace.inForce.reach).not.toBe('ANY');
        workspace.store.assertConsistent(workspace.said, HUB_LIMIT);
      }),
      { numRuns: RUNS },
    );
  });
});
