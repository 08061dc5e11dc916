import { studentT95 } from './studentT';

export interface MeanScore {
  readonly mean: number | null;
  readonly responses: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** What a mean and its interval are computed from, as `count`, `avg` and `var_samp` of SQL give it; the variance divides by n − 1. */
export interface Moments {
  readonly responses: number;
  readonly mean: number | null;
  readonly variance: number | null;
}

export function momentsOf(values: readonly number[]): Moments {
  const responses = values.length;
  if (responses === 0) return { responses, mean: null, variance: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / responses;
  if (responses === 1) return { responses, mean, variance: null };
  return { responses, mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (responses - 1) };
}

/** The mean with its 95 % interval by Student's t (n − 1 degrees of freedom), kept inside the scale; below two answers there is no interval. */
export function meanScore({ responses, mean, variance }: Moments, scale: { readonly min: number; readonly max: number }): MeanScore {
  if (mean === null || variance === null || responses < 2) return { mean, responses, low: null, high: null };
  const margin = studentT95(responses - 1) * Math.sqrt(variance / responses);
  return { mean, responses, low: Math.max(scale.min, mean - margin), high: Math.min(scale.max, mean + margin) };
}
