import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import { publicId } from '../../kernel/ids';
import type { JsonObject } from '../../kernel/json';
import { maskedRefusal } from '../maskedRefusal';
import { maskWhole } from '../masking';
import { PlainField } from '../plainField';
import type { DeadLetterRecord } from '../ports/ingestionStore';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar, JsonObjectScalar } from '../scalars';
import { SourceType, sourceOf } from './SourceType';

@ObjectType('DeadLetter')
export class DeadLetterType {
  constructor(
    private readonly record: DeadLetterRecord,
    private readonly masked: boolean,
  ) {}

  @PlainField(() => ID)
  get id(): string {
    return publicId('DeadLetter', this.record.deadLetterId);
  }

  @PlainField(() => DateTimeScalar)
  get at(): number {
    return this.record.atMs;
  }

  @PlainField(() => String)
  get code(): string {
    return this.record.code;
  }

  @PlainField(() => String)
  get reason(): string {
    const { code, reason } = this.record;
    return this.masked ? maskedRefusal(code, reason) : reason;
  }

  @Field(() => SourceType, { nullable: true })
  source(@Ctx() context: RequestContext): Promise<SourceType | null> {
    return sourceOf(context, this.record.sourceId);
  }

  @PlainField(() => JsonObjectScalar)
  get message(): JsonObject {
    const message: JsonObject = JSON.parse(this.record.message);
    return this.masked ? maskWhole(message) : message;
  }
}
