import fc from 'fast-check';
import { sumMoney } from '../../../src/kernel/money';
import { attributeByRule, type ConversionPath, conversionPathsOf, RULE_MODELS, touchShares } from '../../../src/measures/value/attribution';
import { attributeByMarkovChain } from '../../../src/measures/value/markovAttribution';
import { DAY_MS, day, money } from '../commerceFacts';

const path = (touches: string, conversions: number, others = 0, values: ConversionPath['values'] = []): ConversionPath => ({
  touches: touches === '' ? [] : touches.split(' > '),
  conversions,
  others,
  values,
});
const byLabel = (credits: readonly { label: string; conversions: number }[]) =>
  Object.fromEntries(credits.map(({ label, conversions }) => [label, conversions]));

describe('attribution by rule', () => {
  const paths = [path('ad > search > mail > site', 10)];

  it('gives the first, the last, all, or 40/20/40', () => {
    expect(byLabel(attributeByRule(paths, 'FIRST'))).toEqual({ ad: 10, search: 0, mail: 0, site: 0 });
    expect(byLabel(attributeByRule(paths, 'LAST'))).toEqual({ ad: 0, search: 0, mail: 0, site: 10 });
    expect(byLabel(attributeByRule(paths, 'LINEAR'))).toEqual({ ad: 2.5, search: 2.5, mail: 2.5, site: 2.5 });
    expect(byLabel(attributeByRule(paths, 'U_SHAPED'))).toEqual({ ad: 4, search: 1, mail: 1, site: 4 });
  });

  it.each([
    [1, [1]],
    [2, [0.5, 0.5]],
    [3, [0.4, 0.2, 0.4]],
    [5, [0.4, 0.2 / 3, 0.2 / 3, 0.2 / 3, 0.4]],
  ])('shares %p touches U-shaped as %p', (touches, expected) => {
    const shares = touchShares('U_SHAPED', touches);
    const total = shares.reduce((sum, share) => sum + share, 0);
    expect(shares.map((share) => share / total)).toEqual(expected.map((share) => expect.closeTo(share, 12)));
  });

  it('gives a label all its touches, and nobody a conversion without touches', () => {
    expect(byLabel(attributeByRule([path('ad > mail > ad', 3), path('', 5)], 'LINEAR'))).toEqual({ ad: 2, mail: 1 });
  });

  it('shares money to the cent, each currency on its own', () => {
    const credits = attributeByRule([path('a > b > c', 1, 0, [money('10.00'), money('100', 'JPY')])], 'LINEAR');
    expect(credits.map(({ label, values }) => [label, ...values.map(({ amount }) => amount)])).toEqual([
      ['a', '3.34', '34'],
      ['b', '3.33', '33'],
      ['c', '3.33', '33'],
    ]);
  });

  const anyPath = fc.record({
    touches: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 7 }),
    conversions: fc.integer({ min: 0, max: 9 }),
    others: fc.integer({ min: 0, max: 9 }),
    values: fc.array(
      fc.integer({ min: 0, max: 99_999 }).map((cents) => money((cents / 100).toFixed(2))),
      { maxLength: 2 },
    ),
  });

  it('hands out what there was, no more and no less, by any rule and by the chain', () => {
    fc.assert(
      fc.property(fc.array(anyPath, { minLength: 1, maxLength: 8 }), (all) => {
        const conversions = all.reduce((sum, one) => sum + one.conversions, 0);
        for (const model of RULE_MODELS) {
          const credits = attributeByRule(all, model);
          expect(credits.reduce((sum, credit) => sum + credit.conversions, 0)).toBeCloseTo(conversions, 9);
          const handed = credits.flatMap(({ values }) => values);
          expect(sumMoney(handed, 'EUR')).toEqual(
            sumMoney(
              all.flatMap(({ values }) => values),
              'EUR',
            ),
          );
        }
        const { credits } = attributeByMarkovChain(all);
        expect(credits.reduce((sum, credit) => sum + credit.conversions, 0)).toBeCloseTo(conversions, 9);
        for (const { removalEffect } of credits) {
          expect(removalEffect).toBeGreaterThanOrEqual(-1e-12);
          expect(removalEffect).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });
});

describe('attribution by removal effects', () => {
  it('is as in Bryl, "Attribution model with R: Markov chains concept" (AnalyzeCore, 2016): C1 0.2, C2 0.4, C3 0.4', () => {
    const { conversionProbability, credits } = attributeByMarkovChain([path('C1 > C2 > C3', 1), path('C1', 0, 1), path('C2 > C3', 0, 1)]);
    expect(conversionProbability).toBeCloseTo(1 / 3, 12);
    expect(Object.fromEntries(credits.map(({ label, removalEffect }) => [label, removalEffect]))).toEqual({
      C1: expect.closeTo(0.5, 12),
      C2: expect.closeTo(1, 12),
      C3: expect.closeTo(1, 12),
    });
    expect(byLabel(credits)).toEqual({ C1: expect.closeTo(0.2, 12), C2: expect.closeTo(0.4, 12), C3: expect.closeTo(0.4, 12) });
  });

  it('is as in Puzyrov, "Markov Chain Attribution: simple explanation of removal effect" (2019)', () => {
    const { conversionProbability, credits } = attributeByMarkovChain([
      path('google ads', 2, 1),
      path('mailing', 1),
      path('google ads > mailing', 1),
    ]);
    // 0.8 · (0.5 + 0.25 · 1) + 0.2 · 1
    expect(conversionProbability).toBeCloseTo(0.8, 12);
    expect(credits.map(({ label, removalEffect }) => [label, removalEffect])).toEqual([
      ['google ads', expect.closeTo(0.75, 12)],
      ['mailing', expect.closeTo(0.5, 12)],
    ]);
    expect(byLabel(credits)).toEqual({ 'google ads': expect.closeTo(2.4, 12), mailing: expect.closeTo(1.6, 12) });
  });

  // Its README prints 1.991106 and 1.008894 of 10,000 simulated walks.
  it('is the limit of what the package pychattr simulates (after ChannelAttribution of Altomare and Loris): A 2, B 1', () => {
    const { credits } = attributeByMarkovChain([path('A > B > A > B > B > A', 1), path('A > B > B > A > A', 1), path('A > A', 1)]);
    expect(byLabel(credits)).toEqual({ A: expect.closeTo(2, 12), B: expect.closeTo(1, 12) });
  });

  it('finds the same whether a touch is counted once or three times in a row', () => {
    const once = attributeByMarkovChain([path('a > b', 3, 1), path('b', 1, 4)]);
    const often = attributeByMarkovChain([path('a > b > b > b', 3, 1), path('b', 1, 4)]);
    // within a label the chain waits; the odds of leaving it are those of the paths
    expect(often.credits[0]!.label).toBe(once.credits[0]!.label);
    expect(often.credits.find(({ label }) => label === 'b')!.removalEffect).toBeCloseTo(1, 12);
    expect(often.conversionProbability).toBeCloseTo(once.conversionProbability!, 12);
  });

  it('says nothing of no paths, and credits nobody where nobody converted', () => {
    expect(attributeByMarkovChain([path('', 4)])).toEqual({ conversionProbability: null, credits: [] });
    expect(attributeByMarkovChain([path('a', 0, 3)])).toEqual({
      conversionProbability: 0,
      credits: [{ label: 'a', removalEffect: 0, conversions: 0 }],
    });
  });
});

describe('conversion paths', () => {
  const touch = (atDay: number, label: string) => ({ atMs: day(atDay), label });

  it('hold the touches since the conversion before, within the time looked back, and the rest as led to nothing', () => {
    const touches = [touch(0, 'old'), touch(10, 'ad'), touch(12, 'mail'), touch(20, 'search'), touch(30, 'site')];
    const conversions = [
      { atMs: day(12), value: money('5.00') },
      { atMs: day(25), value: null },
    ];
    expect(conversionPathsOf(touches, conversions, 10 * DAY_MS)).toEqual([
      path('ad > mail', 1, 0, [money('5.00')]),
      path('search', 1),
      path('site', 0, 1),
    ]);
    expect(conversionPathsOf(touches, conversions, 12 * DAY_MS)[0]!.touches).toEqual(['old', 'ad', 'mail']);
    expect(conversionPathsOf([], conversions, DAY_MS)).toEqual([path('', 1, 0, [money('5.00')]), path('', 1)]);
  });
});
