import { Field, Int, ObjectType } from 'type-graphql';
import { PlainField } from '../plainField';
import type { Counted } from '../ports/identityGraphReader';
import { IdentifierType } from './IdentifierType';
import { IdentityLinkType } from './IdentityLinkType';
import { RefusedLinkType } from './RefusedLinkType';

/** Read when they are asked for. */
export interface LinksOfProfile {
  links(): Promise<Counted<IdentityLinkType>>;
  refusedLinks(): Promise<Counted<RefusedLinkType>>;
}

@ObjectType('IdentityGraph')
export class IdentityGraphType {
  constructor(
    nodes: readonly IdentifierType[],
    private readonly read: LinksOfProfile,
  ) {
    this.nodes = nodes;
  }

  @PlainField(() => [IdentifierType])
  readonly nodes: readonly IdentifierType[];

  @Field(() => [IdentityLinkType], { description: 'The first thousand, the earliest first.' })
  async links(): Promise<readonly IdentityLinkType[]> {
    return (await this.read.links()).items;
  }

  @Field(() => Int)
  async totalLinks(): Promise<number> {
    return (await this.read.links()).total;
  }

  @Field(() => [RefusedLinkType], {
    description: 'Links to identifiers of other profiles, which join nobody, and why: the latest thousand, the latest first.',
  })
  async refusedLinks(): Promise<readonly RefusedLinkType[]> {
    return (await this.read.refusedLinks()).items;
  }

  @Field(() => Int)
  async totalRefusedLinks(): Promise<number> {
    return (await this.read.refusedLinks()).total;
  }
}
