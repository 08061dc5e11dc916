/** Retried for so long after it was written or replayed; then it stays in the log as FAILED. */
export const RETRIED_MS = 24 * 3_600_000;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** After the first try, the second, and so on; then always the last. */
const PAUSES_MS = [5_000, 30_000, 2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS, 8 * HOUR_MS] as const;
const LONGEST_RETRY_AFTER_MS = 2 * HOUR_MS;

export interface FailedTry {
  /** How many there were, with this one. */
  readonly tries: number;
  readonly giveUpAtMs: number;
  readonly retryAfterMs: number | null;
}

/**
 * When the next try is due, or null where the last one was made: the pause grows, is longer or shorter by up to a fifth, and no shorter than the
 * receiver asked for. The last try is at `giveUpAtMs`. `chance`: from 0 up to 1.
 */
export function nextTryAt({ tries, giveUpAtMs, retryAfterMs }: FailedTry, nowMs: number, chance: () => number): number | null {
  if (nowMs >= giveUpAtMs) return null;
  const pauseMs = PAUSES_MS[Math.min(Math.max(tries, 1), PAUSES_MS.length) - 1] as number;
  const jitteredMs = Math.round(pauseMs * (0.8 + 0.4 * chance()));
  return Math.min(nowMs + Math.max(jitteredMs, retryAfterMs ?? 0), giveUpAtMs);
}

/** Of the header Retry-After: seconds, or a date of HTTP. Never more than two hours; null where there is none that can be read. */
export function retryAfterOf(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  const askedMs = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : /^[A-Za-z]{3}, /.test(text) ? Date.parse(text) - nowMs : Number.NaN;
  return Number.isFinite(askedMs) ? Math.min(Math.max(askedMs, 0), LONGEST_RETRY_AFTER_MS) : null;
}
