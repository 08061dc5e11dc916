import { Ctx, Field, ObjectType } from 'type-graphql';
import { maskText } from '../masking';
import { PlainField } from '../plainField';
import type { ConsentRecord } from '../ports/privacyDesk';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar } from '../scalars';
import { SourceType, sourceOf } from './SourceType';

@ObjectType('Consent', {
  description: 'What a customer said last of a purpose; where its identifiers say different things, the refusal counts.',
})
export class ConsentType {
  constructor(
    private readonly record: ConsentRecord,
    private readonly masked: boolean,
  ) {}

  @PlainField(() => String)
  get purpose(): string {
    return this.masked ? maskText(this.record.purpose) : this.record.purpose;
  }

  @PlainField(() => Boolean)
  get granted(): boolean {
    return this.record.granted;
  }

  @PlainField(() => DateTimeScalar)
  get at(): number {
    return this.record.atMs;
  }

  @Field(() => SourceType, { nullable: true })
  source(@Ctx() context: RequestContext): Promise<SourceType | null> {
    return sourceOf(context, this.record.sourceId);
  }
}
