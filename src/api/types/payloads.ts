import { ID, Int, ObjectType } from 'type-graphql';
import { PlainField } from '../plainField';
import { DateTimeScalar } from '../scalars';
import { SourceType } from './SourceType';

@ObjectType('IngestPayload', {
  description: 'position: hand it back as the request header `throughline-position` to read your own writes.',
})
export class IngestPayloadType {
  @PlainField(() => Int, { description: 'The others were refused and are dead letters.' })
  declare readonly accepted: number;

  @PlainField(() => String)
  declare readonly position: string;
}

@ObjectType('SourcePayload')
export class SourcePayloadType {
  @PlainField(() => SourceType)
  declare readonly source: SourceType;
}

@ObjectType('DeadLetterPayload')
export class DeadLetterPayloadType {
  @PlainField(() => ID)
  declare readonly id: string;

  @PlainField(() => Boolean)
  declare readonly accepted: boolean;

  @PlainField(() => String, { nullable: true, description: 'Why it was refused again.' })
  declare readonly code: string | null;

  @PlainField(() => String, { nullable: true })
  declare readonly reason: string | null;
}

@ObjectType('ApiKeyPayload')
export class ApiKeyPayloadType {
  @PlainField(() => ID)
  declare readonly id: string;

  @PlainField(() => String, { description: 'shown once' })
  declare readonly key: string;

  @PlainField(() => [String])
  declare readonly scopes: readonly string[];

  @PlainField(() => DateTimeScalar, { nullable: true, description: 'null: it works until it is revoked' })
  declare readonly expiresAt: number | null;
}

@ObjectType('DeletePayload')
export class DeletePayloadType {
  @PlainField(() => ID)
  declare readonly id: string;
}
