import fc from 'fast-check';
import type { Json } from '../../src/kernel/json';
import type { Chance } from './chance';

const SAMPLES = 400;

/** Texts that have broken something somewhere before. */
const NASTY_TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud800',
  '\ufeff',
  '\u2028',
  '💥',
  '__proto__',
  'constructor',
  'toString',
  "';--",
  '%',
  '%zz',
  '../../etc/passwd',
  '{{x}}',
  '\\',
  '"',
  'null',
  'undefined',
  'NaN',
  '-1',
  '9007199254740993',
  '1e400',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '2026-02-30T00:00:00Z',
  '+1 (555) 0100 0100 0100',
  'ada@example.com',
  'x'.repeat(101),
  'ä'.repeat(1_001),
  '😀'.repeat(5_000),
] as const;

const NASTY_VALUES: readonly Json[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  0.1,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  [],
  {},
  [null],
  [[[]]],
  { '': '' },
  ...NASTY_TEXTS,
];

/** Values that nobody means: nasty ones, and such as fast-check makes up by the seed. */
export class Nonsense {
  private readonly texts: readonly string[];
  private readonly values: readonly Json[];

  constructor(seed: number) {
    const sampled = { seed, numRuns: SAMPLES };
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 40 }), fc.webUrl(), fc.emailAddress());
    this.texts = [...NASTY_TEXTS, ...fc.sample(text, sampled)];
    this.values = [...NASTY_VALUES, ...(fc.sample(fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }), sampled) as Json[])];
  }

  text(chance: Chance): string {
    return chance.pick(this.texts);
  }

  value(chance: Chance): Json {
    if (chance.isTrue(0.01)) return nested(chance);
    return chance.pick(this.values);
  }
}

/** Deeper than anybody nests; `mutatedBytes` nests deeper than a stack may bear. */
function nested(chance: Chance): Json {
  let value: Json = 1;
  for (let level = 10 ** (1 + chance.below(2)) * 4; level > 0; level--) value = chance.isTrue(0.5) ? [value] : { a: value };
  return value;
}
