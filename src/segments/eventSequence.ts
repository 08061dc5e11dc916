import { countUpTo } from './countedEvents';
import type { Window } from './definition';
import type { MatchedEvent } from './subject';

/** By step, each ascending by (time, interaction id). */
type Steps = readonly (readonly MatchedEvent[])[];

/** Whether different events of the window match the steps in their order at `nowMs`. */
export function sequenceHolds(steps: Steps, window: Window, nowMs: number): boolean {
  return latestStart(steps, nowMs - (window.olderThanMs ?? 0)) > nowMs - (window.withinMs ?? Infinity);
}

/**
 * When time alone changes next what `sequenceHolds` answers, at the earliest; Infinity: never. Where it holds, the sequence that began last lasts longest.
 * Where it doesn't, one that ends with an event that has yet to come into the window has to be short enough to lie in it then.
 */
export function sequenceChangesAtMs(steps: Steps, window: Window, nowMs: number): number {
  const withinMs = window.withinMs ?? Infinity;
  const olderThanMs = window.olderThanMs ?? 0;
  const startedAtMs = latestStart(steps, nowMs - olderThanMs);
  if (startedAtMs > nowMs - withinMs) return startedAtMs + withinMs;
  const last = steps.at(-1) ?? [];
  for (let index = countUpTo(last, nowMs - olderThanMs); index < last.length; index++) {
    const endedAtMs = last[index]?.occurredAtMs ?? Infinity;
    if (latestStart(steps, endedAtMs) > endedAtMs + olderThanMs - withinMs) return endedAtMs + olderThanMs;
  }
  return Infinity;
}

/** The first step that no event matches which is or may yet come to be in the window: without one, the sequence can't be there. Null: there is none such. */
export function missingStep(steps: Steps, { withinMs }: Window, nowMs: number): number | null {
  const outAtMs = nowMs - (withinMs ?? Infinity);
  const missing = steps.findIndex((events) => (events.at(-1)?.occurredAtMs ?? -Infinity) <= outAtMs);
  return missing === -1 ? null : missing;
}

/** When the sequence began that began last of those that ended at `endMs` or before: backwards, always the last event before the next step's. −Infinity: none. */
function latestStart(steps: Steps, endMs: number): number {
  let next: MatchedEvent | null = null;
  for (let step = steps.length - 1; step >= 0; step--) {
    const events: readonly MatchedEvent[] = steps[step] ?? [];
    const before: MatchedEvent | undefined = events[(next === null ? countUpTo(events, endMs) : countBefore(events, next)) - 1];
    if (before === undefined) return -Infinity;
    next = before;
  }
  return next?.occurredAtMs ?? -Infinity;
}

/** How many events come before one by (time, interaction id). */
function countBefore(events: readonly MatchedEvent[], next: MatchedEvent): number {
  let count = countUpTo(events, next.occurredAtMs);
  while (count > 0) {
    const event = events[count - 1];
    if (event && (event.occurredAtMs < next.occurredAtMs || event.interactionId < next.interactionId)) break;
    count--;
  }
  return count;
}
