import { Ctx, Field, ObjectType } from 'type-graphql';
import type { Json } from '../../kernel/json';
import type { ResolvedTrait, SurvivorshipRule } from '../../profile/survivorship';
import type { ObservedTrait } from '../../profile/traitState';
import { maskField } from '../masking';
import { PlainField } from '../plainField';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar, JsonScalar } from '../scalars';
import { SurvivorshipRuleEnum } from './enums';
import { SourceType, sourceOf } from './SourceType';

@ObjectType('TraitValue')
export class TraitValueType {
  constructor(
    private readonly key: string,
    private readonly observed: ObservedTrait,
    private readonly masked: boolean,
  ) {}

  @PlainField(() => JsonScalar)
  get value(): Json {
    return this.masked ? maskField(this.key, this.observed.value) : this.observed.value;
  }

  @Field(() => SourceType, { nullable: true })
  source(@Ctx() context: RequestContext): Promise<SourceType | null> {
    return sourceOf(context, this.observed.sourceId);
  }

  @PlainField(() => DateTimeScalar)
  get observedAt(): number {
    return this.observed.atMs;
  }
}

@ObjectType('Trait')
export class TraitType {
  constructor(
    private readonly trait: ResolvedTrait,
    private readonly masked: boolean,
  ) {}

  @PlainField(() => String)
  get key(): string {
    return this.trait.key;
  }

  @PlainField(() => JsonScalar)
  get value(): Json {
    return this.masked ? maskField(this.trait.key, this.trait.value) : this.trait.value;
  }

  @Field(() => SourceType, { nullable: true })
  source(@Ctx() context: RequestContext): Promise<SourceType | null> {
    return sourceOf(context, this.trait.observed.sourceId);
  }

  @PlainField(() => DateTimeScalar)
  get observedAt(): number {
    return this.trait.observed.atMs;
  }

  @PlainField(() => SurvivorshipRuleEnum)
  get rule(): SurvivorshipRule {
    return this.trait.rule;
  }

  /** A value that was taken away is no alternative. */
  @PlainField(() => [TraitValueType])
  get alternatives(): readonly TraitValueType[] {
    const said = this.trait.alternatives.filter((observed) => observed.value !== null);
    return said.map((observed) => new TraitValueType(this.trait.key, observed, this.masked));
  }
}
