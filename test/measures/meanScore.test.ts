import { meanScore, momentsOf } from '../../src/measures/meanScore';
import { studentT95 } from '../../src/measures/studentT';

const UNBOUNDED = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };

describe("Student's t at 97.5 %", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2
  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [59, 2.001],
    [60, 2.0],
    [100, 1.984],
  ])('with %i degrees of freedom is %f', (degrees, expected) => {
    expect(studentT95(degrees)).toBeCloseTo(expected, 3);
  });

  it('goes over without a step from the one way of computing to the other', () => {
    expect(studentT95(59) - studentT95(60)).toBeCloseTo((studentT95(58) - studentT95(61)) / 3, 5);
  });
});

describe('a mean', () => {
  // NIST/SEMATECH e-Handbook, 1.3.5.2: the heat flow meter data ZARR13
  it('has the interval of the published example', () => {
    const { low, high } = meanScore({ responses: 195, mean: 9.26146, variance: 0.022789 ** 2 }, UNBOUNDED);
    expect(low).toBeCloseTo(9.258242, 5);
    expect(high).toBeCloseTo(9.264679, 5);
  });

  it('of no values is none', () => {
    expect(meanScore(momentsOf([]), UNBOUNDED)).toEqual({ mean: null, responses: 0, low: null, high: null });
  });

  it('of one value has no interval', () => {
    expect(meanScore(momentsOf([6]), UNBOUNDED)).toEqual({ mean: 6, responses: 1, low: null, high: null });
  });

  it('has an interval that ends where the scale does', () => {
    expect(meanScore(momentsOf([7, 7, 1]), { min: 1, max: 7 })).toMatchObject({ mean: 5, low: 1, high: 7 });
  });

  it('takes the variance over n − 1, as var_samp does', () => {
    expect(momentsOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ responses: 8, mean: 5, variance: 32 / 7 });
  });
});
