import type { Exposure, VariationCount } from './abTest';

/** One customer of an experiment. */
export interface ExperimentCustomer {
  readonly exposure: Exposure;
  /** When the customer did what was hoped for, in order. */
  readonly outcomesMs: readonly number[];
}

export interface ExperimentCounts {
  /** In the order of their ids. */
  readonly counts: readonly VariationCount[];
  /** Customers who saw several variations, counted for none. */
  readonly mixed: number;
}

/** An outcome counts from the first sight of the variation on; each customer once. */
export function countVariations(customers: readonly ExperimentCustomer[]): ExperimentCounts {
  const counts = new Map<string, { customers: number; converted: number }>();
  let mixed = 0;
  for (const { exposure, outcomesMs } of customers) {
    if (exposure.isMixed) {
      mixed++;
      continue;
    }
    const count = counts.get(exposure.variationId) ?? { customers: 0, converted: 0 };
    counts.set(exposure.variationId, count);
    count.customers++;
    if (outcomesMs.some((atMs) => atMs >= exposure.atMs)) count.converted++;
  }
  const sorted = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
  return { counts: sorted.map(([variationId, count]) => ({ variationId, ...count })), mixed };
}
