import { Field, ID, InputType } from 'type-graphql';
import { DateTimeScalar } from '../scalars';

@InputType('SuppressProfileInput')
export class SuppressProfileInput {
  @Field(() => ID)
  declare readonly profileId: string;

  @Field(() => Boolean)
  declare readonly suppressed: boolean;

  @Field(() => String, { nullable: true, description: 'For the audit log.' })
  declare readonly reason?: string | null;
}

@InputType('RecordConsentInput')
export class RecordConsentInput {
  @Field(() => ID)
  declare readonly profileId: string;

  @Field(() => String)
  declare readonly purpose: string;

  @Field(() => Boolean)
  declare readonly granted: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the customer said so; left out: now.' })
  declare readonly at?: number | null;
}
