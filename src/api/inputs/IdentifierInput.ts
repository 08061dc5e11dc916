import { Field, InputType } from 'type-graphql';

@InputType('IdentifierInput')
export class IdentifierInput {
  @Field(() => String, {
    description: "email, phone, user_id, anonymous_id, or a source's own, such as zendesk.user_id; normalised as at ingestion",
  })
  declare readonly type: string;

  @Field(() => String)
  declare readonly value: string;
}
