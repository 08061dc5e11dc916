import { chiSquareTail, twoSidedTail } from './chiSquare';

/** Customers who saw a variation, and how many of them did what was hoped for. */
export interface VariationCount {
  readonly variationId: string;
  readonly customers: number;
  readonly converted: number;
}

/** One variation against the control. */
export interface VariationResult extends VariationCount {
  /** Null where nobody saw it. */
  readonly rate: number | null;
  /** Rate less the control's, with its interval; null for the control itself, and where one of both has nobody. */
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly z: number | null;
  /** Two-sided. Null where nobody or everybody converted in both: there is nothing to tell apart. */
  readonly pValue: number | null;
}

export interface SampleRatio {
  readonly chiSquare: number;
  readonly pValue: number;
  /** Whether so uneven a split is no accident: then nothing else in the result is to be trusted. */
  readonly mismatch: boolean;
}

export interface AbTestResult {
  /** The control first. */
  readonly variations: readonly VariationResult[];
  /** Null with one variation, or nobody. */
  readonly sampleRatio: SampleRatio | null;
}

/** Of the standard normal distribution, for an interval of 95 %. */
const Z_95 = 1.959963984540054;
/** Kohavi, Tang and Xu, Trustworthy Online Controlled Experiments, 2020, chapter 21, take a p value as small as this for a mismatch. */
const MISMATCH_BELOW = 0.001;

/** The first variation is the control. `shares`: how customers were to be split, in any scale; evenly where none are given. */
export function abTest(counts: readonly VariationCount[], shares: readonly number[] = counts.map(() => 1)): AbTestResult {
  const [control] = counts;
  if (!control) return { variations: [], sampleRatio: null };
  return {
    variations: counts.map((count) => ({
      ...count,
      rate: rateOf(count),
      ...(count === control ? NO_COMPARISON : comparison(count, control)),
    })),
    sampleRatio: sampleRatio(
      counts.map(({ customers }) => customers),
      shares,
    ),
  };
}

const NO_COMPARISON = { difference: null, low: null, high: null, z: null, pValue: null };

function rateOf({ customers, converted }: VariationCount): number | null {
  return customers === 0 ? null : converted / customers;
}

/** The z test of two proportions: one pooled rate for the test, for under its hypothesis there is only one; two rates for the interval. */
function comparison(variation: VariationCount, control: VariationCount): Pick<VariationResult, keyof typeof NO_COMPARISON> {
  const [rate, base] = [rateOf(variation), rateOf(control)];
  if (rate === null || base === null) return NO_COMPARISON;
  const difference = rate - base;
  const pooled = (variation.converted + control.converted) / (variation.customers + control.customers);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / variation.customers + 1 / control.customers));
  const reach = Z_95 * Math.sqrt((rate * (1 - rate)) / variation.customers + (base * (1 - base)) / control.customers);
  const z = error === 0 ? null : difference / error;
  return { difference, low: difference - reach, high: difference + reach, z, pValue: z === null ? null : twoSidedTail(z) };
}

/** Pearson's χ² of the customers counted against those that the shares would have; null where there is nothing to compare. */
export function sampleRatio(customers: readonly number[], shares: readonly number[]): SampleRatio | null {
  const total = customers.reduce((sum, count) => sum + count, 0);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  if (customers.length < 2 || total === 0 || !shares.every((share) => share > 0)) return null;
  const chiSquare = customers.reduce((sum, count, index) => {
    const expected = (total * (shares[index] ?? 0)) / whole;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  const pValue = chiSquareTail(chiSquare, customers.length - 1);
  return { chiSquare, pValue, mismatch: pValue < MISMATCH_BELOW };
}
