import { isPersonalKey } from '../profile/personalKeys';
import type { ComputedTrait, ComputedTraitDefinition } from './computedTrait';
import type { Comparison, Condition, SegmentDefinition } from './definition';
import { eachCondition } from './eachCondition';
import type { EventSpec } from './trackedEvent';

/**
 * Whether a definition compares what says who somebody is: who may try out such definitions can find out what the values are. Whether there is a value at
 * all may be asked. `traits`: all of the workspace, since a definition may compare one that is counted from what is personal.
 */
export function asksForPersonal({ condition }: SegmentDefinition, traits: readonly Pick<ComputedTrait, 'key' | 'definition'>[]): boolean {
  const isPersonalTrait = (key: string) => traits.some((trait) => trait.key === key && isCountedFromPersonal(trait.definition));
  return [...eachCondition(condition)].some(({ condition: found }) =>
    found.type === 'computed' ? found.comparison.op !== 'exists' && isPersonalTrait(found.key) : compared(found).some(isPersonal),
  );
}

/** Whether the values of a computed trait tell what personal values are: they are such values, or counts of events with certain ones. */
export function isCountedFromPersonal({ aggregate, event, property }: ComputedTraitDefinition): boolean {
  return countsCertainPeople(event) || (aggregate !== 'count' && (property?.some(isPersonalKey) ?? false));
}

/** Whether which events are meant is said by personal values. */
export function countsCertainPeople(event: EventSpec): boolean {
  return comparedIn(event).some(isPersonal);
}

function isPersonal({ path, op }: Compared): boolean {
  return op !== 'exists' && path.some(isPersonalKey);
}

interface Compared {
  readonly path: readonly string[];
  readonly op: Comparison['op'];
}

function compared(condition: Condition): readonly Compared[] {
  switch (condition.type) {
    case 'trait':
      return [{ path: condition.path, op: condition.comparison.op }];
    case 'account':
      return condition.path === null ? [] : [{ path: condition.path, op: condition.comparison.op }];
    case 'event':
      return comparedIn(condition.event);
    case 'sequence':
      return condition.events.flatMap(comparedIn);
    default:
      return [];
  }
}

function comparedIn({ where }: EventSpec): readonly Compared[] {
  return where.map(({ path, comparison }) => ({ path, op: comparison.op }));
}
