import { DIRECTIONS, INTERACTION_KINDS, type InteractionKind } from '../../kernel/vocabulary';
import type { Paths } from '../touches/paths';

/** What makes a customer one of a cohort, unless asked otherwise. */
export const COHORT_KINDS: readonly InteractionKind[] = ['SIGNED_UP', 'ORDER_PLACED'];

export interface RetentionCohort {
  readonly startMs: number;
  readonly size: number;
  /** How many were active in the cohort's own period, which is all of them, and in each period after it. Periods that are not over are left out. */
  readonly returned: readonly number[];
}

export interface RetentionOptions {
  /** The beginnings of the periods, and last the end of the last one. */
  readonly bounds: Float64Array;
  /** Customers whose first touch of such a kind, ever, is before it are in no cohort. */
  readonly fromMs: number;
  /** Periods that end later are not over. */
  readonly overMs: number;
  readonly cohortKinds: readonly InteractionKind[];
}

const INBOUND = DIRECTIONS.indexOf('INBOUND');

/**
 * Customers by the period of their first touch of the given kinds, and how many of them did something in the periods that follow. Any touch that the
 * customer brought about (INBOUND) counts; what was only sent to them does not. The paths must go back to each customer's beginning.
 */
export function retention(paths: Paths, options: RetentionOptions): RetentionCohort[] {
  const { bounds, overMs } = options;
  const periods = bounds.length - 1;
  const over = countOver(bounds, overMs);
  const active = Array.from({ length: periods }, () => new Uint32Array(periods));
  const sizes = new Uint32Array(periods);
  const isCohortKind = Uint8Array.from(INTERACTION_KINDS, (kind) => (options.cohortKinds.includes(kind) ? 1 : 0));
  for (let customer = 0; customer + 1 < paths.starts.length; customer++) {
    const touches = [paths.starts[customer] as number, paths.starts[customer + 1] as number] as const;
    const first = firstOfKinds(paths, isCohortKind, touches);
    if (first === null || (paths.occurredAtMs[first] as number) < options.fromMs) continue;
    const cohort = periodOf(bounds, paths.occurredAtMs[first] as number);
    if (cohort < 0) continue;
    sizes[cohort] = (sizes[cohort] as number) + 1;
    countActive(active[cohort] as Uint32Array, paths, bounds, [first, touches[1]]);
  }
  return Array.from(sizes, (size, cohort) => ({
    startMs: bounds[cohort] as number,
    size,
    returned: Array.from((active[cohort] as Uint32Array).subarray(cohort, Math.max(cohort, over))),
  }));
}

function firstOfKinds({ kinds }: Paths, isCohortKind: Uint8Array, [from, to]: readonly [number, number]): number | null {
  for (let touch = from; touch < to; touch++) if (isCohortKind[kinds[touch] as number] === 1) return touch;
  return null;
}

/** Counts a customer once in each period with a touch of theirs; the first one counts whoever brought it about. */
function countActive(
  active: Uint32Array,
  { occurredAtMs, directions }: Paths,
  bounds: Float64Array,
  [from, to]: readonly [number, number],
): void {
  let counted = -1;
  for (let touch = from; touch < to; touch++) {
    if (touch > from && directions[touch] !== INBOUND) continue;
    const atMs = occurredAtMs[touch] as number;
    if (counted >= 0 && atMs < (bounds[counted + 1] as number)) continue;
    counted = periodOf(bounds, atMs);
    if (counted < 0) return;
    active[counted] = (active[counted] as number) + 1;
  }
}

/** The period that a time lies in; −1 outside of all. */
function periodOf(bounds: Float64Array, atMs: number): number {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bounds[middle] as number) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low === bounds.length ? -1 : low - 1;
}

function countOver(bounds: Float64Array, overMs: number): number {
  let over = 0;
  while (over + 1 < bounds.length && (bounds[over + 1] as number) <= overMs) over++;
  return over;
}
