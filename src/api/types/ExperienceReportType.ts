import { Field, Int, ObjectType } from 'type-graphql';
import { parseDecimal } from '../../kernel/decimal';
import { divideMoney, type Money, readMoney } from '../../kernel/money';
import { influenceOf } from '../../measures/departmentInfluence';
import { INFLUENCE_PAIRS } from '../../measures/influencePairs';
import { perceptionGap } from '../../measures/perceptionGap';
import { rateScore } from '../../measures/wilson';
import { cesFigure, csatFigure, durationFigure, type ExperienceFigures, npsFigure, responsesOf } from '../experienceFigures';
import type { OrderFigures, ReportedDuration } from '../ports/experienceReports';
import { MoneyType } from './MoneyType';
import {
  DepartmentInfluenceType,
  DurationScoreType,
  ExperiencePointType,
  FrictionFigureType,
  MeanScoreType,
  NpsScoreType,
  PerceptionGapType,
  RateScoreType,
  RevenueChurnType,
} from './ScoreTypes';

/** What is not selected is not read. */
@ObjectType('ExperienceReport', {
  description:
    'Over all customers, of what happened within [from, to): conversations count when they were opened, answers when they were given, orders when they were placed.',
})
export class ExperienceReportType {
  constructor(private readonly figures: ExperienceFigures) {}

  @Field(() => NpsScoreType)
  async nps(): Promise<NpsScoreType> {
    return npsFigure(await this.figures.answers(), null);
  }

  @Field(() => RateScoreType, { description: 'In the top two boxes of the scale of the answer.' })
  async csat(): Promise<RateScoreType> {
    return csatFigure(await this.figures.answers(), null);
  }

  @Field(() => MeanScoreType, { description: 'CES 2.0, 1 to 7: it was made easy.' })
  async ces(): Promise<MeanScoreType> {
    return cesFigure(await this.figures.answers(), null);
  }

  @Field(() => RateScoreType, { description: 'CES 2.0: the share of answers from 5 on.' })
  async cesEasyRate(): Promise<RateScoreType> {
    return cesFigure(await this.figures.answers(), null).easy;
  }

  @Field(() => DurationScoreType, { description: 'From the opening to the first public reply by a person of the company.' })
  firstReplyMinutes(): Promise<DurationScoreType> {
    return this.duration('firstReply');
  }

  @Field(() => DurationScoreType)
  businessFirstReplyMinutes(): Promise<DurationScoreType> {
    return this.duration('firstReplyInBusinessHours');
  }

  @Field(() => DurationScoreType, { description: 'From the opening to the first time solved.' })
  firstResolutionMinutes(): Promise<DurationScoreType> {
    return this.duration('firstResolution');
  }

  @Field(() => DurationScoreType, { description: 'From the opening to the last time solved.' })
  resolutionMinutes(): Promise<DurationScoreType> {
    return this.duration('fullResolution');
  }

  @Field(() => DurationScoreType, { description: 'The part of it inside the schedule.' })
  businessResolutionMinutes(): Promise<DurationScoreType> {
    return this.duration('fullResolutionInBusinessHours');
  }

  @Field(() => DurationScoreType, { description: 'Open and on hold; of conversations that are over.' })
  requesterWaitMinutes(): Promise<DurationScoreType> {
    return this.duration('requesterWait');
  }

  @Field(() => DurationScoreType)
  businessRequesterWaitMinutes(): Promise<DurationScoreType> {
    return this.duration('requesterWaitInBusinessHours');
  }

  @Field(() => DurationScoreType, { description: 'Pending; of conversations that are over.' })
  agentWaitMinutes(): Promise<DurationScoreType> {
    return this.duration('agentWait');
  }

  @Field(() => DurationScoreType)
  businessAgentWaitMinutes(): Promise<DurationScoreType> {
    return this.duration('agentWaitInBusinessHours');
  }

  @Field(() => RateScoreType, { description: 'Solved with one public reply of the company, of those ever solved.' })
  async oneTouchRate(): Promise<RateScoreType> {
    const told = await this.figures.conversations();
    return rateScore(told?.oneTouch ?? 0, told?.everSolved ?? 0);
  }

  @Field(() => RateScoreType, { description: 'Opened and solved again, of those ever solved.' })
  async reopenRate(): Promise<RateScoreType> {
    const told = await this.figures.conversations();
    return rateScore(told?.reopened ?? 0, told?.everSolved ?? 0);
  }

  @Field(() => RateScoreType, {
    description: 'Opened within 7 days after another of the same customer was solved; those of the last 7 days are left out.',
  })
  async repeatContactRate(): Promise<RateScoreType> {
    const told = await this.figures.conversations();
    return rateScore(told?.repeated ?? 0, told?.repeatable ?? 0);
  }

  @Field(() => RateScoreType, { description: 'Calls that ended before anybody answered, of inbound calls.' })
  async abandonedCallRate(): Promise<RateScoreType> {
    const told = await this.figures.conversations();
    return rateScore(told?.abandonedCalls ?? 0, told?.inboundCalls ?? 0);
  }

  @Field(() => MoneyType, {
    nullable: true,
    description: 'Net by orders, of the currency with the most orders; averageOrderValues has all.',
  })
  async averageOrderValue(): Promise<Money | null> {
    return mostUsed(await this.figures.orders(), ({ orders }) => orders);
  }

  @Field(() => [MoneyType])
  async averageOrderValues(): Promise<readonly Money[]> {
    return perEach(await this.figures.orders(), ({ orders }) => orders);
  }

  @Field(() => MoneyType, {
    nullable: true,
    description: 'Historical: net of all orders up to `to` by customers who ordered, of the currency with the most orders.',
  })
  async customerLifetimeValue(): Promise<Money | null> {
    return mostUsed(await this.figures.ordersSoFar(), ({ customers }) => customers);
  }

  @Field(() => [MoneyType])
  async customerLifetimeValues(): Promise<readonly Money[]> {
    return perEach(await this.figures.ordersSoFar(), ({ customers }) => customers);
  }

  @Field(() => RateScoreType, {
    description:
      'Customers lost within the period, of those who were customers when it began: with a subscription when it was cancelled and not resumed, else silent for longer than their own usual gap and 90 days. It has no department or channel.',
  })
  async churnRate(): Promise<RateScoreType> {
    const { lost, atStart } = await this.figures.churn();
    return rateScore(lost, atStart);
  }

  @Field(() => RateScoreType)
  async retentionRate(): Promise<RateScoreType> {
    const { lost, atStart } = await this.figures.churn();
    return rateScore(atStart - lost, atStart);
  }

  @Field(() => [RevenueChurnType], { description: 'How recurring revenue moved, by currency.' })
  revenueChurn(): Promise<readonly RevenueChurnType[]> {
    return this.figures.revenueChurn();
  }

  @Field(() => Int, { description: 'Who did something; what was only sent to a customer makes nobody active.' })
  async activeCustomers(): Promise<number> {
    return (await this.figures.activity()).active;
  }

  @Field(() => RateScoreType, { description: 'Active customers of whom any sign of friction was found, of active customers.' })
  async frictionRate(): Promise<RateScoreType> {
    const { active, inFriction } = await this.figures.activity();
    return rateScore(inFriction, active);
  }

  @Field(() => [FrictionFigureType], { description: 'Signs found, by kind and department, the most frequent first.' })
  async friction(): Promise<readonly FrictionFigureType[]> {
    return [...(await this.figures.friction()).kinds].sort((left, right) => right.signals - left.signals);
  }

  @Field(() => [PerceptionGapType], {
    description: 'What the company scores itself against what customers say, per department.',
  })
  async perceptionGap(): Promise<readonly PerceptionGapType[]> {
    const perceptions = await this.figures.perceptions();
    return perceptions.map(({ department, internalMean, customerMean }) => perceptionGap(department, internalMean, customerMean));
  }

  @Field(() => [DepartmentInfluenceType], {
    description:
      'How an event in one department goes with outcomes in another. Customers whose 60 days are not over are left out. It has no channel or department.',
  })
  async departmentInfluence(): Promise<readonly DepartmentInfluenceType[]> {
    const counted = new Map((await this.figures.influence()).map((counts) => [counts.pair, counts]));
    return INFLUENCE_PAIRS.flatMap((pair) => {
      const counts = counted.get(pair.key);
      return counts ? [influenceOf(pair, counts)] : [];
    });
  }

  @Field(() => [ExperiencePointType], { description: 'One for each step of the interval, in order; none without an interval.' })
  async series(): Promise<readonly ExperiencePointType[]> {
    const [steps, answers, resolutions, churns] = await Promise.all([
      this.figures.steps(),
      this.figures.answers(),
      this.figures.duration('fullResolution'),
      this.figures.churnByStep(),
    ]);
    return steps.map((at, index) => ({
      at,
      nps: npsFigure(answers, at).score,
      csat: csatFigure(answers, at).rate,
      ces: cesFigure(answers, at).mean,
      resolutionMinutes: durationFigure(resolutions, at).median,
      churnRate: rateScore(churns[index]?.lost ?? 0, churns[index]?.atStart ?? 0).rate,
      responses: responsesOf(answers, at),
    }));
  }

  private async duration(name: ReportedDuration): Promise<DurationScoreType> {
    return durationFigure(await this.figures.duration(name), null);
  }
}

/** Most orders first, then by the currency's name. */
function byOrders<Figures extends OrderFigures>(figures: readonly Figures[]): readonly Figures[] {
  return [...figures].sort((left, right) => right.orders - left.orders || (left.currency < right.currency ? -1 : 1));
}

function perEach<Figures extends OrderFigures>(figures: readonly Figures[], count: (row: Figures) => number): readonly Money[] {
  return byOrders(figures).flatMap((row) => {
    const net = readMoney(row.net, row.currency);
    const divisor = parseDecimal(count(row));
    return net && divisor && count(row) > 0 ? [divideMoney(net, divisor)] : [];
  });
}

function mostUsed<Figures extends OrderFigures>(figures: readonly Figures[], count: (row: Figures) => number): Money | null {
  return perEach(figures, count)[0] ?? null;
}
