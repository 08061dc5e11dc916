import {
  endingRisk,
  fitShiftedBetaGeometric,
  type SubscriptionLife,
  sbgLikelihood,
  survival,
} from '../../../src/measures/value/shiftedBetaGeometric';

/** Survivors of a thousand after 1, 2, … years, as lives. */
function lives(survivors: readonly number[]): readonly SubscriptionLife[] {
  const ended = survivors.flatMap((left, index) => {
    const lost = (survivors[index - 1] ?? 1_000) - left;
    return Array.from({ length: lost }, (): SubscriptionLife => ({ periods: index + 1, ended: true }));
  });
  return [...ended, ...Array.from({ length: survivors.at(-1)! }, (): SubscriptionLife => ({ periods: survivors.length, ended: false }))];
}

describe('shifted-beta-geometric', () => {
  // Fader and Hardie 2007: survivors of two segments of a thousand subscribers over seven years, parameters and log-likelihoods
  it.each([
    ['regular', [631, 468, 382, 326, 289, 262, 241], '0.704', '1.182', '-1680.27'],
    ['high end', [869, 743, 653, 593, 551, 517, 491], '0.668', '3.806', '-1611.16'],
  ])('is fitted to the segment "%s" of the paper with its parameters', (_, survivors, alpha, beta, logLikelihood) => {
    const fit = fitShiftedBetaGeometric(lives(survivors))!;
    expect([fit.alpha.toFixed(3), fit.beta.toFixed(3), fit.logLikelihood.toFixed(2)]).toEqual([alpha, beta, logLikelihood]);
    expect(fit).toMatchObject({ converged: true, subscriptions: 1_000 });
  });

  it('works survival out by hand: retention in period t is (β + t − 1) / (α + β + t − 1)', () => {
    const parameters = { alpha: 1, beta: 3 };
    expect(survival(0, parameters)).toBeCloseTo(1, 14);
    expect(survival(2, parameters)).toBeCloseTo((3 / 4) * (4 / 5), 14);
    expect(endingRisk(1, 1, parameters)).toBeCloseTo(1 - 4 / 5, 14);
  });

  it('fears less for those who have stayed longer', () => {
    const risks = [0, 1, 2, 5, 20].map((survived) => endingRisk(survived, 3, { alpha: 0.704, beta: 1.182 }));
    expect(risks).toEqual([...risks].sort((one, other) => other - one));
  });

  it('knows the slope of its likelihood', () => {
    const likelihood = sbgLikelihood(lives([500, 300, 250]));
    const at = Float64Array.of(0.8, 1.4);
    const gradient = new Float64Array(2);
    likelihood(at, gradient);
    for (const index of [0, 1]) {
      const beside = (step: number) => likelihood(at.with(index, at[index]! + step), new Float64Array(2));
      expect((beside(1e-5) - beside(-1e-5)) / 2e-5 / gradient[index]!).toBeCloseTo(1, 4);
    }
  });

  it('learns nothing where none ended, or all did at once', () => {
    expect(fitShiftedBetaGeometric([{ periods: 5, ended: false }])).toBeNull();
    expect(fitShiftedBetaGeometric([{ periods: 1, ended: true }])).toBeNull();
  });
});
