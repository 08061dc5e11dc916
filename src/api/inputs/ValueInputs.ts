import { ArgsType, Field, Int } from 'type-graphql';
import type { InteractionKind } from '../../kernel/vocabulary';
import type { AttributionLabel, AttributionModel } from '../attributionOf';
import { AttributionLabelEnum, AttributionModelEnum } from '../types/attributionEnums';
import { InteractionKindEnum } from '../types/enums';
import { WindowArgs } from './JourneyInputs';

@ArgsType()
export class AttributionArgs extends WindowArgs {
  @Field(() => AttributionModelEnum, { nullable: true, defaultValue: 'LINEAR' })
  declare readonly model: AttributionModel | null;

  @Field(() => AttributionLabelEnum, { nullable: true, defaultValue: 'CAMPAIGN' })
  declare readonly by: AttributionLabel | null;

  @Field(() => Int, { nullable: true, defaultValue: 30, description: 'A touch counts for an order within so many days.' })
  declare readonly lookbackDays: number | null;

  @Field(() => [InteractionKindEnum], {
    nullable: true,
    description: 'Which interactions are touches; clicks, promotions, referrals and reviews read where nothing is said.',
  })
  declare readonly kinds: readonly InteractionKind[] | null;
}

@ArgsType()
export class AbTestArgs extends WindowArgs {
  @Field(() => String)
  declare readonly experimentId: string;

  @Field(() => InteractionKindEnum, { nullable: true, defaultValue: 'ORDER_PLACED', description: 'What was hoped for.' })
  declare readonly outcome: InteractionKind | null;

  @Field(() => Int, { nullable: true, defaultValue: 14, description: 'After the first sight of the variation.' })
  declare readonly withinDays: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The variation that others are compared with; the first by its id where none is named.',
  })
  declare readonly control: string | null;
}
