import fc from 'fast-check';
import type { Json } from '../../src/kernel/json';
import { compareCodePoints } from '../../src/segments/codePointOrder';
import { compareValue, valueChangesAtMs } from '../../src/segments/compareValue';
import type { Comparison } from '../../src/segments/definition';
import { parseDefinition } from '../../src/segments/parseDefinition';
import { DAY, NOW } from './builders';

/** Of each type one or more; `absent` stands for nothing. */
const VALUES: Readonly<Record<string, Json | undefined>> = {
  absent: undefined,
  null: null,
  zero: 0,
  seven: 7,
  half: 0.5,
  huge: Number.POSITIVE_INFINITY,
  digits: '7',
  empty: '',
  pro: 'pro',
  Pro: 'Pro',
  date: '2026-11-27',
  true: true,
  false: false,
  list: ['pro', 7, true, null],
  nested: [['pro']],
  none: [],
  object: { pro: 7 },
};
const NAMES = Object.keys(VALUES);

function comparisonOf(op: string, value?: Json): Comparison {
  const { condition } = parseDefinition({ trait: 't', op, ...(value !== undefined && { value }) });
  if (condition.type !== 'trait') throw new Error('A trait is compared.');
  return condition.comparison;
}

describe('comparing values', () => {
  it.each<[string, Json | undefined, string]>([
    ['eq', 'pro', 'pro list'],
    ['eq', 7, 'seven list'],
    ['eq', '7', 'digits'],
    ['eq', true, 'true list'],
    ['eq', false, 'false'],
    ['eq', 0, 'zero'],
    ['eq', '', 'empty'],
    ['in', ['pro', 0, false], 'zero pro false list'],
    ['gt', 0.5, 'seven'],
    ['gte', 0.5, 'seven half'],
    ['lt', 7, 'zero half'],
    ['lte', 7, 'zero seven half'],
    ['gt', 'Pro', 'pro'],
    ['gte', 'Pro', 'pro Pro'],
    ['lt', '7', 'empty date'],
    ['lte', '7', 'digits empty date'],
    ['contains', 'r', 'pro Pro'],
    ['contains', 'pro', 'pro list'],
    ['contains', 7, 'list'],
    ['contains', '', 'digits empty pro Pro date'],
    ['startsWith', 'P', 'Pro'],
    ['startsWith', '', 'digits empty pro Pro date'],
    ['before', '2026-11-27T00:00:00.001Z', 'date'],
    ['before', '2026-11-27', ''],
    ['after', '2026-11-26T23:59:59.999Z', 'date'],
    ['after', '2026-11-27', ''],
    ['before', 'now', 'date'],
    ['after', 'now-12h', ''],
    ['after', 'now-1d', 'date'],
    ['exists', false, 'absent null'],
  ])('%s %j holds of: %s', (op, value, expected) => {
    const holding = NAMES.filter((name) => compareValue(VALUES[name], comparisonOf(op, value), NOW));
    expect(holding.sort()).toEqual(expected.split(' ').filter(Boolean).sort());
  });

  it('neq is what eq is not, exists what is there', () => {
    for (const value of ['pro', 7, true, '']) {
      const [eq, neq] = [comparisonOf('eq', value), comparisonOf('neq', value)];
      for (const name of NAMES) expect(compareValue(VALUES[name], neq, NOW)).toBe(!compareValue(VALUES[name], eq, NOW));
    }
    for (const name of NAMES)
      expect(compareValue(VALUES[name], comparisonOf('exists'), NOW)).toBe(VALUES[name] !== undefined && VALUES[name] !== null);
  });

  it('orders texts by code points, as their bytes in UTF-8 are ordered', () => {
    expect(compareValue('😀', comparisonOf('gt', 'ｚ'), NOW)).toBe(true);
    expect('😀' > 'ｚ').toBe(false);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
        expect(Math.sign(compareCodePoints(left, right))).toBe(Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right))));
      }),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('ｚ', '😀', '\ud7ff', '\ue000', 'a', '𐀀') }),
        fc.string({ unit: fc.constantFrom('ｚ', '😀', '\ud7ff', '\ue000', 'a', '𐀀') }),
        (left, right) => {
          expect(Math.sign(compareCodePoints(left, right))).toBe(Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right))));
        },
      ),
    );
  });

  it('says when a moment from now passes a date, to the millisecond', () => {
    for (const [op, moment] of [
      ['before', 'now'],
      ['before', 'now-30d'],
      ['after', 'now'],
      ['after', 'now+7d'],
    ] as const) {
      const comparison = comparisonOf(op, moment);
      for (const atMs of [NOW - 40 * DAY, NOW - 1, NOW, NOW + 1, NOW + 40 * DAY]) {
        const value = new Date(atMs).toISOString();
        const changesAtMs = valueChangesAtMs(value, comparison, NOW);
        const holds = compareValue(value, comparison, NOW);
        if (changesAtMs === Infinity) expect(compareValue(value, comparison, NOW + 1_000 * DAY)).toBe(holds);
        else {
          expect(changesAtMs).toBeGreaterThan(NOW);
          expect(compareValue(value, comparison, changesAtMs - 1)).toBe(holds);
          expect(compareValue(value, comparison, changesAtMs)).toBe(!holds);
        }
      }
    }
    expect(valueChangesAtMs('2026-12-01', comparisonOf('before', '2027-01-01'), NOW)).toBe(Infinity);
    expect(valueChangesAtMs('soon', comparisonOf('before', 'now'), NOW)).toBe(Infinity);
  });
});
