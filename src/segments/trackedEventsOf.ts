import type { ComputedTrait } from './computedTrait';
import type { Condition, SegmentDefinition } from './definition';
import { eachCondition } from './eachCondition';
import type { EventSpec, TrackedEvent } from './trackedEvent';
import { trackedEventKey } from './trackedEventKey';

/** What definitions and computed traits ask to be noted, each once. */
export function trackedEventsOf(definitions: readonly SegmentDefinition[], computedTraits: readonly ComputedTrait[]): TrackedEvent[] {
  const asked = [...definitions.flatMap(({ condition }) => eventsOf(condition)), ...computedTraits.map(trackedEventOf)];
  return [...new Map(asked.map((tracked) => [trackedEventKey(tracked), tracked])).values()];
}

/** What a computed trait is counted from. */
export function trackedEventOf({ definition }: Pick<ComputedTrait, 'definition'>): TrackedEvent {
  return { spec: definition.event, property: definition.property };
}

function eventsOf(condition: Condition): TrackedEvent[] {
  return [...eachCondition(condition)].flatMap((found) => specsOf(found.condition)).map((spec) => ({ spec, property: null }));
}

function specsOf(condition: Condition): readonly EventSpec[] {
  if (condition.type === 'event') return [condition.event];
  return condition.type === 'sequence' ? condition.events : [];
}
