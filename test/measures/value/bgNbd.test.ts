import fc from 'fast-check';
import { aliveProbability, type BgNbdParameters, expectedOrders, type PurchaseHistory } from '../../../src/measures/value/bgNbd';
import { bgNbdLikelihood, fitBgNbd } from '../../../src/measures/value/fitBgNbd';
import { CDNOW, customers, Draws } from './simulated';

const history = (frequency: number, recency: number, age: number): PurchaseHistory => ({ frequency, recency, age });
const values = ({ r, alpha, a, b }: BgNbdParameters) => [r, alpha, a, b];
const anyParameters = fc
  .tuple(...Array.from({ length: 4 }, () => fc.double({ min: -2, max: 2, noNaN: true })))
  .map(([r, alpha, a, b]) => ({ r: Math.exp(r!), alpha: Math.exp(alpha! + 1), a: Math.exp(a!), b: Math.exp(b!) }));
const anyHistory = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.1, max: 100, noNaN: true }))
  .map(([x, share, age]) => history(x, x === 0 ? 0 : share * age, age));

describe('BG/NBD', () => {
  it('expects 1.226 orders of customer 0001 in the next 39 weeks (Fader, Hardie, Lee: Implementing the BG/NBD Model in Excel)', () => {
    expect(expectedOrders(history(2, 30.43, 38.86), 39, CDNOW)).toBeCloseTo(1.226, 3);
  });

  // the five best customers of the CDNOW sample in the documentation of the Python package lifetimes (0.11), fitted on the same data
  it.each([
    [18, 35.14, 35.86, 0.424877],
    [19, 34.0, 34.14, 0.474738],
    [17, 28.43, 28.86, 0.486526],
    [29, 37.71, 38.0, 0.662396],
    [26, 30.86, 31.0, 0.710623],
  ])('expects of x = %p, t_x = %p, T = %p in one week what lifetimes documents: %p', (x, recency, age, expected) => {
    expect(expectedOrders(history(x, recency, age), 1, CDNOW)).toBeCloseTo(expected, 4);
  });

  // equation 10 of the paper with ₂F₁ of scipy.special
  it.each([
    [history(2, 30.43, 38.86), 39, 1.226028174767135],
    [history(0, 0, 38.86), 39, 0.19509805201125396],
    [history(0, 0, 0), 10, 0.4324133622344203],
    [history(1, 1.71, 38.86), 39, 0.2031869870797511],
    [history(5, 3, 200), 400, 1.5780960152272081e-6],
  ])('agrees with the formula as published for %p over %p', (customer, horizon, expected) => {
    expect(expectedOrders(customer, horizon, CDNOW) / expected).toBeCloseTo(1, 10);
  });

  it('is smooth where the formula divides by a − 1 = 0', () => {
    const at = (a: number) => expectedOrders(history(4, 20, 30), 15, { r: 0.5, alpha: 10, a, b: 3 });
    expect(at(1)).toBeCloseTo((at(0.999) + at(1.001)) / 2, 6);
    expect(at(2.5)).toBeCloseTo(0.5264232749060568, 12);
  });

  it('gives a customer of thousands of orders a number', () => {
    const expected = expectedOrders(history(5_000, 999, 1_000), 100, CDNOW);
    // at most what the customer's own rate of ordering gives
    expect(expected).toBeGreaterThan(250);
    expect(expected).toBeLessThan(((5_000 + 0.243) / 1_004.414) * 100);
    expect(aliveProbability(history(5_000, 100, 1_000), CDNOW)).toBe(0);
  });

  it('has one who never came back alive for certain, and works P(alive) out by hand for x = 2', () => {
    expect(aliveProbability(history(0, 0, 100), CDNOW)).toBe(1);
    const odds = (0.793 / (2.426 + 2 - 1)) * ((4.414 + 38.86) / (4.414 + 30.43)) ** (0.243 + 2);
    expect(aliveProbability(history(2, 30.43, 38.86), CDNOW)).toBeCloseTo(1 / (1 + odds), 14);
  });

  it('holds somebody for less likely alive the longer the silence, and expects more the longer the horizon', () => {
    fc.assert(
      fc.property(anyHistory, anyParameters, (customer, parameters) => {
        const alive = aliveProbability(customer, parameters);
        expect(alive).toBeGreaterThanOrEqual(0);
        expect(alive).toBeLessThanOrEqual(1);
        expect(aliveProbability({ ...customer, age: customer.age + 10 }, parameters)).toBeLessThanOrEqual(alive);
        const soon = expectedOrders(customer, 5, parameters);
        expect(soon).toBeGreaterThanOrEqual(0);
        expect(expectedOrders(customer, 10, parameters)).toBeGreaterThanOrEqual(soon);
        expect(soon).toBeLessThanOrEqual((5 * (parameters.r + customer.frequency)) / (parameters.alpha + customer.age) + 1e-9);
      }),
    );
  });

  it('has the likelihood of the paper, worked out by hand for one customer', () => {
    const gradient = new Float64Array(4);
    // x = 0: r ln α − r ln(α + T)
    expect(bgNbdLikelihood([history(0, 0, 10)])(Float64Array.of(0.5, 4, 1, 2), gradient)).toBeCloseTo(0.5 * Math.log(4 / 14), 12);
    // x = 1, r = 1, α = 1, a = 1, b = 1: Γ(2)·1·B(1,2)/B(1,1) / (1+T)² + B(2,1)/B(1,1) / (1+t_x)²
    const byHand = Math.log(0.5 / 9 + 0.5 / 4);
    expect(bgNbdLikelihood([history(1, 1, 2)])(Float64Array.of(1, 1, 1, 1), gradient)).toBeCloseTo(byHand, 12);
  });

  it('knows the slope of its likelihood', () => {
    fc.assert(
      fc.property(fc.array(anyHistory, { minLength: 1, maxLength: 8 }), anyParameters, (sample, parameters) => {
        const likelihood = bgNbdLikelihood(sample);
        const at = Float64Array.from(values(parameters));
        const gradient = new Float64Array(4);
        likelihood(at, gradient);
        for (const [index, value] of at.entries()) {
          const beside = (factor: number) => likelihood(at.with(index, value * factor), new Float64Array(4));
          const slope = (beside(1 + 1e-5) - beside(1 - 1e-5)) / (2e-5 * value);
          expect(Math.abs(slope - gradient[index]!)).toBeLessThan(1e-4 * (1 + Math.abs(slope)));
        }
      }),
    );
  });

  it('finds the parameters that made the data', () => {
    const sample = customers(40_000, 7);
    const fit = fitBgNbd(sample)!;
    expect(fit.converged).toBe(true);
    for (const [index, value] of values(fit).entries()) expect(value / values(CDNOW)[index]!).toBeCloseTo(1, 0.9);
    const atTruth = bgNbdLikelihood(sample)(Float64Array.from(values(CDNOW)), new Float64Array(4));
    expect(fit.logLikelihood).toBeGreaterThan(atTruth);
    // twice the difference is χ² with 4 degrees of freedom: beyond 18.5 in one of a thousand samples
    expect(2 * (fit.logLikelihood - atTruth)).toBeLessThan(18.5);
  });

  it('finds a top: no step beside the parameters is higher', () => {
    const sample = customers(2_357, 3);
    const fit = fitBgNbd(sample)!;
    const likelihood = bgNbdLikelihood(sample);
    const top = Float64Array.from(values(fit));
    for (const [index, value] of top.entries()) {
      for (const factor of [0.999, 1.001]) {
        expect(likelihood(top.with(index, value * factor), new Float64Array(4))).toBeLessThan(fit.logLikelihood);
      }
    }
  });

  it('comes to the same in whatever order the customers stand, and in whatever unit the time is', () => {
    const sample = customers(1_000, 11);
    const fit = fitBgNbd(sample)!;
    expect(fitBgNbd([...sample].reverse())).toEqual(fit);
    const inDays = fitBgNbd(sample.map(({ frequency, recency, age }) => history(frequency, recency * 7, age * 7)))!;
    expect(inDays.alpha / fit.alpha).toBeCloseTo(7, 4);
    expect([inDays.r / fit.r, inDays.a / fit.a, inDays.b / fit.b].every((ratio) => Math.abs(ratio - 1) < 1e-4)).toBe(true);
  });

  it('learns nothing where nobody came back, or nobody was watched', () => {
    expect(fitBgNbd([])).toBeNull();
    expect(fitBgNbd([history(0, 0, 10), history(0, 0, 20)])).toBeNull();
    expect(fitBgNbd([history(1, 0, 0)])).toBeNull();
  });

  it('says so where the data do not determine the parameters: everybody came as often and was never lost', () => {
    expect(fitBgNbd(Array.from({ length: 50 }, () => history(3, 30, 30)))!.converged).toBe(false);
  });

  it('draws as the model has it: the mean number of repeats is the one of the paper’s equation 9', () => {
    const draws = new Draws(5);
    const mean = Array.from({ length: 60_000 }, () => draws.history(39, CDNOW).frequency).reduce((sum, x) => sum + x, 0) / 60_000;
    expect(mean / expectedOrders(history(0, 0, 0), 39, CDNOW)).toBeCloseTo(1, 1);
  });
});
