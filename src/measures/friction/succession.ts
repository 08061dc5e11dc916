import type { FrictionSignal } from './signal';

/**
 * A sign among the others of its customer. Whose previous one was found before a period began is the customer's first in that period, which is how reports
 * count customers; null where there was none before.
 */
export interface SucceedingSignal extends FrictionSignal {
  /** Of the same kind and department. */
  readonly previousAtMs: number | null;
  /** Of the same kind, department and channel. */
  readonly previousInChannelAtMs: number | null;
  readonly previousOfAnyAtMs: number | null;
}

/** All signs of one customer in the order in which they were found; of those found at the same time in the order of their keys. */
export function successionOf(signals: readonly FrictionSignal[]): readonly SucceedingSignal[] {
  const lastAtMs = new Map<string, number>();
  const previous = (what: string, atMs: number): number | null => {
    const before = lastAtMs.get(what) ?? null;
    lastAtMs.set(what, atMs);
    return before;
  };
  const inOrder = [...signals].sort((left, right) => left.detectedAtMs - right.detectedAtMs || (left.key < right.key ? -1 : 1));
  return inOrder.map((signal) => {
    const { kind, department, channel, detectedAtMs } = signal;
    return {
      ...signal,
      previousAtMs: previous(`${kind} ${department}`, detectedAtMs),
      previousInChannelAtMs: previous(`${kind} ${department} ${channel}`, detectedAtMs),
      previousOfAnyAtMs: previous('', detectedAtMs),
    };
  });
}
