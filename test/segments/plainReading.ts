import { compareValue } from '../../src/segments/compareValue';
import type { Condition, Window } from '../../src/segments/definition';
import type { Segment } from '../../src/segments/segment';
import type { MatchedEvent, Subject } from '../../src/segments/subject';
import type { EventSpec } from '../../src/segments/trackedEvent';
import { eventKey } from '../../src/segments/trackedEventKey';
import { valueAt } from '../../src/segments/valueAt';
import { DAY } from './builders';

/** What a definition means, word for word as docs/decisions/segments.md says it, however slow. */
export function plainReading(condition: Condition, of: Subject, nowMs: number, segments: readonly Segment[]): boolean {
  const read = (inner: Condition) => plainReading(inner, of, nowMs, segments);
  const eventsIn = (spec: EventSpec, window: Window) =>
    (of.events.get(rememberedKey(spec)) ?? []).filter(({ occurredAtMs: t }) => isIn(t, window, nowMs));
  switch (condition.type) {
    case 'all':
      return condition.conditions.every(read);
    case 'any':
      return condition.conditions.some(read);
    case 'not':
      return !read(condition.condition);
    case 'trait':
      return compareValue(valueAt(of.traits, condition.path), condition.comparison, nowMs);
    case 'computed':
      return compareValue(of.computed[condition.key]?.value, condition.comparison, nowMs);
    case 'measure':
      return compareValue(measureOf(of, condition.measure, nowMs), condition.comparison, nowMs);
    case 'event': {
      const { op, value } = condition.count;
      return compareValue(eventsIn(condition.event, condition.window).length, { op, value }, nowMs);
    }
    case 'sequence':
      return someOrder(condition.events.map((step) => eventsIn(step, condition.window)));
    case 'segment': {
      const named = segments.find(({ key }) => key === condition.key);
      return named !== undefined && read(named.definition.condition);
    }
    case 'consent':
      return of.consents[condition.purpose] === true;
    case 'account':
      return of.accounts.some(({ externalId, traits }) =>
        compareValue(condition.path === null ? externalId : valueAt(traits, condition.path), condition.comparison, nowMs),
      );
  }
}

const keys = new WeakMap<EventSpec, string>();

function rememberedKey(spec: EventSpec): string {
  const key = keys.get(spec) ?? eventKey(spec);
  keys.set(spec, key);
  return key;
}

function isIn(t: number, { withinMs, olderThanMs }: Window, nowMs: number): boolean {
  return (withinMs === null || nowMs - withinMs < t) && t <= nowMs - (olderThanMs ?? 0);
}

function measureOf(of: Subject, measure: keyof Subject['measures'], nowMs: number) {
  const days = (atMs: number) => Math.max(0, Math.floor((nowMs - atMs) / DAY));
  if (measure === 'lastSeenDaysAgo') return days(of.lastSeenAtMs);
  return measure === 'firstSeenDaysAgo' ? days(of.firstSeenAtMs) : of.measures[measure];
}

/** Whether one event of each step can be chosen so that they come one after another: every choice is tried. */
function someOrder([events, ...later]: readonly (readonly MatchedEvent[])[], after: MatchedEvent | null = null): boolean {
  if (events === undefined) return true;
  return events.some((event) => (after === null || comesAfter(event, after)) && someOrder(later, event));
}

function comesAfter(event: MatchedEvent, other: MatchedEvent): boolean {
  if (event.occurredAtMs !== other.occurredAtMs) return event.occurredAtMs > other.occurredAtMs;
  return event.interactionId > other.interactionId;
}
