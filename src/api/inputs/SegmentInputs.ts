import { Field, ID, InputType } from 'type-graphql';
import type { JsonObject } from '../../kernel/json';
import { JsonObjectScalar } from '../scalars';

const AS_IT_IS = 'Left out: as it is.';

@InputType('CreateSegmentInput')
export class CreateSegmentInput {
  @Field(() => String, { description: '1 to 64 of the characters a-z, 0-9, _ and -, unique in the workspace. It never changes.' })
  declare readonly key: string;

  @Field(() => String)
  declare readonly name: string;

  @Field(() => String, { nullable: true })
  declare readonly description?: string | null;

  @Field(() => JsonObjectScalar)
  declare readonly definition: JsonObject;
}

@InputType('UpdateSegmentInput')
export class UpdateSegmentInput {
  @Field(() => ID)
  declare readonly id: string;

  @Field(() => String, { nullable: true, description: AS_IT_IS })
  declare readonly name?: string | null;

  @Field(() => String, { nullable: true, description: 'Left out: as it is. null: none.' })
  declare readonly description?: string | null;

  @Field(() => JsonObjectScalar, { nullable: true, description: AS_IT_IS })
  declare readonly definition?: JsonObject | null;
}

@InputType('DeleteSegmentInput')
export class DeleteSegmentInput {
  @Field(() => ID)
  declare readonly id: string;
}

@InputType('CreateComputedTraitInput')
export class CreateComputedTraitInput {
  @Field(() => String, { description: '1 to 64 of the characters a-z, 0-9, _ and -, unique among computed traits.' })
  declare readonly key: string;

  @Field(() => String)
  declare readonly name: string;

  @Field(() => JsonObjectScalar)
  declare readonly definition: JsonObject;
}

@InputType('DeleteComputedTraitInput')
export class DeleteComputedTraitInput {
  @Field(() => String)
  declare readonly key: string;
}
