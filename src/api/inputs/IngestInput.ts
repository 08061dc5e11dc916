import { Field, ID, InputType } from 'type-graphql';
import type { JsonObject } from '../../kernel/json';
import { JsonObjectScalar } from '../scalars';

@InputType('IngestInput')
export class IngestInput {
  @Field(() => [JsonObjectScalar])
  declare readonly messages: readonly JsonObject[];

  @Field(() => ID, { nullable: true, description: "The source that sent them; left out: the workspace's first source." })
  declare readonly sourceId?: string | null;
}

@InputType('RetryDeadLetterInput')
export class RetryDeadLetterInput {
  @Field(() => ID)
  declare readonly id: string;
}
