import { Float, Int, ObjectType } from 'type-graphql';
import type { Money } from '../../kernel/money';
import type { Department } from '../../kernel/vocabulary';
import type { FrictionKind } from '../../measures/friction/signal';
import { PlainField } from '../plainField';
import { DateTimeScalar } from '../scalars';
import { DepartmentEnum } from './enums';
import { FrictionKindEnum } from './experienceEnums';
import { MoneyType } from './MoneyType';

@ObjectType('NpsScore')
export class NpsScoreType {
  @PlainField(() => Float, { nullable: true, description: '-100 to 100; null without answers.' })
  declare readonly score: number | null;

  @PlainField(() => Int)
  declare readonly promoters: number;

  @PlainField(() => Int)
  declare readonly passives: number;

  @PlainField(() => Int)
  declare readonly detractors: number;

  @PlainField(() => Int)
  declare readonly responses: number;

  @PlainField(() => Int, { description: 'Answers outside 0 to 10, which count for nothing else.' })
  declare readonly invalid: number;

  @PlainField(() => Float, { nullable: true, description: 'Half of the 95 % interval, by the adjusted Wald method.' })
  declare readonly marginOfError: number | null;
}

@ObjectType('RateScore', { description: 'count of `of`, with the 95 % Wilson interval; all null where `of` is 0.' })
export class RateScoreType {
  @PlainField(() => Float, { nullable: true, description: '0 to 1' })
  declare readonly rate: number | null;

  @PlainField(() => Int)
  declare readonly count: number;

  @PlainField(() => Int)
  declare readonly of: number;

  @PlainField(() => Float, { nullable: true })
  declare readonly low: number | null;

  @PlainField(() => Float, { nullable: true })
  declare readonly high: number | null;
}

@ObjectType('MeanScore')
export class MeanScoreType {
  @PlainField(() => Float, { nullable: true })
  declare readonly mean: number | null;

  @PlainField(() => Int)
  declare readonly responses: number;

  @PlainField(() => Float, { nullable: true, description: 'Of the 95 % interval.' })
  declare readonly low: number | null;

  @PlainField(() => Float, { nullable: true })
  declare readonly high: number | null;
}

@ObjectType('DurationScore', { description: 'In minutes.' })
export class DurationScoreType {
  @PlainField(() => Float, { nullable: true })
  declare readonly median: number | null;

  @PlainField(() => Float, { nullable: true })
  declare readonly p90: number | null;

  @PlainField(() => Float, { nullable: true })
  declare readonly mean: number | null;

  @PlainField(() => Int)
  declare readonly count: number;
}

@ObjectType('PerceptionGap', { description: 'On 0 to 100; gap is internal less customers.' })
export class PerceptionGapType {
  @PlainField(() => DepartmentEnum)
  declare readonly department: Department;

  @PlainField(() => Float, { nullable: true, description: 'Of employees and of ratings that agents gave conversations.' })
  declare readonly internal: number | null;

  @PlainField(() => Float, { nullable: true, description: "Of customers' survey answers about the department." })
  declare readonly customers: number | null;

  @PlainField(() => Float, { nullable: true })
  declare readonly gap: number | null;
}

@ObjectType('DepartmentInfluence', {
  description: 'Of customers with and without the signal, how many had the outcome within 60 days. It says how both go together, not why.',
})
export class DepartmentInfluenceType {
  @PlainField(() => DepartmentEnum)
  declare readonly from: Department;

  @PlainField(() => DepartmentEnum)
  declare readonly to: Department;

  @PlainField(() => String)
  declare readonly signal: string;

  @PlainField(() => String)
  declare readonly outcome: string;

  @PlainField(() => Float, { nullable: true })
  declare readonly rateWith: number | null;

  @PlainField(() => Float, { nullable: true })
  declare readonly rateWithout: number | null;

  @PlainField(() => Float, { nullable: true, description: 'rateWith by rateWithout' })
  declare readonly lift: number | null;

  @PlainField(() => Int)
  declare readonly customers: number;
}

@ObjectType('ExperiencePoint', { description: 'One interval of the series, the first and last cut to what was asked for.' })
export class ExperiencePointType {
  @PlainField(() => DateTimeScalar, { description: 'Where the interval begins.' })
  declare readonly at: number;

  @PlainField(() => Float, { nullable: true })
  declare readonly nps: number | null;

  @PlainField(() => Float, { nullable: true, description: 'Share of the top two boxes.' })
  declare readonly csat: number | null;

  @PlainField(() => Float, { nullable: true })
  declare readonly ces: number | null;

  @PlainField(() => Float, { nullable: true, description: 'Median.' })
  declare readonly resolutionMinutes: number | null;

  @PlainField(() => Float, { nullable: true })
  declare readonly churnRate: number | null;

  @PlainField(() => Int)
  declare readonly responses: number;
}

@ObjectType('RevenueChurn', {
  description: 'Monthly recurring revenue in one currency; what new customers bring is none of the movements.',
})
export class RevenueChurnType {
  @PlainField(() => String)
  declare readonly currency: string;

  @PlainField(() => MoneyType)
  declare readonly startingMrr: Money;

  @PlainField(() => MoneyType)
  declare readonly churned: Money;

  @PlainField(() => MoneyType)
  declare readonly contracted: Money;

  @PlainField(() => MoneyType)
  declare readonly expanded: Money;

  @PlainField(() => MoneyType)
  declare readonly reactivated: Money;

  @PlainField(() => Float, { nullable: true, description: '(churned + contracted) / startingMrr' })
  declare readonly grossRate: number | null;

  @PlainField(() => Float, { nullable: true, description: 'Less what expansion and reactivation put back; below 0 where that is more.' })
  declare readonly netRate: number | null;
}

@ObjectType('FrictionFigure')
export class FrictionFigureType {
  @PlainField(() => FrictionKindEnum)
  declare readonly kind: FrictionKind;

  @PlainField(() => DepartmentEnum)
  declare readonly department: Department;

  @PlainField(() => Int)
  declare readonly signals: number;

  @PlainField(() => Int)
  declare readonly customers: number;

  @PlainField(() => Int, { description: 'Signs that last.' })
  declare readonly unresolved: number;
}
