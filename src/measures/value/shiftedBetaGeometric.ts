import { digamma, lnGamma } from './gammaFunctions';
import { type LogLikelihood, maximise } from './maximise';

/**
 * Parameters of the shifted-beta-geometric model of subscriptions (Fader and Hardie, How to Project Customer Retention, Journal of Interactive
 * Marketing 21, 2007): each period a customer leaves with a chance that is beta(alpha, beta) over customers.
 */
export interface SbgParameters {
  readonly alpha: number;
  readonly beta: number;
}

/** One subscription's life in whole periods. */
export interface SubscriptionLife {
  /** Of one that ended: the period, from 1, in which it did. Of one that runs: how many it has survived. */
  readonly periods: number;
  readonly ended: boolean;
}

export interface SbgFit extends SbgParameters {
  readonly logLikelihood: number;
  readonly subscriptions: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Maximum likelihood; null where none ended or none survived a period: nothing can be told of how they go on. */
export function fitShiftedBetaGeometric(lives: readonly SubscriptionLife[]): SbgFit | null {
  if (!lives.some(({ ended }) => ended) || !lives.some(({ ended, periods }) => periods > (ended ? 1 : 0))) return null;
  const { parameters, ...maximum } = maximise(
    sbgLikelihood(lives),
    [
      [1, 1],
      [0.5, 5],
    ],
    lives.length,
  );
  const [alpha = 0, beta = 0] = parameters;
  return { alpha, beta, ...maximum, subscriptions: lives.length };
}

/** As a function of (alpha, beta): equations 5 and 6 of the paper. */
export function sbgLikelihood(lives: readonly SubscriptionLife[]): LogLikelihood {
  const counts = new Map<string, { readonly life: SubscriptionLife; count: number }>();
  for (const life of lives) {
    const key = `${life.ended}/${life.periods}`;
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { life, count: 1 });
  }
  return ([alpha = 0, beta = 0], gradient) => {
    gradient.fill(0);
    let sum = 0;
    for (const { life, count } of counts.values()) {
      const survived = life.ended ? life.periods - 1 : life.periods;
      const both = alpha + beta + life.periods;
      const byBoth = digamma(alpha + beta) - digamma(both);
      sum +=
        count * ((life.ended ? Math.log(alpha) : 0) + lnGamma(beta + survived) - lnGamma(beta) + lnGamma(alpha + beta) - lnGamma(both));
      gradient[0] = (gradient[0] ?? 0) + count * ((life.ended ? 1 / alpha : 0) + byBoth);
      gradient[1] = (gradient[1] ?? 0) + count * (digamma(beta + survived) - digamma(beta) + byBoth);
    }
    return sum;
  };
}

/** S(t): the chance to survive so many periods. */
export function survival(periods: number, { alpha, beta }: SbgParameters): number {
  return Math.exp(lnGamma(beta + periods) - lnGamma(beta) + lnGamma(alpha + beta) - lnGamma(alpha + beta + periods));
}

/** The chance that one who has survived so many periods ends within the next `ahead` of them. */
export function endingRisk(survived: number, ahead: number, parameters: SbgParameters): number {
  return 1 - survival(survived + ahead, parameters) / survival(survived, parameters);
}
