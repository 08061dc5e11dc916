import { Ctx, Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';
import { BrokenLimits } from '../../identity/brokenLimits';
import type { MatchSettings } from '../../identity/matchSettings';
import type { MatchStatus } from '../../identity/matchStatus';
import { TypeCounts } from '../../identity/typeCounts';
import { publicId } from '../../kernel/ids';
import { Refusal } from '../../kernel/refusals';
import { maskIdentifier } from '../masking';
import { PlainField } from '../plainField';
import type { FieldComparisonRecord, MatchCandidateRecord } from '../ports/matchDesk';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar } from '../scalars';
import { ProfileType } from './ProfileType';

export const MatchStatusEnum: { readonly [Key in MatchStatus]: Key } = { PENDING: 'PENDING', ACCEPTED: 'ACCEPTED', REJECTED: 'REJECTED' };
registerEnumType(MatchStatusEnum, { name: 'MatchStatus' });

@ObjectType('FieldComparison')
export class FieldComparisonType {
  constructor(
    private readonly record: FieldComparisonRecord,
    private readonly masked: boolean,
  ) {}

  @PlainField(() => String, { description: 'As Segment reserves its name: firstName, lastName, birthday, email …' })
  get field(): string {
    return this.record.field;
  }

  @PlainField(() => String, {
    nullable: true,
    description: 'As it is compared, null where nothing is known; masked without the scope pii:read.',
  })
  get left(): string | null {
    return this.shown(this.record.left);
  }

  @PlainField(() => String, { nullable: true })
  get right(): string | null {
    return this.shown(this.record.right);
  }

  @PlainField(() => String, { description: 'How well both agree, in words; unknown where one of them is not known.' })
  get level(): string {
    return this.record.level;
  }

  @PlainField(() => Float, { description: 'log2 of the Bayes factor' })
  get matchWeight(): number {
    return this.record.matchWeight;
  }

  private shown(value: string | null): string | null {
    return value !== null && this.masked ? maskIdentifier(this.record.field, value) : value;
  }
}

@ObjectType('MatchCandidate')
export class MatchCandidateType {
  constructor(
    private readonly record: MatchCandidateRecord,
    private readonly masked: boolean,
  ) {}

  @PlainField(() => ID)
  get id(): string {
    return publicId('MatchCandidate', this.record.candidateId);
  }

  @Field(() => ProfileType)
  left(@Ctx() context: RequestContext): Promise<ProfileType> {
    return holderOf(context, this.record.leftId);
  }

  @Field(() => ProfileType, { description: 'The same as left once the match is accepted.' })
  right(@Ctx() context: RequestContext): Promise<ProfileType> {
    return holderOf(context, this.record.rightId);
  }

  @PlainField(() => Float)
  get probability(): number {
    return this.record.probability;
  }

  @PlainField(() => Float, {
    description: 'log2 of the odds: the comparisons, what is known beforehand, and less what people living together share anyhow',
  })
  get matchWeight(): number {
    return this.record.weight;
  }

  @PlainField(() => [FieldComparisonType])
  get comparisons(): readonly FieldComparisonType[] {
    return this.record.comparisons.map((comparison) => new FieldComparisonType(comparison, this.masked));
  }

  @PlainField(() => MatchStatusEnum)
  get status(): MatchStatus {
    return this.record.status;
  }

  @Field(() => [String], {
    description:
      'Why it can not be accepted any more: the limits that both would break as one profile since it was proposed. Nearly always empty, and once it is decided.',
  })
  refusals(@Ctx() context: RequestContext): readonly string[] {
    const { status, leftTypeCounts, rightTypeCounts } = this.record;
    if (status !== 'PENDING') return [];
    const profiles = [TypeCounts.of(leftTypeCounts), TypeCounts.of(rightTypeCounts)];
    return BrokenLimits.of(profiles, context.settings.identityRules).inWords();
  }

  @PlainField(() => DateTimeScalar)
  get createdAt(): number {
    return this.record.createdAtMs;
  }

  @PlainField(() => DateTimeScalar, { nullable: true })
  get decidedAt(): number | null {
    return this.record.decidedAtMs;
  }

  @PlainField(() => String, {
    nullable: true,
    description: 'The name of the API key, or matching where it was certain enough without a person.',
  })
  get decidedBy(): string | null {
    return this.record.decidedBy;
  }
}

@ObjectType('DecideMatchPayload')
export class DecideMatchPayloadType {
  @PlainField(() => MatchCandidateType)
  declare readonly candidate: MatchCandidateType;

  @PlainField(() => ProfileType, { nullable: true, description: 'What both are now; null where they were rejected.' })
  declare readonly profile: ProfileType | null;
}

@ObjectType('MatchSettings', { description: 'From which probabilities on profiles are proposed as one customer, and joined.' })
export class MatchSettingsType implements MatchSettings {
  @PlainField(() => Float, { nullable: true, description: 'From here on pairs wait in matchCandidates; null: profiles are not compared.' })
  declare readonly reviewFrom: number | null;

  @PlainField(() => Float, { nullable: true, description: 'From here on pairs are joined without a person; null: never.' })
  declare readonly joinFrom: number | null;
}

@ObjectType('SetMatchSettingsPayload')
export class SetMatchSettingsPayloadType {
  @PlainField(() => MatchSettingsType)
  declare readonly settings: MatchSettings;
}

async function holderOf(context: RequestContext, identifierId: string): Promise<ProfileType> {
  const record = await context.profiles.byIdentifierId.load(identifierId);
  if (!record) throw new Refusal('NOT_FOUND');
  return new ProfileType(record, context);
}
