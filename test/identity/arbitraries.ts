import fc from 'fast-check';
import { type IdentityRule, IdentityRules } from '../../src/identity/rules';
import type { Said } from './builders';

/** Low, so that small workspaces have hubs. */
export const HUB_LIMIT = 3;
const TYPES = ['a', 'b', 'c', 'd'] as const;

export const rulesArbitrary = fc
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

export function saidArbitrary(values: number, times: number): fc.Arbitrary<Said> {
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

/** Up to five messages. */
export const batchArbitrary: fc.Arbitrary<Said[]> = fc.array(saidArbitrary(4, 30), { minLength: 1, maxLength: 5 });
