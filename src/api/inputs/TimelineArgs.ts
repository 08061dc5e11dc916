import { ArgsType, Field, Int } from 'type-graphql';
import { TimelineFilterInput } from './TimelineFilterInput';

@ArgsType()
export class TimelineArgs {
  @Field(() => Int, { nullable: true, defaultValue: 50 })
  declare readonly first?: number | null;

  @Field(() => String, { nullable: true })
  declare readonly after?: string | null;

  @Field(() => Int, { nullable: true })
  declare readonly last?: number | null;

  @Field(() => String, { nullable: true })
  declare readonly before?: string | null;

  @Field(() => TimelineFilterInput, { nullable: true })
  declare readonly filter?: TimelineFilterInput | null;
}
