import { ObjectType } from 'type-graphql';
import type { JsonObject } from '../../kernel/json';
import { PlainField } from '../plainField';
import { JsonObjectScalar } from '../scalars';

@ObjectType('ComputedTrait', { description: 'A trait that is counted from interactions.' })
export class ComputedTraitType {
  @PlainField(() => String)
  declare readonly key: string;

  @PlainField(() => String)
  declare readonly name: string;

  @PlainField(() => JsonObjectScalar)
  declare readonly definition: JsonObject;
}

@ObjectType('ComputedTraitPayload')
export class ComputedTraitPayloadType {
  @PlainField(() => String)
  declare readonly key: string;

  @PlainField(() => JsonObjectScalar)
  declare readonly definition: JsonObject;
}

@ObjectType('DeleteComputedTraitPayload')
export class DeleteComputedTraitPayloadType {
  @PlainField(() => String)
  declare readonly key: string;
}
