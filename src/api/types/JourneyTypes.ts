import { Float, ID, Int, ObjectType } from 'type-graphql';

import type { DirectlyFollows } from '../../measures/journeys/eventLog';
import type { FunnelStepResult } from '../../measures/journeys/funnel';
import type { JourneyLink, JourneyMap, JourneyNode } from '../../measures/journeys/journeyMap';
import type { RetentionCohort } from '../../measures/journeys/retention';
import type { Stickiness } from '../../measures/journeys/stickiness';
import { PlainField } from '../plainField';
import { DateTimeScalar } from '../scalars';

@ObjectType('JourneyNode', { description: 'A label at a step; the first step is 1.' })
export class JourneyNodeType implements JourneyNode {
  @PlainField(() => ID)
  declare readonly id: string;

  @PlainField(() => Int)
  declare readonly step: number;

  @PlainField(() => String)
  declare readonly label: string;

  @PlainField(() => Int)
  declare readonly customers: number;

  @PlainField(() => Float, {
    nullable: true,
    description: 'Of what customers said at this step, -1 to 1; null where nobody said anything.',
  })
  declare readonly averageSentiment: number | null;

  @PlainField(() => Float, {
    nullable: true,
    description: 'Share of the customers for whom friction was found between this step and their next one.',
  })
  declare readonly frictionRate: number | null;

  @PlainField(() => Int, { description: 'Customers without a further step within the window.' })
  declare readonly dropOff: number;
}

@ObjectType('JourneyLink')
export class JourneyLinkType implements JourneyLink {
  @PlainField(() => ID)
  declare readonly from: string;

  @PlainField(() => ID)
  declare readonly to: string;

  @PlainField(() => Int)
  declare readonly customers: number;

  @PlainField(() => Float, { nullable: true, description: 'From the beginning of one step to that of the next.' })
  declare readonly medianMinutes: number | null;
}

@ObjectType('JourneyMap')
export class JourneyMapType implements JourneyMap {
  @PlainField(() => Int, { description: 'Customers with a touch in the window.' })
  declare readonly customers: number;

  @PlainField(() => [JourneyNodeType], { description: 'By step, the most frequented first.' })
  declare readonly nodes: readonly JourneyNode[];

  @PlainField(() => [JourneyLinkType])
  declare readonly links: readonly JourneyLink[];
}

@ObjectType('FunnelStep')
export class FunnelStepType implements FunnelStepResult {
  @PlainField(() => String, { description: 'The name asked for, else the kind.' })
  declare readonly label: string;

  @PlainField(() => Int, { description: 'Customers who came this far.' })
  declare readonly customers: number;

  @PlainField(() => Float, { nullable: true, description: 'Share of those who came to the step before; null where nobody did.' })
  declare readonly conversion: number | null;

  @PlainField(() => Float, { nullable: true, description: 'Share of those who came to the first step; null where nobody did.' })
  declare readonly overallConversion: number | null;

  @PlainField(() => Float, { nullable: true, description: 'Since the step before; null at the first step.' })
  declare readonly medianMinutes: number | null;
}

@ObjectType('Funnel')
export class FunnelType {
  @PlainField(() => [FunnelStepType])
  declare readonly steps: readonly FunnelStepType[];
}

@ObjectType('RetentionCohort')
export class RetentionCohortType {
  constructor(private readonly cohort: RetentionCohort) {}

  @PlainField(() => DateTimeScalar, { description: 'When the period begins.' })
  get start(): number {
    return this.cohort.startMs;
  }

  @PlainField(() => Int, { description: 'Customers whose first sign-up or order lies in the period.' })
  get size(): number {
    return this.cohort.size;
  }

  @PlainField(() => [Int], {
    description:
      'How many of them did something: in the period itself, which all did, and in each one after it. Periods that are not over are left out.',
  })
  get returned(): readonly number[] {
    return this.cohort.returned;
  }
}

@ObjectType('Retention')
export class RetentionType {
  @PlainField(() => [RetentionCohortType])
  declare readonly cohorts: readonly RetentionCohortType[];
}

@ObjectType('Stickiness', {
  description: 'How often active customers are active. Active is who did something, not to whom something was only sent.',
})
export class StickinessType implements Stickiness {
  @PlainField(() => Float, {
    nullable: true,
    description: 'Mean daily active customers by active customers; null where nobody was active.',
  })
  declare readonly rate: number | null;

  @PlainField(() => Float)
  declare readonly meanDailyActive: number;

  @PlainField(() => Int, { description: 'Active in the window at all; over a month these are the monthly active customers.' })
  declare readonly activeCustomers: number;

  @PlainField(() => Int, { description: 'Days of 24 hours from the beginning of the window.' })
  declare readonly days: number;
}

@ObjectType('PathVariant', { description: 'One way that customers went.' })
export class PathVariantType {
  @PlainField(() => [String])
  declare readonly labels: readonly string[];

  @PlainField(() => Int)
  declare readonly customers: number;

  @PlainField(() => Float, { description: 'Of all customers with a path.' })
  declare readonly share: number;
}

@ObjectType('DirectlyFollows', { description: 'How often a step came directly after another one, over all paths.' })
export class DirectlyFollowsType implements DirectlyFollows {
  @PlainField(() => String)
  declare readonly from: string;

  @PlainField(() => String)
  declare readonly to: string;

  @PlainField(() => Int)
  declare readonly count: number;
}

@ObjectType('PathVariants')
export class PathVariantsType {
  @PlainField(() => Int, { description: 'Customers with a touch in the window.' })
  declare readonly customers: number;

  @PlainField(() => Int, { description: 'Different ways, those not listed among them.' })
  declare readonly totalVariants: number;

  @PlainField(() => [PathVariantType], { description: 'The most frequent first.' })
  declare readonly variants: readonly PathVariantType[];

  @PlainField(() => [DirectlyFollowsType], {
    description: 'The most frequent first, at most 200, or 10 times as many as variants were asked for.',
  })
  declare readonly directlyFollows: readonly DirectlyFollows[];
}
