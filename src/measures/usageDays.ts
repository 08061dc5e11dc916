import type { UsageDays } from './health';

const DAY_MS = 86_400_000;
/** How long each of the two spans is that usage is compared over. */
const SPAN_DAYS = 30;

/**
 * On how many days of UTC a customer was active in the last 30 days and in the 30 before. `timesMs`: when, the newest first; where they were cut off
 * (`isWhole` false) before the end of the 60 days, nothing can be said: null.
 */
export function usageDays(timesMs: readonly number[], isWhole: boolean, nowMs: number): UsageDays | null {
  const startMs = nowMs - 2 * SPAN_DAYS * DAY_MS;
  const middleMs = nowMs - SPAN_DAYS * DAY_MS;
  if (!isWhole && (timesMs.at(-1) ?? nowMs) > startMs) return null;
  const daysWithin = (fromMs: number, toMs: number) =>
    new Set(timesMs.filter((atMs) => atMs > fromMs && atMs <= toMs).map((atMs) => Math.floor(atMs / DAY_MS))).size;
  return { before: daysWithin(startMs, middleMs), recent: daysWithin(middleMs, nowMs) };
}
