import fc from 'fast-check';
import { rateScore, wilsonInterval } from '../../src/measures/wilson';

describe("Wilson's interval", () => {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is from %f to %f', (count, of, low, high) => {
    const interval = wilsonInterval(count, of);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  // codegolf.stackexchange.com, question 105389, with z = 1.96
  it.each([
    [0, 1, 0, 0.7934567085261071],
    [1, 1, 0.20654329147389294, 1],
    [10, 100, 0.05522854161313612, 0.1743673043676654],
    [75, 100, 0.6569535362992417, 0.8245490599627573],
  ])('of %i in %i agrees to the last digits', (count, of, low, high) => {
    const interval = wilsonInterval(count, of, 1.96);
    expect(interval?.low).toBeCloseTo(low, 12);
    expect(interval?.high).toBeCloseTo(high, 12);
  });

  it('is none over nothing, and neither is the rate', () => {
    expect(rateScore(0, 0)).toEqual({ rate: null, count: 0, of: 0, low: null, high: null });
  });

  it('holds the rate and stays between 0 and 1', () => {
    const counts = fc.nat(500).chain((of) => fc.tuple(fc.nat(of), fc.constant(of + 1)));
    fc.assert(
      fc.property(counts, ([count, of]) => {
        const { rate, low, high } = rateScore(count, of);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(rate as number);
        expect(high).toBeGreaterThanOrEqual(rate as number);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });
});
