import { Field, InputType } from 'type-graphql';
import type { Channel, Department, InteractionKind } from '../../kernel/vocabulary';
import { DateTimeScalar } from '../scalars';
import { ChannelEnum, DepartmentEnum, InteractionKindEnum } from '../types/enums';

@InputType('TimelineFilter')
export class TimelineFilterInput {
  @Field(() => [DepartmentEnum], { nullable: true })
  declare readonly departments?: readonly Department[] | null;

  @Field(() => [ChannelEnum], { nullable: true })
  declare readonly channels?: readonly Channel[] | null;

  @Field(() => [InteractionKindEnum], { nullable: true })
  declare readonly kinds?: readonly InteractionKind[] | null;

  @Field(() => [String], { nullable: true })
  declare readonly names?: readonly string[] | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'inclusive' })
  declare readonly from?: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'exclusive' })
  declare readonly to?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words that the summary, the name, the subject or the properties hold, each of them, in whatever case; without pii:read the summary and the name as shown.',
  })
  declare readonly text?: string | null;
}
