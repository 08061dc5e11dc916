import type { CountComparison, Window } from './definition';
import type { MatchedEvent } from './subject';

/** Ascending by time. */
type Events = readonly MatchedEvent[];

/** How many events the window holds at `nowMs`. */
export function countIn(events: Events, window: Window, nowMs: number): number {
  return cameIn(events, window, nowMs) - wentOut(events, window, nowMs);
}

export function countHolds(count: number, { op, value }: CountComparison): boolean {
  switch (op) {
    case 'eq':
      return count === value;
    case 'neq':
      return count !== value;
    case 'gt':
      return count > value;
    case 'gte':
      return count >= value;
    case 'lt':
      return count < value;
    case 'lte':
      return count <= value;
  }
}

/** Whether a count is so high that a higher one is answered the same, however high; one that time lowers is answered the same for longer. */
export function isPastCounting(count: number, { op, value }: CountComparison): boolean {
  return op === 'gte' || op === 'lt' ? count >= value : count > value;
}

/**
 * When time alone changes next what `countHolds` answers; Infinity: never. An event is in the window from t + olderThan until before t + within. Where none
 * is still to come in, the count only falls, and a comparison of order changes when it falls below its least (or to it); else the count is followed.
 */
export function countChangesAtMs(events: Events, window: Window, comparison: CountComparison, nowMs: number): number {
  const entering = cameIn(events, window, nowMs);
  const least = leastOf(comparison);
  if (entering < events.length || least === null) return followedCountChangesAtMs(events, window, comparison, nowMs);
  const isAbove = entering - wentOut(events, window, nowMs) >= least;
  return isAbove && least > 0 ? leavesAtMs(events, entering - least, window) : Infinity;
}

/** The count from which on a comparison of order answers otherwise than below it; null for the others. */
function leastOf({ op, value }: CountComparison): number | null {
  if (op === 'gte' || op === 'lt') return value;
  return op === 'gt' || op === 'lte' ? value + 1 : null;
}

/** From one moment at which events come in or go out to the next, through all those at once that do so at the same. */
function followedCountChangesAtMs(events: Events, window: Window, comparison: CountComparison, nowMs: number): number {
  let entering = cameIn(events, window, nowMs);
  let leaving = wentOut(events, window, nowMs);
  const holds = countHolds(entering - leaving, comparison);
  for (;;) {
    const atMs = Math.min(entersAtMs(events, entering, window), leavesAtMs(events, leaving, window));
    if (atMs === Infinity) return Infinity;
    while (entersAtMs(events, entering, window) === atMs) entering++;
    while (leavesAtMs(events, leaving, window) === atMs) leaving++;
    if (countHolds(entering - leaving, comparison) !== holds) return atMs;
  }
}

function entersAtMs(events: Events, index: number, { olderThanMs }: Window): number {
  return (events[index]?.occurredAtMs ?? Infinity) + (olderThanMs ?? 0);
}

function leavesAtMs(events: Events, index: number, { withinMs }: Window): number {
  return (events[index]?.occurredAtMs ?? Infinity) + (withinMs ?? Infinity);
}

function cameIn(events: Events, { olderThanMs }: Window, nowMs: number): number {
  return countUpTo(events, nowMs - (olderThanMs ?? 0));
}

function wentOut(events: Events, { withinMs }: Window, nowMs: number): number {
  return withinMs === null ? 0 : countUpTo(events, nowMs - withinMs);
}

/** How many events were at `atMs` or before: mostly none or all of them. */
export function countUpTo(events: Events, atMs: number): number {
  if ((events[0]?.occurredAtMs ?? Infinity) > atMs) return 0;
  if ((events.at(-1)?.occurredAtMs ?? Infinity) <= atMs) return events.length;
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.occurredAtMs ?? Infinity) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
