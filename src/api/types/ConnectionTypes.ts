import { Field, Int, ObjectType } from 'type-graphql';
import type { Page } from '../../timeline/page';
import { PlainField } from '../plainField';
import { AuditEntryType } from './AuditEntryType';
import { DeadLetterType } from './DeadLetterType';
import { ErasureType } from './ErasureType';
import { InteractionType } from './InteractionType';
import { MatchCandidateType } from './MatchTypes';
import { PageInfoType } from './PageInfoType';
import { ProfileType } from './ProfileType';
import { SegmentType } from './SegmentType';

/** GraphQL's Int ends here. */
const MOST = 2_147_483_647;

/** A page of a list; what the list holds in all is counted only for who asks. */
abstract class Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfoType;

  constructor(
    page: Page<Node>,
    private readonly count: () => Promise<number> | number | null,
  ) {
    this.edges = page.edges;
    this.nodes = page.edges.map((edge) => edge.node);
    this.pageInfo = page.pageInfo;
  }

  protected async counted(): Promise<number | null> {
    const count = await this.count();
    return count === null ? null : Math.min(count, MOST);
  }
}

@ObjectType('InteractionEdge')
export class InteractionEdgeType {
  @PlainField(() => String)
  declare readonly cursor: string;

  @PlainField(() => InteractionType)
  declare readonly node: InteractionType;
}

@ObjectType('InteractionConnection')
export class InteractionConnectionType extends Connection<InteractionType> {
  @PlainField(() => [InteractionEdgeType])
  declare readonly edges: readonly InteractionEdgeType[];

  @PlainField(() => [InteractionType])
  declare readonly nodes: readonly InteractionType[];

  @PlainField(() => PageInfoType)
  declare readonly pageInfo: PageInfoType;

  @Field(() => Int)
  totalCount(): Promise<number | null> {
    return this.counted();
  }
}

@ObjectType('ProfileEdge')
export class ProfileEdgeType {
  @PlainField(() => String)
  declare readonly cursor: string;

  @PlainField(() => ProfileType)
  declare readonly node: ProfileType;
}

@ObjectType('ProfileConnection')
export class ProfileConnectionType extends Connection<ProfileType> {
  @PlainField(() => [ProfileEdgeType])
  declare readonly edges: readonly ProfileEdgeType[];

  @PlainField(() => [ProfileType])
  declare readonly nodes: readonly ProfileType[];

  @PlainField(() => PageInfoType)
  declare readonly pageInfo: PageInfoType;

  @Field(() => Int, { nullable: true, description: 'null where counting would cost more than the page' })
  totalCount(): Promise<number | null> {
    return this.counted();
  }
}

@ObjectType('DeadLetterEdge')
export class DeadLetterEdgeType {
  @PlainField(() => String)
  declare readonly cursor: string;

  @PlainField(() => DeadLetterType)
  declare readonly node: DeadLetterType;
}

@ObjectType('DeadLetterConnection')
export class DeadLetterConnectionType extends Connection<DeadLetterType> {
  @PlainField(() => [DeadLetterEdgeType])
  declare readonly edges: readonly DeadLetterEdgeType[];

  @PlainField(() => [DeadLetterType])
  declare readonly nodes: readonly DeadLetterType[];

  @PlainField(() => PageInfoType)
  declare readonly pageInfo: PageInfoType;

  @Field(() => Int, { nullable: true })
  totalCount(): Promise<number | null> {
    return this.counted();
  }
}

@ObjectType('AuditEntryEdge')
export class AuditEntryEdgeType {
  @PlainField(() => String)
  declare readonly cursor: string;

  @PlainField(() => AuditEntryType)
  declare readonly node: AuditEntryType;
}

@ObjectType('AuditEntryConnection')
export class AuditEntryConnectionType extends Connection<AuditEntryType> {
  @PlainField(() => [AuditEntryEdgeType])
  declare readonly edges: readonly AuditEntryEdgeType[];

  @PlainField(() => [AuditEntryType])
  declare readonly nodes: readonly AuditEntryType[];

  @PlainField(() => PageInfoType)
  declare readonly pageInfo: PageInfoType;

  @Field(() => Int, { nullable: true })
  totalCount(): Promise<number | null> {
    return this.counted();
  }
}

@ObjectType('MatchCandidateEdge')
export class MatchCandidateEdgeType {
  @PlainField(() => String)
  declare readonly cursor: string;

  @PlainField(() => MatchCandidateType)
  declare readonly node: MatchCandidateType;
}

@ObjectType('MatchCandidateConnection')
export class MatchCandidateConnectionType extends Connection<MatchCandidateType> {
  @PlainField(() => [MatchCandidateEdgeType])
  declare readonly edges: readonly MatchCandidateEdgeType[];

  @PlainField(() => [MatchCandidateType])
  declare readonly nodes: readonly MatchCandidateType[];

  @PlainField(() => PageInfoType)
  declare readonly pageInfo: PageInfoType;

  @Field(() => Int, { nullable: true })
  totalCount(): Promise<number | null> {
    return this.counted();
  }
}

@ObjectType('SegmentEdge')
export class SegmentEdgeType {
  @PlainField(() => String)
  declare readonly cursor: string;

  @PlainField(() => SegmentType)
  declare readonly node: SegmentType;
}

@ObjectType('SegmentConnection')
export class SegmentConnectionType extends Connection<SegmentType> {
  @PlainField(() => [SegmentEdgeType])
  declare readonly edges: readonly SegmentEdgeType[];

  @PlainField(() => [SegmentType])
  declare readonly nodes: readonly SegmentType[];

  @PlainField(() => PageInfoType)
  declare readonly pageInfo: PageInfoType;

  @Field(() => Int, { nullable: true })
  totalCount(): Promise<number | null> {
    return this.counted();
  }
}

@ObjectType('ErasureEdge')
export class ErasureEdgeType {
  @PlainField(() => String)
  declare readonly cursor: string;

  @PlainField(() => ErasureType)
  declare readonly node: ErasureType;
}

@ObjectType('ErasureConnection')
export class ErasureConnectionType extends Connection<ErasureType> {
  @PlainField(() => [ErasureEdgeType])
  declare readonly edges: readonly ErasureEdgeType[];

  @PlainField(() => [ErasureType])
  declare readonly nodes: readonly ErasureType[];

  @PlainField(() => PageInfoType)
  declare readonly pageInfo: PageInfoType;

  @Field(() => Int, { nullable: true })
  totalCount(): Promise<number | null> {
    return this.counted();
  }
}
