import type { FrictionHistory } from './history';

const HOUR_MS = 3_600_000;
/** A schedule that does not open within this time is taken never to open. */
const LONGEST_MS = 400 * 24 * HOUR_MS;

/** The first moment by which `businessMs` of business time have gone since `fromMs`; null where a schedule never has that much. */
export function businessDeadlineMs(
  fromMs: number,
  businessMs: number,
  businessMsBetween: FrictionHistory['businessMsBetween'],
): number | null {
  let early = 0;
  let late = Math.max(HOUR_MS, businessMs);
  while (businessMsBetween(fromMs, fromMs + late) < businessMs) {
    if (late >= LONGEST_MS) return null;
    early = late;
    late *= 2;
  }
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (businessMsBetween(fromMs, fromMs + middle) < businessMs) early = middle;
    else late = middle;
  }
  return fromMs + late;
}
