import { abTest, sampleRatio } from '../../../src/measures/value/abTest';
import { chiSquareTail, twoSidedTail } from '../../../src/measures/value/chiSquare';
import { countVariations, exposuresOf } from '../../../src/measures/value/exposure';
import { aFact, DAY_MS, day } from '../commerceFacts';

const count = (variationId: string, customers: number, converted: number) => ({ variationId, customers, converted });

describe('tails', () => {
  // Abramowitz and Stegun, table 26.8: the 5 % and 0.1 % points of χ²
  it.each([
    [3.841459, 1, 0.05],
    [5.991465, 2, 0.05],
    [18.307038, 10, 0.05],
    [10.827566, 1, 0.001],
    [59.703064, 30, 0.001],
  ])('of χ² beyond %p with %p degrees of freedom are %p', (value, degrees, expected) => {
    expect(chiSquareTail(value, degrees) / expected).toBeCloseTo(1, 5);
  });

  it('of the normal distribution are 5 % beyond 1.96, and exact far out', () => {
    expect(twoSidedTail(1.959963984540054)).toBeCloseTo(0.05, 13);
    expect(twoSidedTail(-1.959963984540054)).toBeCloseTo(0.05, 13);
    // 2 · (1 − Φ(8)) and 2 · (1 − Φ(10))
    expect(twoSidedTail(8) / 1.2441921148543639e-15).toBeCloseTo(1, 10);
    expect(twoSidedTail(10) / 1.523970604832109e-23).toBeCloseTo(1, 10);
    expect(twoSidedTail(0)).toBe(1);
  });
});

describe('an A/B test', () => {
  it('is as the poll on a tax on cigarettes in Time, 18 April 1994 (worked in Penn State, STAT 415, lesson 9.4): z = 8.99', () => {
    const [, nonSmokers] = abTest([count('smokers', 195, 41), count('non-smokers', 605, 351)]).variations;
    expect(nonSmokers!.z).toBeCloseTo(8.99, 2);
    expect(nonSmokers!.difference).toBeCloseTo(0.58017 - 0.21026, 5);
    // the interval without pooling: 0.3005 to 0.4393
    expect([nonSmokers!.low!.toFixed(4), nonSmokers!.high!.toFixed(4)]).toEqual(['0.3005', '0.4393']);
    expect(nonSmokers!.pValue).toBeLessThan(1e-18);
  });

  it('has no comparison of the control with itself, and none with nobody', () => {
    const { variations } = abTest([count('a', 100, 10), count('b', 0, 0)]);
    expect(variations[0]).toMatchObject({ rate: 0.1, difference: null, z: null, pValue: null });
    expect(variations[1]).toMatchObject({ rate: null, difference: null, low: null, z: null, pValue: null });
    expect(abTest([])).toEqual({ variations: [], sampleRatio: null });
  });

  it('has no z where nobody or everybody converted in both', () => {
    expect(abTest([count('a', 100, 0), count('b', 100, 0)]).variations[1]).toMatchObject({ difference: 0, z: null, pValue: null });
    expect(abTest([count('a', 100, 100), count('b', 100, 100)]).variations[1]).toMatchObject({ difference: 0, z: null, pValue: null });
  });

  it('compares each of several variations with the control', () => {
    const { variations } = abTest([count('a', 1000, 100), count('b', 1000, 100), count('c', 1000, 150)]);
    expect(variations.map(({ pValue }) => pValue)).toEqual([null, 1, expect.closeTo(0.00072, 5)]);
  });
});

describe('sample ratio mismatch', () => {
  it('is found as in Kohavi, Tang and Xu, Trustworthy Online Controlled Experiments, chapter 21: 821,588 and 815,482, p = 1.8E-6', () => {
    const ratio = sampleRatio([821_588, 815_482], [1, 1])!;
    expect(ratio.pValue.toPrecision(2)).toBe('0.0000018');
    expect(ratio.mismatch).toBe(true);
  });

  it('is found as in Wikipedia, "Sample ratio mismatch": 600 and 400 of 1,000, p = 2.54 · 10⁻¹⁰', () => {
    expect(sampleRatio([600, 400], [1, 1])!.pValue / 2.54e-10).toBeCloseTo(1, 2);
  });

  it('is none where the split is as it was to be', () => {
    expect(sampleRatio([900, 100], [90, 10])).toEqual({ chiSquare: 0, pValue: 1, mismatch: false });
    expect(sampleRatio([505, 495], [1, 1])!.mismatch).toBe(false);
    expect(abTest([count('a', 100, 1), count('b', 200, 2)], [1, 2]).sampleRatio).toMatchObject({ mismatch: false });
  });

  it('is nothing to ask of one variation, or of nobody', () => {
    expect(sampleRatio([100], [1])).toBeNull();
    expect(sampleRatio([0, 0], [1, 1])).toBeNull();
    expect(sampleRatio([1, 1], [1, 0])).toBeNull();
  });
});

describe('exposure', () => {
  const seen = (atDay: number, experiment: string, variation: string) =>
    aFact('CUSTOM', day(atDay), { experiment_id: experiment, variation_id: variation }, { name: 'Experiment Viewed' });

  it('is the first sight of a variation, whatever order the events come in', () => {
    const facts = [seen(3, 'e1', 'b'), seen(1, 'e1', 'b'), seen(2, 'e2', 'a'), aFact('CUSTOM', day(0), {})];
    expect(exposuresOf(facts)).toEqual([
      { experimentId: 'e1', variationId: 'b', atMs: day(1), isMixed: false },
      { experimentId: 'e2', variationId: 'a', atMs: day(2), isMixed: false },
    ]);
  });

  it('is mixed for one who saw two variations, as when two visitors turn out to be one', () => {
    expect(exposuresOf([seen(1, 'e1', 'a'), seen(2, 'e1', 'b')])).toEqual([
      { experimentId: 'e1', variationId: 'a', atMs: day(1), isMixed: true },
    ]);
  });

  it('is counted by variation, with who converted afterwards and in time; who saw both is left out', () => {
    const customer = (facts: Parameters<typeof exposuresOf>[0], ...outcomeDays: number[]) => ({
      exposures: exposuresOf(facts),
      outcomesAtMs: outcomeDays.map(day),
    });
    const customers = [
      customer([seen(1, 'e1', 'b')], 1),
      customer([seen(1, 'e1', 'b')], 0, 8),
      customer([seen(1, 'e1', 'a')], 7),
      customer([seen(1, 'e1', 'a'), seen(2, 'e1', 'b')], 3),
      customer([seen(1, 'e2', 'a')], 3),
    ];
    expect(countVariations(customers, 'e1', 7 * DAY_MS)).toEqual({ counts: [count('a', 1, 1), count('b', 2, 1)], mixed: 1 });
  });
});
