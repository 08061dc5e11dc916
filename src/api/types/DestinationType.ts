import { Arg, Ctx, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { DeliveryStatus } from '../../activation/delivery';
import { webhookId } from '../../activation/webhookBody';
import { publicId } from '../../kernel/ids';
import { decodeCursor, encodeCursor } from '../../timeline/cursor';
import { type Page, type PageSizes, pageOf, planPage } from '../../timeline/page';
import { PlainField } from '../plainField';
import type { DeliveryRecord, DestinationRecord } from '../ports/destinationDesk';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar } from '../scalars';
import { FrictionKindEnum, SeverityEnum } from './experienceEnums';
import { NodeType } from './NodeType';
import { PageInfoType } from './PageInfoType';

const DELIVERY_PAGE: PageSizes = { usual: 50, most: 200 };

export const DeliveryStatusEnum: { readonly [Key in DeliveryStatus]: Key } = {
  PENDING: 'PENDING',
  DELIVERED: 'DELIVERED',
  FAILED: 'FAILED',
  WITHHELD: 'WITHHELD',
};
registerEnumType(DeliveryStatusEnum, {
  name: 'DeliveryStatus',
  description: 'FAILED: not taken within a day. WITHHELD: by the time of sending suppressed, without consent, or erased.',
});

@ObjectType('Delivery', { description: 'One change for one destination.' })
export class DeliveryType {
  constructor(private readonly record: DeliveryRecord) {}

  @PlainField(() => ID, { description: 'The header webhook-id of every attempt.' })
  get webhookId(): string {
    return webhookId(this.record.changeId);
  }

  @PlainField(() => String)
  get event(): string {
    return this.record.type;
  }

  @PlainField(() => ID)
  get profileId(): string {
    return publicId('Profile', this.record.profileId);
  }

  @PlainField(() => DateTimeScalar, { description: 'When it happened.' })
  get at(): number {
    return this.record.atMs;
  }

  @PlainField(() => DeliveryStatusEnum)
  get status(): DeliveryStatus {
    return this.record.status;
  }

  @PlainField(() => Int)
  get attempts(): number {
    return this.record.attempts;
  }

  @PlainField(() => DateTimeScalar, { nullable: true, description: 'Of one that is pending: not before.' })
  get nextAttemptAt(): number | null {
    return this.record.nextAttemptAtMs;
  }

  @PlainField(() => Int, { nullable: true, description: 'The HTTP status that it was answered with last.' })
  get responseStatus(): number | null {
    return this.record.lastStatus;
  }

  @PlainField(() => String, {
    nullable: true,
    description: 'A code such as TIMEOUT, STATUS, REDIRECT, ECONNREFUSED, SUPPRESSED, NO_CONSENT.',
  })
  get error(): string | null {
    return this.record.lastError;
  }

  @PlainField(() => DateTimeScalar, { nullable: true })
  get deliveredAt(): number | null {
    return this.record.deliveredAtMs;
  }
}

@ObjectType('DeliveryEdge')
export class DeliveryEdgeType {
  @PlainField(() => String)
  declare readonly cursor: string;

  @PlainField(() => DeliveryType)
  declare readonly node: DeliveryType;
}

@ObjectType('DeliveryConnection')
export class DeliveryConnectionType {
  @PlainField(() => [DeliveryEdgeType])
  readonly edges: readonly DeliveryEdgeType[];

  @PlainField(() => [DeliveryType])
  readonly nodes: readonly DeliveryType[];

  @PlainField(() => PageInfoType)
  readonly pageInfo: PageInfoType;

  constructor(page: Page<DeliveryRecord>) {
    this.edges = page.edges.map(({ cursor, node }) => ({ cursor, node: new DeliveryType(node) }));
    this.nodes = this.edges.map(({ node }) => node);
    this.pageInfo = page.pageInfo;
  }
}

@ObjectType('Destination', { implements: NodeType })
export class DestinationType extends NodeType {
  constructor(private readonly record: DestinationRecord) {
    super();
  }

  @PlainField(() => ID)
  get id(): string {
    return publicId('Destination', this.record.destinationId);
  }

  @PlainField(() => String)
  get name(): string {
    return this.record.name;
  }

  @PlainField(() => String)
  get url(): string {
    return this.record.url;
  }

  @PlainField(() => [String])
  get events(): readonly string[] {
    return this.record.events;
  }

  @PlainField(() => Boolean)
  get enabled(): boolean {
    return this.record.isEnabled;
  }

  @PlainField(() => Int, { description: 'Attempts that failed, one after the other; 0 when the last one got through.' })
  get failures(): number {
    return this.record.failures;
  }

  @PlainField(() => String, { nullable: true, description: 'GONE where it answered 410; null where a person disabled it.' })
  get disabledReason(): string | null {
    return this.record.disabledReason;
  }

  @PlainField(() => DateTimeScalar, { nullable: true, description: 'After many failures nothing is sent before; then one delivery tries.' })
  get pausedUntil(): number | null {
    return this.record.pausedUntilMs;
  }

  @PlainField(() => [ID], { description: 'Empty: of all segments.' })
  get segmentIds(): readonly string[] {
    return this.record.segmentIds.map((id) => publicId('Segment', id));
  }

  @PlainField(() => [FrictionKindEnum], { description: 'Empty: all kinds.' })
  get frictionKinds(): readonly string[] {
    return this.record.frictionKinds;
  }

  @PlainField(() => SeverityEnum, { nullable: true })
  get minSeverity(): string | null {
    return this.record.minSeverity;
  }

  @PlainField(() => String, { nullable: true, description: 'Only customers who grant it; null: all.' })
  get purpose(): string | null {
    return this.record.purpose;
  }

  @PlainField(() => Int)
  get quietPeriodSeconds(): number {
    return this.record.quietPeriodSeconds;
  }

  @Field(() => DeliveryConnectionType, { description: 'The log of the last 30 days, the latest first.' })
  async deliveries(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('status', () => DeliveryStatusEnum, { nullable: true }) status: DeliveryStatus | null,
  ): Promise<DeliveryConnectionType> {
    const plan = planPage({ first, after }, decodeCursor, DELIVERY_PAGE);
    const place = plan.after && { atMs: plan.after.occurredAtMs, changeId: plan.after.interactionId };
    const asked = { status: status ?? null, after: place, limit: plan.limit };
    const records = await context.ports.destinations.listDeliveries(context.access.workspaceId, this.record.destinationId, asked);
    return new DeliveryConnectionType(
      pageOf(plan, records, ({ atMs, changeId }) => encodeCursor({ occurredAtMs: atMs, interactionId: changeId })),
    );
  }
}

@ObjectType('DestinationPayload')
export class DestinationPayloadType {
  @PlainField(() => DestinationType)
  declare readonly destination: DestinationType;

  @PlainField(() => String, { description: 'shown once: signs every delivery' })
  declare readonly signingSecret: string;
}

@ObjectType('UpdateDestinationPayload')
export class UpdateDestinationPayloadType {
  @PlainField(() => DestinationType)
  declare readonly destination: DestinationType;
}

@ObjectType('ReplayDeliveriesPayload')
export class ReplayDeliveriesPayloadType {
  @PlainField(() => Int, { description: 'How many are sent again, under the ids they had.' })
  declare readonly replayed: number;
}
