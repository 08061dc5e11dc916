import { digamma, lnGamma } from './gammaFunctions';
import { type LogLikelihood, maximise } from './maximise';

/**
 * Parameters of the Gamma-Gamma model (Fader and Hardie, The Gamma-Gamma Model of Monetary Value, 2013): the values of a customer's orders are
 * gamma(p, ν), and ν is gamma(q, v) over customers.
 */
export interface GammaGammaParameters {
  readonly p: number;
  readonly q: number;
  /** In the currency of the values; the note writes γ. */
  readonly v: number;
}

/** How much a customer spends: the mean value of the order days after the first, and how many those are. */
export interface SpendHistory {
  readonly frequency: number;
  /** In one currency. Only read where `frequency` > 0. */
  readonly meanValue: number;
}

export interface GammaGammaFit extends GammaGammaParameters {
  readonly logLikelihood: number;
  /** How many customers it was fitted on: those who came back and spent more than nothing. */
  readonly customers: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** With one or two customers any parameters will do. */
const LEAST_CUSTOMERS = 3;

/**
 * Maximum likelihood over the customers with frequency > 0; null where there are too few. A mean value of nothing or less (gifts, refunds
 * larger than orders) has no density under the model and is left out.
 */
export function fitGammaGamma(histories: readonly SpendHistory[]): GammaGammaFit | null {
  const spent = histories.filter(({ frequency, meanValue }) => frequency > 0 && meanValue > 0).sort(bySpend);
  if (spent.length < LEAST_CUSTOMERS) return null;
  const meanOfMeans = spent.reduce((sum, { meanValue }) => sum + meanValue, 0) / spent.length;
  const starts = [
    [4, 4, meanOfMeans * 0.75],
    [1, 2, meanOfMeans],
  ];
  const { parameters, ...maximum } = maximise(gammaGammaLikelihood(spent), starts, spent.length);
  const [p = 0, q = 0, v = 0] = parameters;
  return { p, q, v, ...maximum, customers: spent.length };
}

/** The sample's log-likelihood, equation 1a of the note, as a function of (p, q, v). All values positive. */
export function gammaGammaLikelihood(histories: readonly SpendHistory[]): LogLikelihood {
  const rows = [...histories].sort(bySpend);
  const xs = Float64Array.from(rows, ({ frequency }) => frequency);
  const means = Float64Array.from(rows, ({ meanValue }) => meanValue);
  return (parameters, gradient) => {
    const [p = 0, q = 0, v = 0] = parameters;
    const [lnGammaQ, digammaQ, lnV] = [lnGamma(q), digamma(q), Math.log(v)];
    let [sum, byP, byQ, byV] = [0, 0, 0, 0];
    let [x, ofX, digammaP, digammaPQ] = [0, 0, 0, 0];
    for (let i = 0; i < xs.length; i++) {
      if (xs[i] !== x) {
        x = xs[i] as number;
        ofX = lnGamma(p * x + q) - lnGamma(p * x) - lnGammaQ;
        digammaP = digamma(p * x);
        digammaPQ = digamma(p * x + q);
      }
      const mean = means[i] as number;
      const scale = v + mean * x;
      const lnScale = Math.log(scale);
      const lnSpent = Math.log(mean * x);
      sum += ofX + q * lnV + p * x * lnSpent - Math.log(mean) - (p * x + q) * lnScale;
      byP += x * (digammaPQ - digammaP + lnSpent - lnScale);
      byQ += digammaPQ - digammaQ + lnV - lnScale;
      byV += q / v - (p * x + q) / scale;
    }
    gradient.set([byP, byQ, byV]);
    return sum;
  };
}

/** An order that makes the sums the same in whatever order the customers come. */
function bySpend(one: SpendHistory, other: SpendHistory): number {
  return one.frequency - other.frequency || one.meanValue - other.meanValue;
}

/**
 * E(M | x, m̄), equation 5 of the note: what a customer's order is worth on average, between the mean of all customers and the customer's own.
 * Null where the model has no mean: nobody's own orders to go by and q ≤ 1.
 */
export function expectedOrderValue({ frequency, meanValue }: SpendHistory, { p, q, v }: GammaGammaParameters): number | null {
  const spent = frequency > 0 ? frequency * Math.max(0, meanValue) : 0;
  const shape = p * frequency + q - 1;
  return shape > 0 ? (p * (v + spent)) / shape : null;
}
