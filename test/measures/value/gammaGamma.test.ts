import fc from 'fast-check';
import { expectedOrderValue, fitGammaGamma, gammaGammaLikelihood, type SpendHistory } from '../../../src/measures/value/gammaGamma';
import { CDNOW_SPEND, Draws } from './simulated';

function sample(count: number, seed: number): readonly SpendHistory[] {
  const draws = new Draws(seed);
  return Array.from({ length: count }, () => draws.spend(Math.floor(draws.exponential(0.4)), CDNOW_SPEND));
}
const values = ({ p, q, v }: typeof CDNOW_SPEND) => [p, q, v];

describe('Gamma-Gamma', () => {
  // customers 1, 2, 3, 6 and 9 of the CDNOW sample in the documentation of the Python package lifetimes (0.11), fitted on the same data
  it.each([
    [2, 22.35, 24.658619],
    [1, 11.77, 18.911489],
    [0, 0, 35.170981],
    [7, 73.74, 71.462843],
    [2, 25.55, 27.282408],
  ])('expects of x = %p with a mean of %p what lifetimes documents: %p', (frequency, meanValue, expected) => {
    expect(expectedOrderValue({ frequency, meanValue }, CDNOW_SPEND)! / expected).toBeCloseTo(1, 2.5);
  });

  it('lies between the mean of all and the customer’s own, with the weight of the note', () => {
    const { p, q, v } = CDNOW_SPEND;
    const weight = (p * 4) / (p * 4 + q - 1);
    expect(expectedOrderValue({ frequency: 4, meanValue: 80 }, CDNOW_SPEND)).toBeCloseTo(
      (1 - weight) * ((p * v) / (q - 1)) + weight * 80,
      10,
    );
  });

  it('has no mean where the model has none, and takes refunds larger than orders for nothing spent', () => {
    expect(expectedOrderValue({ frequency: 0, meanValue: 0 }, { p: 2, q: 0.9, v: 10 })).toBeNull();
    expect(expectedOrderValue({ frequency: 1, meanValue: -5 }, CDNOW_SPEND)).toBe(
      expectedOrderValue({ frequency: 1, meanValue: 0 }, CDNOW_SPEND),
    );
  });

  it('has the likelihood of the note, worked out by hand for one customer', () => {
    // p = q = v = x = 1: Γ(2)/(Γ(1)Γ(1)) · 1 / (1 + m̄)²
    expect(gammaGammaLikelihood([{ frequency: 1, meanValue: 3 }])(Float64Array.of(1, 1, 1), new Float64Array(3))).toBeCloseTo(
      -Math.log(16),
      12,
    );
    // p = 1, q = 2, v = 1, x = 2, m̄ = 3: Γ(4)/(Γ(2)Γ(2)) · 3^(2−1) · 2² / 7⁴
    expect(gammaGammaLikelihood([{ frequency: 2, meanValue: 3 }])(Float64Array.of(1, 2, 1), new Float64Array(3))).toBeCloseTo(
      Math.log((6 * 3 * 4) / 7 ** 4),
      12,
    );
  });

  it('knows the slope of its likelihood', () => {
    const spend = fc.record({ frequency: fc.integer({ min: 1, max: 40 }), meanValue: fc.double({ min: 0.01, max: 1e4, noNaN: true }) });
    const logs = fc.tuple(...Array.from({ length: 3 }, () => fc.double({ min: -1, max: 3, noNaN: true })));
    fc.assert(
      fc.property(fc.array(spend, { minLength: 1, maxLength: 8 }), logs, (spends, logged) => {
        const likelihood = gammaGammaLikelihood(spends);
        const at = Float64Array.from(logged, Math.exp);
        const gradient = new Float64Array(3);
        likelihood(at, gradient);
        for (const [index, value] of at.entries()) {
          const beside = (factor: number) => likelihood(at.with(index, value * factor), new Float64Array(3));
          const slope = (beside(1 + 1e-5) - beside(1 - 1e-5)) / (2e-5 * value);
          expect(Math.abs(slope - gradient[index]!)).toBeLessThan(1e-4 * (1 + Math.abs(slope)));
        }
      }),
    );
  });

  it('finds the parameters that made the data', () => {
    const spends = sample(30_000, 2);
    const fit = fitGammaGamma(spends)!;
    expect(fit.converged).toBe(true);
    expect(fit.customers).toBe(spends.filter(({ frequency }) => frequency > 0).length);
    for (const [index, value] of values(fit).entries()) expect(value / values(CDNOW_SPEND)[index]!).toBeCloseTo(1, 0.9);
    const repeated = spends.filter(({ frequency }) => frequency > 0);
    const atTruth = gammaGammaLikelihood(repeated)(Float64Array.from(values(CDNOW_SPEND)), new Float64Array(3));
    expect(fit.logLikelihood).toBeGreaterThan(atTruth);
    expect(2 * (fit.logLikelihood - atTruth)).toBeLessThan(16.3);
  });

  it('comes to the same in whatever order the customers stand, and in cents instead of euros', () => {
    const spends = sample(1_000, 4);
    const fit = fitGammaGamma(spends)!;
    expect(fitGammaGamma([...spends].reverse())).toEqual(fit);
    const inCents = fitGammaGamma(spends.map(({ frequency, meanValue }) => ({ frequency, meanValue: meanValue * 100 })))!;
    expect(inCents.v / fit.v).toBeCloseTo(100, 2);
    expect(inCents.p / fit.p).toBeCloseTo(1, 4);
  });

  it('leaves out who spent nothing or less, and learns nothing from two customers', () => {
    const spends = sample(500, 6);
    const fit = fitGammaGamma(spends);
    expect(fitGammaGamma([...spends, { frequency: 3, meanValue: 0 }, { frequency: 1, meanValue: -4 }])).toEqual(fit);
    expect(fitGammaGamma(spends.filter(({ frequency }) => frequency > 0).slice(0, 2))).toBeNull();
  });
});
