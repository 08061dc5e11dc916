import type { Department } from '../kernel/vocabulary';
import { INFLUENCE_PAIRS, type InfluencedCustomer, type InfluencePair } from './influencePairs';
import type { MeasureSettings } from './settings';

const DAY_MS = 86_400_000;
/** How long after the signal an outcome still counts. */
export const INFLUENCE_WITHIN_DAYS = 60;

/** What one customer adds to one pair. */
export interface InfluenceCase {
  readonly pair: string;
  /** The first signal; of customers without one, the first chance of it. The 60 days run from here. */
  readonly atMs: number;
  readonly hasSignal: boolean;
  readonly hasOutcome: boolean;
}

/** How customers with and without the signal went on, side by side; it does not say that one thing brought about the other. */
export interface DepartmentInfluence {
  readonly from: Department;
  readonly to: Department;
  readonly signal: string;
  readonly outcome: string;
  /** Shares of customers, 0 to 1; null where there is no such customer. */
  readonly rateWith: number | null;
  readonly rateWithout: number | null;
  /** rateWith / rateWithout: 1 makes no difference. Null unless both are there and the second is above 0. */
  readonly lift: number | null;
  /** With and without. */
  readonly customers: number;
}

/** At most one case a pair. Customers whose 60 days are not over are in none: they may still come to the outcome. */
export function influenceCases(customer: InfluencedCustomer, settings: MeasureSettings, nowMs: number): readonly InfluenceCase[] {
  return influenceCasesSoFar(customer, settings, nowMs).filter(({ atMs }) => atMs + INFLUENCE_WITHIN_DAYS * DAY_MS <= nowMs);
}

/** Those among them, too, whose 60 days are not over. */
export function influenceCasesSoFar(customer: InfluencedCustomer, settings: MeasureSettings, nowMs: number): readonly InfluenceCase[] {
  return INFLUENCE_PAIRS.flatMap((pair) => influenceCase(pair, customer, settings, nowMs) ?? []);
}

function influenceCase(pair: InfluencePair, customer: InfluencedCustomer, settings: MeasureSettings, nowMs: number): InfluenceCase | null {
  const chances = pair.chances(customer, settings, nowMs);
  const signals = chances.filter(({ hasSignal }) => hasSignal);
  const atMs = (signals.length > 0 ? signals : chances).reduce((first, chance) => Math.min(first, chance.atMs), Number.POSITIVE_INFINITY);
  const untilMs = atMs + INFLUENCE_WITHIN_DAYS * DAY_MS;
  if (chances.length === 0) return null;
  const hasOutcome = customer.facts.some(
    ({ kind, occurredAtMs }) => pair.outcomeKinds.has(kind) && occurredAtMs > atMs && occurredAtMs < untilMs,
  );
  return { pair: pair.key, atMs, hasSignal: signals.length > 0, hasOutcome };
}

/** Customers of one pair, counted. */
export interface InfluenceCounts {
  readonly customersWith: number;
  readonly outcomesWith: number;
  readonly customersWithout: number;
  readonly outcomesWithout: number;
}

/** Every pair of which there are customers. */
export function departmentInfluence(cases: readonly InfluenceCase[]): readonly DepartmentInfluence[] {
  return INFLUENCE_PAIRS.flatMap((pair) => {
    const counts = countsOf(cases.filter((one) => one.pair === pair.key));
    return counts.customersWith + counts.customersWithout === 0 ? [] : [influenceOf(pair, counts)];
  });
}

function countsOf(cases: readonly InfluenceCase[]): InfluenceCounts {
  const count = (hasSignal: boolean) => cases.filter((one) => one.hasSignal === hasSignal);
  const outcomes = (hasSignal: boolean) => count(hasSignal).filter(({ hasOutcome }) => hasOutcome).length;
  return {
    customersWith: count(true).length,
    outcomesWith: outcomes(true),
    customersWithout: count(false).length,
    outcomesWithout: outcomes(false),
  };
}

export function influenceOf({ from, to, signal, outcome }: InfluencePair, counts: InfluenceCounts): DepartmentInfluence {
  const rateWith = counts.customersWith === 0 ? null : counts.outcomesWith / counts.customersWith;
  const rateWithout = counts.customersWithout === 0 ? null : counts.outcomesWithout / counts.customersWithout;
  const lift = rateWith === null || rateWithout === null || rateWithout === 0 ? null : rateWith / rateWithout;
  return { from, to, signal, outcome, rateWith, rateWithout, lift, customers: counts.customersWith + counts.customersWithout };
}
