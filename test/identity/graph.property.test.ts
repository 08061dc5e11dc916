import fc from 'fast-check';
import { type IdentityRule, IdentityRules } from '../../src/identity/rules';
import { type Said, Workspace } from './builders';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 1500);
const HUB_LIMIT = 3;
const TYPES = ['a', 'b', 'c', 'd'] as const;

const rulesArbitrary = fc
  .tuple(
    fc.shuffledSubarray(['a', 'b', 'c', '*'], { minLength: 4 }),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean()), { minLength: 4, maxLength: 4 }),
  )
  .map(([types, settings]) => {
    const rule = (type: string, index: number): IdentityRule => {
      const [limitPerProfile, isLatest] = settings[index]!;
      return { type, limitPerProfile, keep: isLatest ? 'LATEST' : 'EARLIEST', blockedPatterns: [] };
    };
    return new IdentityRules(types.map(rule));
  });

function saidArbitrary(values: number, times: number): fc.Arbitrary<Said> {
  const identifier = fc.tuple(fc.constantFrom(...TYPES), fc.integer({ min: 1, max: values })).map(([type, value]) => `${type}:${value}`);
  return fc
    .record({
      identifiers: fc.uniqueArray(identifier, { minLength: 1, maxLength: 4 }),
      atMs: fc.integer({ min: 1, max: times }),
      isAlias: fc.integer({ min: 0, max: 5 }).map((chance) => chance === 0),
    })
    .map(({ identifiers, atMs, isAlias }) => ({
      identifiers,
      atMs,
      aliases: isAlias && identifiers.length > 1 ? [[identifiers[0]!, identifiers[1]!] as const] : [],
    }));
}

/** Batches of messages, some repeated, each with its own interaction id. */
const batchesArbitrary = fc
  .tuple(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 40 }))
  .chain(([values, times]) =>
    fc.array(fc.array(saidArbitrary(values, times), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 }),
  );

describe('the identity graph', () => {
  it.each([
    { lags: false, trims: false },
    { lags: true, trims: false },
    { lags: true, trims: true },
  ])('equals the rule replayed over all links after every batch ($lags, $trims)', async ({ lags, trims }) => {
    await fc.assert(
      fc.asyncProperty(rulesArbitrary, batchesArbitrary, async (rules, batches) => {
        const workspace = new Workspace(rules, { lags, hubLimit: HUB_LIMIT });
        for (const batch of batches) {
          await workspace.hear(...batch);
          workspace.store.assertConsistent(workspace.said);
          expect(workspace.store.groups()).toEqual(workspace.oracle(HUB_LIMIT));
          if (trims) workspace.graph.trim(3);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
