import { Ctx, Field, Float, ID, ObjectType } from 'type-graphql';
import { publicId } from '../../kernel/ids';
import { PlainField } from '../plainField';
import type { LinkRecord, MergeRecord } from '../ports/identityGraphReader';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar } from '../scalars';
import { IdentifierType } from './IdentifierType';
import { InteractionType } from './InteractionType';

@ObjectType('IdentityLink')
export class IdentityLinkType {
  constructor(
    private readonly record: LinkRecord,
    from: IdentifierType,
    to: IdentifierType,
    rule: string,
  ) {
    this.from = from;
    this.to = to;
    this.rule = rule;
  }

  @PlainField(() => IdentifierType)
  readonly from: IdentifierType;

  @PlainField(() => IdentifierType)
  readonly to: IdentifierType;

  @PlainField(() => String, { description: 'alias, or the type of the weaker end: its rule decides over the link' })
  readonly rule: string;

  @PlainField(() => Float, { nullable: true, description: 'null for a link that was seen, not guessed' })
  get probability(): number | null {
    return null;
  }

  /** The first and the last message that both ends were on. */
  @Field(() => [InteractionType])
  async evidence(@Ctx() context: RequestContext): Promise<readonly InteractionType[]> {
    const ids = [...new Set([this.record.firstInteractionId, this.record.lastInteractionId])];
    const records = await Promise.all(ids.map((id) => context.timelines.interaction.load(id)));
    return records.filter((record) => record !== null).map((record) => new InteractionType(record, !context.access.seesPersonal));
  }

  @PlainField(() => DateTimeScalar)
  get linkedAt(): number {
    return this.record.firstSeenAtMs;
  }
}

@ObjectType('IdentityGraph')
export class IdentityGraphType {
  constructor(nodes: readonly IdentifierType[], links: readonly IdentityLinkType[]) {
    this.nodes = nodes;
    this.links = links;
  }

  @PlainField(() => [IdentifierType])
  readonly nodes: readonly IdentifierType[];

  @PlainField(() => [IdentityLinkType])
  readonly links: readonly IdentityLinkType[];
}

@ObjectType('MergeRecord')
export class MergeRecordType {
  constructor(private readonly record: MergeRecord) {}

  @PlainField(() => ID)
  get id(): string {
    return publicId('Merge', this.record.mergeId);
  }

  @PlainField(() => DateTimeScalar)
  get at(): number {
    return this.record.mergedAtMs;
  }

  @PlainField(() => String)
  get rule(): string {
    return this.record.rule;
  }

  @PlainField(() => ID)
  get survivorId(): string {
    return publicId('Profile', this.record.survivorId);
  }

  @PlainField(() => ID)
  get absorbedId(): string {
    return publicId('Profile', this.record.absorbedId);
  }

  @PlainField(() => DateTimeScalar, { nullable: true })
  get undoneAt(): number | null {
    return this.record.undoneAtMs;
  }

  @PlainField(() => String)
  get actor(): string {
    return this.record.actor;
  }
}
