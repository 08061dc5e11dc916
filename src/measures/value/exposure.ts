import type { Fact } from '../fact';
import { idOf } from '../factProperties';
import { factsInOrder } from '../factsInOrder';
import type { VariationCount } from './abTest';

/** A customer's first sight of a variation. */
export interface Exposure {
  readonly experimentId: string;
  readonly variationId: string;
  readonly atMs: number;
  /** Saw another variation of the same experiment later: not to be counted for either. */
  readonly isMixed: boolean;
}

/** What experiments a customer was in, by events that name an experiment and a variation (Segment's Experiment Viewed); first seen first. */
export function exposuresOf(facts: readonly Fact[]): readonly Exposure[] {
  return exposuresIn(factsInOrder(facts));
}

/** As `exposuresOf`, of events that come in order, each once. */
export function exposuresIn(events: Iterable<Pick<Fact, 'properties' | 'occurredAtMs'>>): readonly Exposure[] {
  const exposures = new Map<string, Exposure>();
  for (const { properties, occurredAtMs } of events) {
    const experimentId = idOf(properties, 'experiment_id', 'experimentId', 'experiment_name', 'experimentName');
    const variationId = idOf(properties, 'variation_id', 'variationId', 'variation_name', 'variationName');
    if (experimentId === null || variationId === null) continue;
    const known = exposures.get(experimentId);
    if (!known) exposures.set(experimentId, { experimentId, variationId, atMs: occurredAtMs, isMixed: false });
    else if (known.variationId !== variationId) exposures.set(experimentId, { ...known, isMixed: true });
  }
  return [...exposures.values()];
}

/** What an experiment is to be judged by: one customer's exposures, and when the customer did what was hoped for. */
export interface ExperimentCustomer {
  readonly exposures: readonly Exposure[];
  readonly outcomesAtMs: readonly number[];
}

export interface ExperimentCounts {
  /** By variation id; the control is first if it sorts first. */
  readonly counts: readonly VariationCount[];
  /** Who saw several variations, and is counted for none. */
  readonly mixed: number;
}

/** Customers by variation; converted is who did it after the first sight, within `withinMs` of it. */
export function countVariations(customers: Iterable<ExperimentCustomer>, experimentId: string, withinMs: number): ExperimentCounts {
  const counts = new Map<string, { variationId: string; customers: number; converted: number }>();
  let mixed = 0;
  for (const { exposures, outcomesAtMs } of customers) {
    const exposure = exposures.find((seen) => seen.experimentId === experimentId);
    if (exposure?.isMixed) mixed++;
    if (!exposure || exposure.isMixed) continue;
    const { variationId, atMs } = exposure;
    const count = counts.get(variationId) ?? { variationId, customers: 0, converted: 0 };
    counts.set(variationId, count);
    count.customers++;
    if (outcomesAtMs.some((outcomeAtMs) => outcomeAtMs >= atMs && outcomeAtMs < atMs + withinMs)) count.converted++;
  }
  return { counts: [...counts.values()].sort((one, other) => (one.variationId < other.variationId ? -1 : 1)), mixed };
}
