import type { BgNbdParameters, PurchaseHistory } from './bgNbd';
import { digamma, lnGamma } from './gammaFunctions';
import { type LogLikelihood, maximise } from './maximise';

/** A model as fitted, with what tells how far it is to be trusted. */
export interface BgNbdFit extends BgNbdParameters {
  readonly logLikelihood: number;
  readonly customers: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Customers with equal histories, counted once: by x, and within that by (t_x, T). */
interface Grouped {
  readonly frequencies: Float64Array;
  /** How many customers have this x, and the end of its histories in the arrays below. */
  readonly customersOf: Float64Array;
  readonly endOf: Int32Array;
  readonly recencies: Float64Array;
  readonly ages: Float64Array;
  readonly weights: Float64Array;
}

/** Maximum likelihood; null where nobody has come back, or nobody has been watched for any time: there is nothing to learn from. */
export function fitBgNbd(histories: readonly PurchaseHistory[]): BgNbdFit | null {
  if (!histories.some(({ frequency }) => frequency > 0)) return null;
  const meanAge = histories.reduce((sum, { age }) => sum + age, 0) / histories.length;
  if (!(meanAge > 0)) return null;
  const likelihood = bgNbdLikelihood(histories);
  const starts = [
    [0.5, meanAge / 4, 1, 3],
    [2, meanAge, 0.3, 1],
  ];
  const { parameters, ...maximum } = maximise(likelihood, starts, histories.length);
  const [r = 0, alpha = 0, a = 0, b = 0] = parameters;
  return { r, alpha, a, b, ...maximum, customers: histories.length };
}

/** The sample's log-likelihood, equation 6 of the paper, as a function of (r, alpha, a, b). */
export function bgNbdLikelihood(histories: readonly PurchaseHistory[]): LogLikelihood {
  const grouped = group(histories);
  return (parameters, gradient) => {
    gradient.fill(0);
    let sum = 0;
    for (let index = 0; index < grouped.frequencies.length; index++) {
      sum += ofFrequency(grouped, index, parameters, gradient) + ofHistories(grouped, index, parameters, gradient);
    }
    return sum;
  };
}

/** The part of the likelihood that only x is needed for. */
function ofFrequency({ frequencies, customersOf }: Grouped, index: number, parameters: Float64Array, gradient: Float64Array): number {
  const [r = 0, alpha = 0, a = 0, b = 0] = parameters;
  const x = frequencies[index] as number;
  const n = customersOf[index] as number;
  const both = digamma(a + b) - digamma(a + b + x);
  add(gradient, 0, n * (digamma(r + x) - digamma(r) + Math.log(alpha)));
  add(gradient, 1, (n * r) / alpha);
  add(gradient, 2, n * both);
  add(gradient, 3, n * (both + digamma(b + x) - digamma(b)));
  const ordering = lnGamma(r + x) - lnGamma(r) + r * Math.log(alpha);
  return n * (ordering + lnGamma(a + b) - lnGamma(a + b + x) + lnGamma(b + x) - lnGamma(b));
}

/** ln[(α+T)^−(r+x) + [x>0] a/(b+x−1) (α+t_x)^−(r+x)] over the histories with this x: still there, or lost after the last order. */
function ofHistories(grouped: Grouped, index: number, parameters: Float64Array, gradient: Float64Array): number {
  const [r = 0, alpha = 0, a = 0, b = 0] = parameters;
  const { recencies, ages, weights, endOf } = grouped;
  const x = grouped.frequencies[index] as number;
  const lnLost = Math.log(a / (b + x - 1));
  let sum = 0;
  let [byRate, byAlpha, lost] = [0, 0, 0];
  for (let i = index === 0 ? 0 : (endOf[index - 1] as number); i < (endOf[index] as number); i++) {
    const weight = weights[i] as number;
    const untilEnd = alpha + (ages[i] as number);
    const untilLast = alpha + (recencies[i] as number);
    const lnEnd = Math.log(untilEnd);
    if (x === 0) {
      sum -= weight * r * lnEnd;
      byRate -= weight * lnEnd;
      byAlpha -= (weight * r) / untilEnd;
      continue;
    }
    const lnLast = Math.log(untilLast);
    const odds = Math.exp(lnLost + (r + x) * (lnEnd - lnLast));
    const isLost = odds === Number.POSITIVE_INFINITY ? 1 : odds / (1 + odds);
    sum += weight * (odds < 1e15 ? Math.log1p(odds) - (r + x) * lnEnd : lnLost - (r + x) * lnLast);
    byRate -= weight * (lnEnd + isLost * (lnLast - lnEnd));
    byAlpha -= weight * (r + x) * ((1 - isLost) / untilEnd + isLost / untilLast);
    lost += weight * isLost;
  }
  add(gradient, 0, byRate);
  add(gradient, 1, byAlpha);
  add(gradient, 2, lost / a);
  if (x > 0) add(gradient, 3, -lost / (b + x - 1));
  return sum;
}

function add(gradient: Float64Array, index: number, value: number): void {
  gradient[index] = (gradient[index] as number) + value;
}

/** Sorted, so that the sums are the same in whatever order the customers come. */
function group(histories: readonly PurchaseHistory[]): Grouped {
  const counted = new Map<string, { history: PurchaseHistory; weight: number }>();
  for (const history of histories) {
    const key = `${history.frequency}/${history.recency}/${history.age}`;
    const known = counted.get(key);
    if (known) known.weight++;
    else counted.set(key, { history, weight: 1 });
  }
  const rows = [...counted.values()].sort((one, other) => byHistory(one.history, other.history));
  const ends = rows.flatMap(({ history }, index) => (history.frequency === rows[index + 1]?.history.frequency ? [] : [index + 1]));
  const weights = Float64Array.from(rows, ({ weight }) => weight);
  return {
    frequencies: Float64Array.from(ends, (end) => rows[end - 1]?.history.frequency ?? 0),
    customersOf: Float64Array.from(ends, (end, index) =>
      weights.subarray(ends[index - 1] ?? 0, end).reduce((sum, weight) => sum + weight, 0),
    ),
    endOf: Int32Array.from(ends),
    recencies: Float64Array.from(rows, ({ history }) => history.recency),
    ages: Float64Array.from(rows, ({ history }) => history.age),
    weights,
  };
}

function byHistory(one: PurchaseHistory, other: PurchaseHistory): number {
  return one.frequency - other.frequency || one.recency - other.recency || one.age - other.age;
}
