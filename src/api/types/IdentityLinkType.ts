import { Ctx, Field, Float, ObjectType } from 'type-graphql';
import { type LinkSaid, linkInWords, type Sighting } from '../linkInWords';
import { PlainField } from '../plainField';
import type { LinkRecord } from '../ports/identityGraphReader';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar } from '../scalars';
import { IdentifierType } from './IdentifierType';
import { InteractionType } from './InteractionType';
import { sourceOf } from './SourceType';

export interface LinkEnds {
  readonly from: IdentifierType;
  readonly to: IdentifierType;
  /** The one whose type's rule decides over the link. */
  readonly weaker: IdentifierType;
}

/** What can be said of any link, whether it joins its ends or not. */
@ObjectType()
export abstract class LinkFields {
  constructor(
    protected readonly record: LinkRecord,
    ends: LinkEnds,
  ) {
    this.from = ends.from;
    this.to = ends.to;
    this.rule = record.decidedRule ?? (record.alias ? 'alias' : ends.weaker.type);
  }

  @PlainField(() => IdentifierType)
  readonly from: IdentifierType;

  @PlainField(() => IdentifierType)
  readonly to: IdentifierType;

  @PlainField(() => String, {
    description:
      'person or match where that decided; alias; or the type of the weaker end: its rule in identityRules decides over the link',
  })
  readonly rule: string;

  @PlainField(() => DateTimeScalar, {
    nullable: true,
    description: 'When both ends were first on one message; null where they never were.',
  })
  get firstSeenAt(): number | null {
    return this.record.firstSeenAtMs;
  }

  @PlainField(() => DateTimeScalar, { nullable: true })
  get lastSeenAt(): number | null {
    return this.record.lastSeenAtMs;
  }

  @Field(() => [InteractionType], { description: 'The first and the last message that both ends were on.' })
  async evidence(@Ctx() context: RequestContext): Promise<readonly InteractionType[]> {
    const ids = [this.record.firstInteractionId, this.record.lastInteractionId].filter((id) => id !== null);
    const records = await Promise.all([...new Set(ids)].map((id) => context.timelines.interaction.load(id)));
    return records.filter((record) => record !== null).map((record) => new InteractionType(record, !context.access.seesPersonal));
  }

  protected async said(context: RequestContext): Promise<LinkSaid> {
    const { firstInteractionId, firstSeenAtMs, lastInteractionId, lastSeenAtMs } = this.record;
    const [first, last] = await Promise.all([
      sighting(context, firstInteractionId, firstSeenAtMs),
      sighting(context, lastInteractionId, lastSeenAtMs),
    ]);
    return { from: this.from, to: this.to, first, last };
  }
}

@ObjectType('IdentityLink')
export class IdentityLinkType extends LinkFields {
  @PlainField(() => Float, { nullable: true, description: 'null for a link that was seen, not guessed' })
  get probability(): number | null {
    return this.record.probability;
  }

  @PlainField(() => DateTimeScalar, { description: 'When it was decided, or first seen.' })
  get linkedAt(): number {
    return this.record.decidedAtMs ?? this.record.firstSeenAtMs ?? 0;
  }

  @Field(() => String, { description: 'Why both are one customer, in words.' })
  async explanation(@Ctx() context: RequestContext): Promise<string> {
    return linkInWords(this.record, await this.said(context));
  }
}

async function sighting(context: RequestContext, interactionId: string | null, atMs: number | null): Promise<Sighting | null> {
  if (interactionId === null || atMs === null) return null;
  const interaction = await context.timelines.interaction.load(interactionId);
  const source = interaction && (await sourceOf(context, interaction.sourceId));
  return { atMs, source: source?.name ?? null };
}
