import { durationScore, quantile } from '../../src/measures/durations';

describe('durations', () => {
  it('are told by median, 90th percentile and mean, those not known left out', () => {
    expect(durationScore([40, null, 10, 30, 20])).toEqual({ median: 25, p90: 37, mean: 25, count: 4 });
  });

  it('of nothing are null', () => {
    expect(durationScore([null])).toEqual({ median: null, p90: null, mean: null, count: 0 });
  });

  it('of one are that one', () => {
    expect(durationScore([7])).toEqual({ median: 7, p90: 7, mean: 7, count: 1 });
  });

  // Hyndman & Fan, "Sample Quantiles in Statistical Packages" (1996), definition 7, the default of R: quantile(1:10, 0.9)
  it('have quantiles between the two nearest', () => {
    expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBeCloseTo(9.1, 12);
  });
});
