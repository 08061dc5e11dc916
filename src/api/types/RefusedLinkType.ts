import { Ctx, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { publicId } from '../../kernel/ids';
import { refusalInWords } from '../linkInWords';
import { PlainField } from '../plainField';
import type { OuterLinkRecord } from '../ports/identityGraphReader';
import type { MemberRecord } from '../ports/profileReader';
import type { RequestContext } from '../requestContext';
import { type ExceededLimit, LINK_REFUSALS, type WhyRefused, whyRefused } from '../whyRefused';
import { type LinkEnds, LinkFields } from './IdentityLinkType';

const LinkRefusalEnum = Object.fromEntries(LINK_REFUSALS.map((reason) => [reason, reason])) as {
  readonly [Reason in WhyRefused['reason']]: Reason;
};
registerEnumType(LinkRefusalEnum, {
  name: 'LinkRefusal',
  description:
    'LIMIT: a profile would hold too many of a type. HUB: an end is linked to too many. BLOCKED: the rules say that an end identifies nobody. DECISION: a person said so. PENDING: the rules were changed, and the link was not looked at since.',
});

@ObjectType('ExceededLimit')
export class ExceededLimitType implements ExceededLimit {
  @PlainField(() => String)
  declare readonly type: string;

  @PlainField(() => Int)
  declare readonly limitPerProfile: number;

  @PlainField(() => Int, { description: 'How many both profiles hold.' })
  declare readonly together: number;
}

@ObjectType('RefusedLink', { description: 'From an identifier of this profile to one that is not on it.' })
export class RefusedLinkType extends LinkFields {
  private readonly why: WhyRefused;

  constructor(
    private readonly outer: OuterLinkRecord,
    ends: LinkEnds & { readonly inner: MemberRecord },
    context: RequestContext,
  ) {
    super(outer, ends);
    this.why = whyRefused(outer, ends.inner, context.settings.identityRules);
  }

  @PlainField(() => ID, { description: 'The profile that the other end is on.' })
  get otherProfileId(): string {
    return publicId('Profile', this.outer.outerProfileId);
  }

  @PlainField(() => LinkRefusalEnum)
  get reason(): WhyRefused['reason'] {
    return this.why.reason;
  }

  @PlainField(() => [ExceededLimitType], { description: 'Empty for other reasons.' })
  get limits(): readonly ExceededLimit[] {
    return this.why.limits;
  }

  @Field(() => String, { description: 'Why both are not one customer, in words.' })
  async explanation(@Ctx() context: RequestContext): Promise<string> {
    return refusalInWords(this.record, await this.said(context), this.why);
  }
}
