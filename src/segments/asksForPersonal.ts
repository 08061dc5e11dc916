import { isPersonalKey } from '../profile/personalKeys';
import type { Comparison, Condition, SegmentDefinition } from './definition';
import { eachCondition } from './eachCondition';
import type { EventSpec } from './trackedEvent';

/**
 * Whether a definition compares what says who somebody is: who may try out such definitions can find out what the values are. Whether there is a value at
 * all may be asked.
 */
export function asksForPersonal({ condition }: SegmentDefinition): boolean {
  return [...eachCondition(condition)].some((found) =>
    compared(found.condition).some(({ path, op }) => op !== 'exists' && path.some(isPersonalKey)),
  );
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
