import { Ctx, Field, ObjectType } from 'type-graphql';
import { maskIdentifier } from '../masking';
import { PlainField } from '../plainField';
import type { MemberRecord } from '../ports/profileReader';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar } from '../scalars';
import { SourceType, sourceOf } from './SourceType';

@ObjectType('Identifier')
export class IdentifierType {
  constructor(
    private readonly record: MemberRecord,
    private readonly masked: boolean,
  ) {}

  @PlainField(() => String)
  get type(): string {
    return this.record.type;
  }

  @PlainField(() => String)
  get value(): string {
    return this.masked ? maskIdentifier(this.record.type, this.record.value) : this.record.value;
  }

  @Field(() => SourceType, { nullable: true })
  source(@Ctx() context: RequestContext): Promise<SourceType | null> {
    return sourceOf(context, this.record.sourceId);
  }

  @PlainField(() => DateTimeScalar)
  get firstSeenAt(): number {
    return Math.min(this.record.firstSeenAtMs, this.record.sighting?.firstSeenAtMs ?? Number.POSITIVE_INFINITY);
  }

  @PlainField(() => DateTimeScalar)
  get lastSeenAt(): number {
    return Math.max(this.record.lastSeenAtMs, this.record.sighting?.lastSeenAtMs ?? Number.NEGATIVE_INFINITY);
  }

  @PlainField(() => Boolean)
  get verified(): boolean {
    return this.record.verified;
  }
}

export function identifiersOf(context: RequestContext, members: readonly MemberRecord[]): readonly IdentifierType[] {
  return members.map((member) => new IdentifierType(member, !context.access.seesPersonal));
}
