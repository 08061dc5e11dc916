import type { InteractionKind } from '../../kernel/vocabulary';
import type { PeriodActivity } from './periodActivity';

/** What makes a customer one of a cohort, unless asked otherwise. */
export const COHORT_KINDS: readonly InteractionKind[] = ['SIGNED_UP', 'ORDER_PLACED'];

export interface RetentionCohort {
  readonly startMs: number;
  readonly size: number;
  /** How many were active in the cohort's own period, which is all of them, and in each period after it. Periods that are not over are left out. */
  readonly returned: readonly number[];
}

export interface RetentionOptions {
  /** The beginnings of the periods, and last the end of the last one; those that the activity was gathered by. */
  readonly bounds: Float64Array;
  /** Customers whose first touch of the cohorts' kinds, ever, is before it are in no cohort. */
  readonly fromMs: number;
  /** Periods that end later are not over. */
  readonly overMs: number;
}

/** Customers by the period of their first touch of some kinds, and how many of them did something in the periods that follow. */
export function retention(activity: PeriodActivity, { bounds, fromMs, overMs }: RetentionOptions): RetentionCohort[] {
  const { periods, firstAtMs } = activity;
  const returned = Array.from({ length: periods }, () => new Uint32Array(periods));
  for (let customer = 0; customer < activity.size; customer++) {
    const firstMs = firstAtMs[customer] as number;
    const cohort = firstMs < fromMs ? -1 : activity.periodOf(firstMs);
    if (cohort >= 0) countReturns(returned[cohort] as Uint32Array, activity, customer, cohort);
  }
  const over = bounds.findLastIndex((boundMs) => boundMs <= overMs);
  return returned.map((counts, cohort) => ({
    startMs: bounds[cohort] as number,
    size: counts[cohort] as number,
    returned: Array.from(counts.subarray(cohort, Math.max(cohort, over))),
  }));
}

function countReturns(counts: Uint32Array, activity: PeriodActivity, customer: number, cohort: number): void {
  for (let period = cohort; period < activity.periods; period++) {
    if (period === cohort || activity.isActive(customer, period)) counts[period] = (counts[period] as number) + 1;
  }
}
