/** A time, half-open. */
export interface Span {
  readonly fromMs: number;
  /** Null where it has no end. */
  readonly toMs: number | null;
}

/** The times that any of the spans covers: in order, without empty ones, none touching or overlapping another. */
export function joinSpans(spans: readonly Span[]): readonly Span[] {
  const sorted = spans.filter(({ fromMs, toMs }) => toMs === null || toMs > fromMs).sort((one, other) => one.fromMs - other.fromMs);
  const joined: Span[] = [];
  for (const { fromMs, toMs } of sorted) {
    const last = joined.at(-1);
    if (!last || endOf(last) < fromMs) joined.push({ fromMs, toMs });
    else joined[joined.length - 1] = spanOf(last.fromMs, Math.max(endOf(last), toMs ?? Number.POSITIVE_INFINITY));
  }
  return joined;
}

/** The times that spans of both lists cover; either in order and joined. */
export function intersectSpans(left: readonly Span[], right: readonly Span[]): readonly Span[] {
  const both: Span[] = [];
  let [i, j] = [0, 0];
  for (let [one, other] = [left[i], right[j]]; one && other; [one, other] = [left[i], right[j]]) {
    const fromMs = Math.max(one.fromMs, other.fromMs);
    const toMs = Math.min(endOf(one), endOf(other));
    if (toMs > fromMs) both.push(spanOf(fromMs, toMs));
    if (endOf(one) <= endOf(other)) i++;
    else j++;
  }
  return both;
}

export function coversMoment(spans: readonly Span[], atMs: number): boolean {
  return spans.some((span) => span.fromMs <= atMs && endOf(span) > atMs);
}

function endOf({ toMs }: Span): number {
  return toMs ?? Number.POSITIVE_INFINITY;
}

function spanOf(fromMs: number, toMs: number): Span {
  return { fromMs, toMs: toMs === Number.POSITIVE_INFINITY ? null : toMs };
}
