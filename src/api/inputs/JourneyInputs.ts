import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import type { JsonObject } from '../../kernel/json';
import type { InteractionKind } from '../../kernel/vocabulary';
import type { JourneyLevel } from '../../measures/journeys/labels';
import { COMPARISON_NAMES } from '../../measures/journeys/propertyMatch';
import { DateTimeScalar, JsonObjectScalar } from '../scalars';
import { InteractionKindEnum, JourneyLevelEnum } from '../types/enums';

/** Of a way, so many steps are told. */
export const LONGEST_VARIANT = 1_000;

@ArgsType()
export class WindowArgs {
  @Field(() => DateTimeScalar, { description: 'inclusive' })
  declare readonly from: number;

  @Field(() => DateTimeScalar, { description: 'exclusive' })
  declare readonly to: number;

  @Field(() => ID, { nullable: true, description: 'Only customers that are in this segment now.' })
  declare readonly segmentId?: string | null;
}

@ArgsType()
export class PathsArgs extends WindowArgs {
  @Field(() => JourneyLevelEnum, { nullable: true, defaultValue: 'KIND' })
  declare readonly level: JourneyLevel | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Whether touches that follow one another under one label are one step; otherwise each is a step of its own.',
  })
  declare readonly collapse: boolean | null;
}

@ArgsType()
export class JourneyMapArgs extends PathsArgs {
  @Field(() => Int, { nullable: true, defaultValue: 6 })
  declare readonly maxSteps: number | null;
}

@ArgsType()
export class PathVariantsArgs extends PathsArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: LONGEST_VARIANT,
    description: 'Where ways are cut off. What directly follows is counted to their end.',
  })
  declare readonly maxSteps: number | null;

  @Field(() => Int, { nullable: true, defaultValue: 20 })
  declare readonly first: number | null;
}

@InputType('FunnelStepInput', { description: 'An interaction of this kind, or this name, or both.' })
export class FunnelStepInput {
  @Field(() => InteractionKindEnum, { nullable: true })
  declare readonly kind?: InteractionKind | null;

  @Field(() => String, { nullable: true })
  declare readonly name?: string | null;

  @Field(() => JsonObjectScalar, {
    nullable: true,
    description: `What its properties must be, such as { currency: "EUR", total: { gte: 50 } }. Comparisons: ${COMPARISON_NAMES.join(', ')}.`,
  })
  declare readonly where?: JsonObject | null;
}
