import type { Condition } from './definition';
import { memberPlace } from './definitionFaults';

/** A condition and all those inside it, outermost first, each with its path in the definition's JSON; the root's is ''. */
export function* eachCondition(condition: Condition, place = ''): Generator<{ readonly condition: Condition; readonly place: string }> {
  yield { condition, place };
  if (condition.type === 'not') yield* eachCondition(condition.condition, memberPlace(place, 'not'));
  if (condition.type !== 'all' && condition.type !== 'any') return;
  const inside = memberPlace(place, condition.type);
  for (const [index, member] of condition.conditions.entries()) yield* eachCondition(member, `${inside}[${index}]`);
}
