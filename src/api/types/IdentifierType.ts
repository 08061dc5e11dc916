import { Ctx, Field, ObjectType } from 'type-graphql';
import type { Sighting } from '../loaders/relatedLoaders';
import { maskIdentifier } from '../masking';
import { PlainField } from '../plainField';
import type { MemberRecord } from '../ports';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar } from '../scalars';
import { SourceType, sourceOf } from './SourceType';

@ObjectType('Identifier')
export class IdentifierType {
  /** `sighting`: when its links were seen; its own record knows only of the messages it owns. */
  constructor(
    private readonly record: MemberRecord,
    private readonly sighting: Sighting | null,
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
    return Math.min(this.record.firstSeenAtMs, this.sighting?.firstSeenAtMs ?? Number.POSITIVE_INFINITY);
  }

  @PlainField(() => DateTimeScalar)
  get lastSeenAt(): number {
    return Math.max(this.record.lastSeenAtMs, this.sighting?.lastSeenAtMs ?? Number.NEGATIVE_INFINITY);
  }

  @PlainField(() => Boolean)
  get verified(): boolean {
    return this.record.verified;
  }
}

export async function identifiersOf(context: RequestContext, members: readonly MemberRecord[]): Promise<readonly IdentifierType[]> {
  const sightings = await context.related.sightings.loadMany(members.map((member) => member.identifierId));
  return members.map((member, index) => {
    const sighting = sightings[index] ?? null;
    if (sighting instanceof Error) throw sighting;
    return new IdentifierType(member, sighting, !context.access.seesPersonal);
  });
}
