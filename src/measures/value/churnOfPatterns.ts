import type { Churn } from './churn';

/** Customers who were customers at the same of some boundaries in time, which are numbered in order. */
export interface CoveragePattern {
  /** First boundary at which they were, and the first after it at which they were no more; one pair a span, which may hold no boundary at all. */
  readonly spans: readonly (readonly [first: number, end: number])[];
  readonly customers: number;
}

/** Boundaries at which a period begins and ends. */
export interface BoundedPeriod {
  readonly from: number;
  readonly to: number;
}

/** As `churnOf`, for many periods at once, in their order. A customer's spans do not overlap. */
export function churnOfPatterns(
  patterns: readonly CoveragePattern[],
  periods: readonly BoundedPeriod[],
): readonly Pick<Churn, 'atStart' | 'lost'>[] {
  const counts = periods.map(() => ({ atStart: 0, lost: 0 }));
  const byStart = periods.map((_, index) => index).sort((left, right) => (periods[left]?.from ?? 0) - (periods[right]?.from ?? 0));
  const starts = Int32Array.from(byStart, (index) => periods[index]?.from as number);
  for (const { spans, customers } of patterns) {
    for (const [first, end] of spans) {
      for (let place = placeOf(starts, first); place < starts.length && (starts[place] as number) < end; place++) {
        const index = byStart[place] as number;
        const count = counts[index] as { atStart: number; lost: number };
        count.atStart += customers;
        if (!isCovered(spans, (periods[index] as BoundedPeriod).to)) count.lost += customers;
      }
    }
  }
  return counts;
}

/** Of the first of these ascending numbers that is at least `least`. */
function placeOf(numbers: Int32Array, least: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isCovered(spans: CoveragePattern['spans'], boundary: number): boolean {
  for (const [first, end] of spans) if (first <= boundary && boundary < end) return true;
  return false;
}
