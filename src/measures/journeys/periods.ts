/** What time is divided into, in UTC. Weeks begin on Monday (ISO 8601). */
export const INTERVALS = ['HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER'] as const;
export type Interval = (typeof INTERVALS)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** 5 January 1970. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** The beginning of the period that a time lies in. */
export function periodStart(atMs: number, interval: Interval): number {
  switch (interval) {
    case 'HOUR':
      return Math.floor(atMs / HOUR_MS) * HOUR_MS;
    case 'DAY':
      return Math.floor(atMs / DAY_MS) * DAY_MS;
    case 'WEEK':
      return Math.floor((atMs - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_MS;
    case 'MONTH':
      return monthsOn(atMs, 0);
    case 'QUARTER':
      return monthsOn(atMs, -(new Date(atMs).getUTCMonth() % 3));
  }
}

/** The beginning of the period after the one that begins then. */
export function nextPeriod(startMs: number, interval: Interval): number {
  switch (interval) {
    case 'HOUR':
      return startMs + HOUR_MS;
    case 'DAY':
      return startMs + DAY_MS;
    case 'WEEK':
      return startMs + WEEK_MS;
    case 'MONTH':
      return monthsOn(startMs, 1);
    case 'QUARTER':
      return monthsOn(startMs, 3);
  }
}

/**
 * The beginnings of all periods that [fromMs, toMs) touches, and last the end of the last one; at most `most` periods, then undefined. None where the
 * window is empty.
 */
export function periodsOf(fromMs: number, toMs: number, interval: Interval, most: number): Float64Array | undefined {
  const bounds = [periodStart(fromMs, interval)];
  for (let startMs = bounds[0] as number; startMs < toMs && toMs > fromMs; ) {
    if (bounds.length > most) return undefined;
    startMs = nextPeriod(startMs, interval);
    bounds.push(startMs);
  }
  return Float64Array.from(bounds);
}

/** The first of a month, so many months on. */
function monthsOn(atMs: number, months: number): number {
  const date = new Date(atMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}
