import { Field, ID, InputType } from 'type-graphql';
import type { JsonObject } from '../../kernel/json';
import type { Department } from '../../kernel/vocabulary';
import { DateTimeScalar, JsonObjectScalar } from '../scalars';
import { DepartmentEnum } from '../types/enums';

@InputType('CreateSourceInput')
export class CreateSourceInput {
  @Field(() => String)
  declare readonly name: string;

  @Field(() => String)
  declare readonly type: string;

  @Field(() => DepartmentEnum)
  declare readonly department: Department;

  @Field(() => JsonObjectScalar, { nullable: true })
  declare readonly settings?: JsonObject | null;
}

@InputType('UpdateSourceInput')
export class UpdateSourceInput {
  @Field(() => ID)
  declare readonly id: string;

  @Field(() => String, { nullable: true, description: 'Left out: as it is.' })
  declare readonly name?: string | null;

  @Field(() => JsonObjectScalar, {
    nullable: true,
    description: 'Members given replace those before, null takes one away, all others stay.',
  })
  declare readonly settings?: JsonObject | null;
}

@InputType('CreateApiKeyInput')
export class CreateApiKeyInput {
  @Field(() => String)
  declare readonly name: string;

  @Field(() => [String], { description: 'Among those that the key you ask with has itself.' })
  declare readonly scopes: readonly string[];

  @Field(() => DateTimeScalar, { nullable: true, description: 'It works until then; left out: until it is revoked.' })
  declare readonly expiresAt?: number | null;
}

@InputType('RevokeApiKeyInput')
export class RevokeApiKeyInput {
  @Field(() => ID)
  declare readonly id: string;
}
