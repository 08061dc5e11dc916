import { ArgsType, Field, ID, Int } from 'type-graphql';
import { DateTimeScalar } from '../scalars';

@ArgsType()
export class AuditArgs {
  @Field(() => Int, { nullable: true, defaultValue: 50 })
  declare readonly first?: number | null;

  @Field(() => String, { nullable: true })
  declare readonly after?: string | null;

  @Field(() => String, { nullable: true, description: 'Only of this one, by the whole name.' })
  declare readonly actor?: string | null;

  @Field(() => String, { nullable: true, description: 'Only of this kind: read, follow, export, or the name of a mutation.' })
  declare readonly action?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only about this, alone or among others: a profile, a segment, a source …' })
  declare readonly target?: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  declare readonly from?: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Not included.' })
  declare readonly to?: number | null;
}
