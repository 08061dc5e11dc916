import { Arg, Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { publicId } from '../../kernel/ids';
import { isJsonObject, type JsonObject } from '../../kernel/json';
import type { Interval } from '../../measures/journeys/periods';
import { maskedDefinition } from '../maskedDefinition';
import { maskText } from '../masking';
import { PlainField } from '../plainField';
import type { SegmentRecord, SegmentStatus } from '../ports/segmentReader';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar, JsonObjectScalar } from '../scalars';
import { segmentHistory } from '../segmentHistory';
import { membersPage } from '../segmentPages';
import { ProfileConnectionType } from './ConnectionTypes';
import { IntervalEnum } from './enums';
import { NodeType } from './NodeType';
import { SegmentSizePointType } from './SegmentSizePointType';
import { SegmentStatusEnum } from './segmentEnums';

@ObjectType('Segment', { implements: NodeType, description: 'A rule over customers, and who satisfies it now.' })
export class SegmentType extends NodeType {
  constructor(
    private readonly record: SegmentRecord,
    private readonly masked: boolean,
  ) {
    super();
  }

  @PlainField(() => ID)
  get id(): string {
    return publicId('Segment', this.record.segmentId);
  }

  @PlainField(() => String)
  get key(): string {
    return this.record.key;
  }

  @PlainField(() => String)
  get name(): string {
    return this.masked ? maskText(this.record.name) : this.record.name;
  }

  @PlainField(() => String, { nullable: true })
  get description(): string | null {
    const { description } = this.record;
    return description !== null && this.masked ? maskText(description) : description;
  }

  @PlainField(() => JsonObjectScalar)
  get definition(): JsonObject {
    const { definition } = this.record;
    const object = isJsonObject(definition) ? definition : {};
    return this.masked ? maskedDefinition(object) : object;
  }

  @PlainField(() => Int)
  get size(): number {
    return this.record.size;
  }

  @Field(() => DateTimeScalar, { nullable: true, description: 'Memberships are true as of then; null while the first computation runs.' })
  freshAt(@Ctx() context: RequestContext): Promise<number | null> {
    return context.segments.freshAt.load(this.record);
  }

  @PlainField(() => SegmentStatusEnum)
  get status(): SegmentStatus {
    return this.record.status;
  }

  @PlainField(() => String, { nullable: true, description: 'Why it could not be evaluated, of one that is FAILED.' })
  get failure(): string | null {
    const { failure } = this.record;
    return failure !== null && this.masked ? maskText(failure) : failure;
  }

  @PlainField(() => DateTimeScalar)
  get createdAt(): number {
    return this.record.createdAtMs;
  }

  @PlainField(() => DateTimeScalar, { description: 'When somebody changed its name, description or definition last.' })
  get updatedAt(): number {
    return this.record.updatedAtMs;
  }

  @Field(() => ProfileConnectionType, {
    description:
      'The newest profiles first. Whoever is in throughout stands on one page, however many enter and leave meanwhile. Needs profiles:read.',
  })
  members(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { nullable: true, defaultValue: 100 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<ProfileConnectionType> {
    return membersPage(context, this.record, { first, after });
  }

  @Field(() => [SegmentSizePointType], {
    description: 'A point for each calendar period of UTC that [from, to) touches and that has begun, at most 1,000.',
  })
  history(
    @Ctx() context: RequestContext,
    @Arg('from', () => DateTimeScalar) from: number,
    @Arg('to', () => DateTimeScalar) to: number,
    @Arg('interval', () => IntervalEnum, { nullable: true, defaultValue: 'DAY' }) interval: Interval | null,
  ): Promise<readonly SegmentSizePointType[]> {
    return segmentHistory(context, this.record.segmentId, { fromMs: from, toMs: to, interval: interval ?? 'DAY' });
  }
}

export function segmentOf(context: RequestContext, record: SegmentRecord): SegmentType {
  return new SegmentType(record, !context.access.seesPersonal);
}
