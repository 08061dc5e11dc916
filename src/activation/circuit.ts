/** How a destination has answered lately, and whether it is left alone for a while. */
export interface Circuit {
  /** Attempts that failed, one after the other, over all profiles. */
  readonly failures: number;
  /** How often in a row it was opened. */
  readonly openings: number;
  /** Nothing is sent before; from then on one delivery tries (the circuit is half open). Null: closed. */
  readonly openUntilMs: number | null;
}

/** What one attempt says of its destination. */
export interface CircuitNews {
  readonly succeeded: boolean;
  /** It was the one that tried whether the destination is back. */
  readonly isProbe: boolean;
  /** The destination asked to be left alone for so long. */
  readonly retryAfterMs: number | null;
}

export const CLOSED: Circuit = { failures: 0, openings: 0, openUntilMs: null };

const FAILURES_TO_OPEN = 5;
const OPEN_MS = [10_000, 30_000, 60_000, 120_000, 300_000] as const;

/** `chance`: from 0 up to 1, for the jitter. What was under way when the circuit opened opens it no further. */
export function afterAttempt(circuit: Circuit, news: CircuitNews, nowMs: number, chance: () => number): Circuit {
  if (news.succeeded) return CLOSED;
  const failures = circuit.failures + 1;
  const isOpen = circuit.openUntilMs !== null && !news.isProbe;
  const opens = news.isProbe || (!isOpen && (failures >= FAILURES_TO_OPEN || news.retryAfterMs !== null));
  if (!opens) return { ...circuit, failures };
  const openings = circuit.openings + 1;
  const usualMs = OPEN_MS[Math.min(openings, OPEN_MS.length) - 1] as number;
  const openMs = Math.max(usualMs * (0.9 + 0.2 * chance()), news.retryAfterMs ?? 0);
  return { failures, openings, openUntilMs: Math.round(nowMs + openMs) };
}
