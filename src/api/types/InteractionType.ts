import { Ctx, Field, Float, ID, ObjectType } from 'type-graphql';
import { publicId } from '../../kernel/ids';
import type { JsonObject } from '../../kernel/json';
import type { Channel, Department, Direction, InteractionKind } from '../../kernel/vocabulary';
import type { TimelinePlace } from '../../timeline/cursor';
import { customerWords } from '../../timeline/sentiment/spokenWords';
import { summarise } from '../../timeline/summarise';
import { textsIn } from '../../timeline/textMatch';
import { maskObject, maskText } from '../masking';
import { PlainField } from '../plainField';
import type { InteractionRecord } from '../ports/timelineReader';
import { RawJson } from '../rawJson';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar, JsonObjectScalar } from '../scalars';
import { ChannelEnum, DepartmentEnum, DirectionEnum, InteractionKindEnum } from './enums';
import { NodeType } from './NodeType';
import { ProfileType } from './ProfileType';
import { SourceType, sourceOf } from './SourceType';

@ObjectType('InteractionSubject')
export class InteractionSubjectType {
  constructor(type: string, externalId: string) {
    this.type = type;
    this.externalId = externalId;
  }

  @PlainField(() => String)
  readonly type: string;

  @PlainField(() => String)
  readonly externalId: string;
}

@ObjectType('Interaction', { implements: NodeType })
export class InteractionType extends NodeType {
  /** `customer`: whose timeline it was read from; null where it was found by its own id. */
  constructor(
    private readonly record: InteractionRecord,
    private readonly masked: boolean,
    private readonly customer: ProfileType | null = null,
  ) {
    super();
  }

  /** Where it stands in a timeline. */
  get place(): TimelinePlace {
    return this.record;
  }

  /** What a search for text goes by: of masked interactions nothing but what is shown in clear. */
  get searchable(): string {
    if (this.masked) return `${this.summary}\n${this.name}`;
    const { name, subjectId, properties } = this.record;
    return [this.summary, name, subjectId ?? '', textsIn(JSON.parse(properties))].join('\n');
  }

  @PlainField(() => ID)
  get id(): string {
    return publicId('Interaction', this.record.interactionId);
  }

  @PlainField(() => String)
  get messageId(): string {
    return this.masked ? maskText(this.record.messageId) : this.record.messageId;
  }

  @PlainField(() => DateTimeScalar)
  get occurredAt(): number {
    return this.record.occurredAtMs;
  }

  @PlainField(() => DateTimeScalar)
  get receivedAt(): number {
    return this.record.receivedAtMs;
  }

  @PlainField(() => DepartmentEnum)
  get department(): Department {
    return this.record.department;
  }

  @PlainField(() => ChannelEnum)
  get channel(): Channel {
    return this.record.channel;
  }

  @PlainField(() => InteractionKindEnum)
  get kind(): InteractionKind {
    return this.record.kind;
  }

  @PlainField(() => DirectionEnum)
  get direction(): Direction {
    return this.record.direction;
  }

  @PlainField(() => String)
  get name(): string {
    return this.masked ? maskText(this.record.name) : this.record.name;
  }

  @PlainField(() => String, { description: 'One line a person can read, such as: Order 1042 placed, 59.90 EUR, 3 items.' })
  get summary(): string {
    const { kind, channel, direction } = this.record;
    const line = summarise({ kind, channel, direction, name: this.name, subject: this.subject, properties: this.shownProperties() });
    return this.masked ? maskText(line) : line;
  }

  @PlainField(() => JsonObjectScalar)
  get properties(): JsonObject | RawJson {
    return this.masked ? this.shownProperties() : new RawJson(this.record.properties);
  }

  @Field(() => SourceType, { nullable: true })
  source(@Ctx() context: RequestContext): Promise<SourceType | null> {
    return sourceOf(context, this.record.sourceId);
  }

  @PlainField(() => InteractionSubjectType, {
    nullable: true,
    description: 'Ticket, chat, call or deal that this belongs to, as the source numbers it.',
  })
  get subject(): InteractionSubjectType | null {
    const { subjectType, subjectId } = this.record;
    if (subjectType === null || subjectId === null) return null;
    return new InteractionSubjectType(subjectType, this.masked ? maskText(subjectId) : subjectId);
  }

  @Field(() => Float, {
    nullable: true,
    description: "-1 to 1 (VADER's compound), of customers' own words; null of others' and of languages that can't be judged.",
  })
  sentiment(@Ctx() context: RequestContext): number | null {
    const { kind, direction, properties } = this.record;
    const words = customerWords({ kind, direction, properties: JSON.parse(properties) });
    return words === null ? null : context.sentimentOf(words);
  }

  @Field(() => ProfileType)
  async profile(@Ctx() context: RequestContext): Promise<ProfileType> {
    if (this.customer) return this.customer;
    const record = await context.profiles.byIdentifierId.load(this.record.identifierId);
    if (!record) throw new Error(`Interaction ${this.record.interactionId} is on an identifier without a profile.`);
    return new ProfileType(record, context);
  }

  private shownProperties(): JsonObject {
    const properties: JsonObject = JSON.parse(this.record.properties);
    return this.masked ? maskObject(properties) : properties;
  }
}
