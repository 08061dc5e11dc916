import type { Order } from '../order';
import { joinSpans, type Span } from '../span';
import type { Subscription } from '../subscription';

export interface SilenceRules {
  /** Nobody is lost before so many days without an order. */
  readonly leastDays: number;
  /** Which of the customer's own gaps between orders a silence has to be longer than. */
  readonly percentile: number;
}

export const DEFAULT_SILENCE_RULES: SilenceRules = { leastDays: 90, percentile: 0.9 };

const DAY_MS = 86_400_000;

/**
 * When somebody was a customer: with a subscription while one runs (from the first subscription on nothing else counts); without one from an
 * order until the silence after it is longer than the customer's own 90th percentile gap, as known at that order, and than 90 days. Cancelled
 * orders are none. A span's end may lie ahead: silence until then ends it.
 */
export function customerSpansOf(
  orders: readonly Order[],
  subscriptions: readonly Subscription[],
  rules: SilenceRules = DEFAULT_SILENCE_RULES,
): readonly Span[] {
  const firstSubscribedMs = subscriptions.reduce((least, { startedAtMs }) => Math.min(least, startedAtMs), Number.POSITIVE_INFINITY);
  const orderedAtMs = orders.flatMap(({ status, placedAtMs }) => (status === 'CANCELLED' ? [] : [placedAtMs]));
  const ordering = toleratedSilences(orderedAtMs, rules).map(({ fromMs, toMs }) => ({ fromMs, toMs: Math.min(toMs, firstSubscribedMs) }));
  return joinSpans([...ordering, ...subscriptions.flatMap(({ spans }) => spans)]);
}

/** For each order the time until which the customer may keep silent. */
export function toleratedSilences(
  orderedAtMs: readonly number[],
  { leastDays, percentile }: SilenceRules,
): readonly { readonly fromMs: number; readonly toMs: number }[] {
  const gaps: number[] = [];
  return orderedAtMs.map((fromMs, index) => {
    const before = orderedAtMs[index - 1];
    if (before !== undefined) insert(gaps, fromMs - before);
    return { fromMs, toMs: fromMs + Math.ceil(Math.max(leastDays * DAY_MS, percentileOf(gaps, percentile))) };
  });
}

function insert(sorted: number[], value: number): void {
  const index = sorted.findIndex((other) => other > value);
  sorted.splice(index < 0 ? sorted.length : index, 0, value);
}

/** Linear between the closest ranks (Hyndman and Fan 1996, definition 7); 0 of nothing. */
function percentileOf(sorted: readonly number[], share: number): number {
  const rank = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(rank)] ?? 0, sorted[Math.ceil(rank)] ?? 0];
  return below + (above - below) * (rank - Math.floor(rank));
}
