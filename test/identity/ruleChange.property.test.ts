import fc from 'fast-check';
import { mergeProfiles } from '../../src/identity/decideMerge';
import { partProfiles, splitProfile } from '../../src/identity/decideSplit';
import { undoMerge } from '../../src/identity/decideUndo';
import { type IdentityRule, IdentityRules } from '../../src/identity/rules';
import { HUB_LIMIT } from './arbitraries';
import type { Said } from './builders';
import { ChangingWorkspace } from './changingWorkspace';

// Thousands of runs: seconds on an idle machine, longer beside other suites.
jest.setTimeout(120_000);

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 300);
const TYPES = ['a', 'b', 'c', 'd'] as const;

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
  expect(workspace.store.groups()).toEqual(workspace.oracle());
  for (const batch of after) {
    await workspace.hear(batch);
    expect(workspace.store.groups()).toEqual(workspace.oracle());
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

type Deed = 'merge' | 'undo' | 'split' | 'part';
interface Decided {
  readonly deed: Deed;
  readonly places: readonly [number, number];
}
type Step = { readonly hears: readonly Said[] } | Decided | { readonly resolves: number } | { readonly changesTo: IdentityRules };

const placeArbitrary = fc.nat({ max: 1_000 });
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: batchArbitrary.map((hears) => ({ hears })) },
  {
    weight: 3,
    arbitrary: fc.record({
      deed: fc.constantFrom<Deed[]>('merge', 'undo', 'split', 'part'),
      places: fc.tuple(placeArbitrary, placeArbitrary),
    }),
  },
  { weight: 3, arbitrary: sizeArbitrary.map((resolves) => ({ resolves })) },
  { weight: 1, arbitrary: rulesArbitrary.map((changesTo) => ({ changesTo })) },
);

/** Answers whether it was carried out. */
function decide(workspace: ChangingWorkspace, { deed, places: [one, other] }: Decided): Promise<boolean> {
  const { store } = workspace;
  const ids = store.profiles.map(({ profileId }) => profileId).sort();
  const pick = (place: number) => ids[place % ids.length] as string;
  switch (deed) {
    case 'merge':
      return workspace.decide((deciding) =>
        mergeProfiles(deciding, { profileIds: [pick(one), pick(other)], survivorId: null, rule: 'person', probability: null }),
      );
    case 'part':
      return workspace.decide((deciding) => partProfiles(deciding, [pick(one), pick(other)]));
    case 'undo': {
      const merge = store.mergeRows[one % Math.max(store.mergeRows.length, 1)];
      return merge ? workspace.decide((deciding) => undoMerge(deciding, merge.mergeId)) : Promise.resolve(false);
    }
    case 'split': {
      const profileId = store.answers().get(pick(one)) as string;
      const members = store.identifiers.filter((identifier) => identifier.profileId === profileId);
      const identifiers = members.filter((_, index) => index % 2 === other % 2);
      return workspace.decide((deciding) => splitProfile(deciding, { profileId, identifiers }));
    }
  }
}

/** How many decisions of people were carried out. */
async function take(workspace: ChangingWorkspace, step: Step): Promise<number> {
  if ('hears' in step) await workspace.hear(step.hears);
  else if ('resolves' in step) await workspace.resolveSome(step.resolves);
  else if ('changesTo' in step) workspace.changeRules(step.changesTo);
  else if (workspace.store.profiles.length > 0) return Number(await decide(workspace, step));
  return 0;
}

it('what people decided stands under every change of rules, also where they decide while profiles are resolved anew', async () => {
  let carriedOut = 0;
  await fc.assert(
    fc.asyncProperty(
      rulesArbitrary,
      fc.array(stepArbitrary, { minLength: 6, maxLength: 24 }),
      sizeArbitrary,
      async (rules, steps, size) => {
        const workspace = new ChangingWorkspace(rules);
        for (const step of steps) carriedOut += await take(workspace, step);
        await workspace.resolveAll(size);
        expect(workspace.outdated()).toEqual([]);
        expect(workspace.store.groups()).toEqual(workspace.oracle());
      },
    ),
    { numRuns: RUNS },
  );
  expect(carriedOut).toBeGreaterThan(RUNS);
});
