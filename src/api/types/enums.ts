import { registerEnumType } from 'type-graphql';
import { CHANNELS, DEPARTMENTS, DIRECTIONS, INTERACTION_KINDS } from '../../kernel/vocabulary';
import { JOURNEY_LEVELS } from '../../measures/journeys/labels';
import { INTERVALS } from '../../measures/journeys/periods';
import { SURVIVORSHIP_RULES } from '../../profile/survivorship';

/** The vocabularies as GraphQL enums: each value stands for itself. */
function enumOf<Value extends string>(name: string, values: readonly Value[], description?: string): { readonly [Key in Value]: Key } {
  const members = Object.fromEntries(values.map((value) => [value, value])) as { readonly [Key in Value]: Key };
  registerEnumType(members, { name, ...(description !== undefined && { description }) });
  return members;
}

export const DepartmentEnum = enumOf('Department', DEPARTMENTS);
export const ChannelEnum = enumOf('Channel', CHANNELS);
export const DirectionEnum = enumOf('Direction', DIRECTIONS);
export const InteractionKindEnum = enumOf(
  'InteractionKind',
  INTERACTION_KINDS,
  'What the customer and the company did at this touchpoint. An unknown event keeps its own name and is CUSTOM.',
);
export const SurvivorshipRuleEnum = enumOf('SurvivorshipRule', SURVIVORSHIP_RULES);
export const IntervalEnum = enumOf('Interval', INTERVALS, 'Calendar periods; weeks begin on Monday.');
export const JourneyLevelEnum = enumOf('JourneyLevel', JOURNEY_LEVELS);
