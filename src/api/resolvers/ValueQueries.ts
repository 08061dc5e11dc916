import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { Refusal } from '../../kernel/refusals';
import type { InteractionKind } from '../../kernel/vocabulary';
import { abTestOf } from '../abTestOf';
import { attributionOf } from '../attributionOf';
import type { WindowArgs } from '../inputs/JourneyInputs';
import { AbTestArgs, AttributionArgs } from '../inputs/ValueInputs';
import { reportedSegment } from '../reportedSegment';
import type { RequestContext } from '../requestContext';
import { AbTestType } from '../types/AbTestType';
import { AttributionType } from '../types/AttributionType';
import { ValueModelType } from '../types/ValueModelType';

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;
/** What customers did of their own that marketing may have brought about. */
const TOUCHES: readonly InteractionKind[] = ['AD_CLICKED', 'EMAIL_CLICKED', 'PROMOTION_VIEWED', 'REFERRAL_MADE', 'REVIEW_READ'];

/** Reports over all customers' touches and orders. What does not say otherwise needs the scope reports:read. */
@Resolver()
export class ValueQueries {
  @Query(() => ValueModelType, {
    nullable: true,
    description:
      'Models of customers’ value with their parameters and log-likelihoods, as fitted last; null before the first time. Needs the scope admin.',
  })
  async valueModel(@Ctx() context: RequestContext): Promise<ValueModelType | null> {
    context.access.need('admin');
    const fitted = await context.ports.values.readFitted(context.access.workspaceId);
    return fitted && new ValueModelType(fitted);
  }

  @Query(() => AttributionType, { description: 'Which touches the orders placed in [from, to) are owed to.' })
  async attribution(@Ctx() context: RequestContext, @Args(() => AttributionArgs) args: AttributionArgs): Promise<AttributionType> {
    checkWindow(context, args);
    return attributionOf(context, {
      fromMs: args.from,
      toMs: args.to,
      model: args.model ?? 'LINEAR',
      by: args.by ?? 'CAMPAIGN',
      kinds: args.kinds ?? TOUCHES,
      lookbackMs: daysWithin('lookbackDays', args.lookbackDays ?? 30) * DAY_MS,
      segmentId: await reportedSegment(context, args.segmentId),
    });
  }

  @Query(() => AbTestType, {
    description: "An experiment by what customers were shown (Segment's Experiment Viewed) and did afterwards, both in [from, to).",
  })
  async abTest(@Ctx() context: RequestContext, @Args(() => AbTestArgs) args: AbTestArgs): Promise<AbTestType> {
    checkWindow(context, args);
    const { experimentId, from: fromMs, to: toMs, outcome, control } = args;
    const withinMs = daysWithin('withinDays', args.withinDays ?? 14) * DAY_MS;
    const segmentId = await reportedSegment(context, args.segmentId);
    const asked = { experimentId, fromMs, toMs, outcome: outcome ?? 'ORDER_PLACED', control: control ?? null, withinMs, segmentId };
    return abTestOf(context, asked);
  }
}

function daysWithin(argument: string, days: number): number {
  if (days >= 1 && days <= MOST_DAYS) return days;
  throw new Refusal('INVALID_INPUT', `${argument} must be from 1 to ${MOST_DAYS}.`);
}

function checkWindow({ access }: RequestContext, { from, to }: WindowArgs): void {
  access.need('reports:read');
  if (from >= to) throw new Refusal('INVALID_INPUT', 'from must be before to.');
}
