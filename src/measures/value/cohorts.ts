/** One customer: when it began, such as the first order or the sign-up, and when anything that counts as a return happened. */
export interface CohortCustomer {
  readonly startedAtMs: number;
  readonly activeAtMs: readonly number[];
}

export interface Cohort {
  readonly startMs: number;
  readonly size: number;
  /** How many of them did something in the cohort's own period, in the next, and so on; null for a period that is not over. */
  readonly returned: readonly (number | null)[];
}

/**
 * A cohort a period, by the period in which its customers began. `bounds`: the starts of the periods in order and, last, the end of the last;
 * half-open. A customer counts once a period, and only for what happened from the start on.
 */
export function cohortsOf(customers: Iterable<CohortCustomer>, bounds: readonly number[], nowMs: number): readonly Cohort[] {
  const periods = Math.max(0, bounds.length - 1);
  const sizes = new Array<number>(periods).fill(0);
  const counts = Array.from({ length: periods }, (_, cohort) => new Array<number>(periods - cohort).fill(0));
  for (const { startedAtMs, activeAtMs } of customers) {
    const cohort = periodOf(bounds, startedAtMs);
    if (cohort === null) continue;
    sizes[cohort] = (sizes[cohort] ?? 0) + 1;
    const row = counts[cohort] ?? [];
    const active = new Set(activeAtMs.flatMap((atMs) => (atMs < startedAtMs ? [] : (periodOf(bounds, atMs) ?? []))));
    for (const period of active) row[period - cohort] = (row[period - cohort] ?? 0) + 1;
  }
  return counts.map((row, cohort) => ({
    startMs: bounds[cohort] ?? 0,
    size: sizes[cohort] ?? 0,
    returned: row.map((count, later) => ((bounds[cohort + later + 1] ?? 0) <= nowMs ? count : null)),
  }));
}

/** The index of the period that holds a moment; null before the first and after the last. */
function periodOf(bounds: readonly number[], atMs: number): number | null {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bounds[middle] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low === 0 || low === bounds.length ? null : low - 1;
}
