import { Arg, Args, Ctx, Int, Query, Resolver } from 'type-graphql';
import { Refusal } from '../../kernel/refusals';
import type { InteractionKind } from '../../kernel/vocabulary';

import { directlyFollows, variantsOf } from '../../measures/journeys/eventLog';
import { frictionTimes } from '../../measures/journeys/frictionTimes';
import { funnel } from '../../measures/journeys/funnel';
import { type JourneyMap, journeyMap } from '../../measures/journeys/journeyMap';
import { pathLog } from '../../measures/journeys/pathLog';
import { PeriodActivity } from '../../measures/journeys/periodActivity';
import { type Interval, periodsOf } from '../../measures/journeys/periods';
import { COHORT_KINDS, retention } from '../../measures/journeys/retention';
import { daysOf, type Stickiness, stickiness } from '../../measures/journeys/stickiness';
import { frequentNames } from '../../measures/touches/frequentNames';
import type { Paths } from '../../measures/touches/paths';
import { renamePaths } from '../../measures/touches/renamePaths';
import { checkedSteps, stepMatch } from '../funnelSteps';
import { FunnelStepInput, JourneyMapArgs, LONGEST_VARIANT, type PathsArgs, PathVariantsArgs, WindowArgs } from '../inputs/JourneyInputs';
import { maskText } from '../masking';
import { reportedSegment } from '../reportedSegment';
import type { RequestContext } from '../requestContext';
import { InteractionKindEnum, IntervalEnum } from '../types/enums';
import { FunnelType, JourneyMapType, PathVariantsType, RetentionCohortType, RetentionType, StickinessType } from '../types/JourneyTypes';

const HOUR_MS = 3_600_000;
const MOST_STEPS = 50;
const USUAL_STEPS = 6;
const MOST_VARIANTS = 200;
const FOLLOWS_A_VARIANT = 10;
const LEAST_FOLLOWS = 200;
const MOST_PERIODS = 400;
/** So many names are told apart. */
const MOST_NAMES = 200;
const LONGEST_HOURS = 24 * 366;

/** Reports over all customers' paths. Everything here needs the scope reports:read. */
@Resolver()
export class JourneyQueries {
  @Query(() => JourneyMapType, {
    description:
      'The paths customers took between stages and touchpoints. Of names the 200 most frequent are told apart, the others are (other).',
  })
  async journeyMap(@Ctx() context: RequestContext, @Args(() => JourneyMapArgs) args: JourneyMapArgs): Promise<JourneyMap> {
    context.access.need('reports:read');
    const options = stepsOptions(args, USUAL_STEPS, MOST_STEPS);
    const paths = await shownPaths(context, args);
    const window = { fromMs: args.from, toMs: args.to, department: null, channel: null, segmentId: null };
    const friction = frictionTimes(await context.ports.reports.readFrictionTimes(context.access.workspaceId, window), paths.customers);
    return journeyMap(paths, { ...options, friction });
  }

  @Query(() => PathVariantsType, { description: 'The ways customers went, step by step, and what came directly after what.' })
  async pathVariants(@Ctx() context: RequestContext, @Args(() => PathVariantsArgs) args: PathVariantsArgs): Promise<PathVariantsType> {
    context.access.need('reports:read');
    const options = stepsOptions(args, LONGEST_VARIANT, LONGEST_VARIANT);
    const first = numberWithin('first', args.first ?? 20, [1, MOST_VARIANTS]);
    const paths = await shownPaths(context, args);
    const variants = variantsOf(pathLog(paths, options));
    const whole = pathLog(paths, { ...options, maxSteps: Number.POSITIVE_INFINITY });
    const customers = variants.reduce((sum, { cases }) => sum + cases, 0);
    return {
      customers,
      totalVariants: variants.length,
      variants: variants
        .slice(0, first)
        .map(({ activities, cases }) => ({ labels: activities, customers: cases, share: cases / customers })),
      directlyFollows: directlyFollows(whole).slice(0, Math.max(LEAST_FOLLOWS, first * FOLLOWS_A_VARIANT)),
    };
  }

  @Query(() => FunnelType)
  async funnel(
    @Ctx() context: RequestContext,
    @Arg('steps', () => [FunnelStepInput]) inputs: FunnelStepInput[],
    @Arg('withinHours', () => Int, { description: 'From the first step on.' }) withinHours: number,
    @Args(() => WindowArgs) window: WindowArgs,
  ): Promise<FunnelType> {
    context.access.need('reports:read');
    const steps = checkedSteps(inputs, context);
    const withinMs = numberWithin('withinHours', withinHours, [1, LONGEST_HOURS]) * HOUR_MS;
    const paths = await pathsWithin(context, window);
    const matches = await Promise.all(steps.map((step) => stepMatch(context.ports.paths, context.access.workspaceId, paths, step)));
    const results = funnel(paths, matches, withinMs);
    return { steps: results.map((result, step) => ({ ...result, label: steps[step]?.label as string })) };
  }

  @Query(() => RetentionType, { description: 'How many of the customers who began in a period came back in the periods after it.' })
  async retention(
    @Ctx() context: RequestContext,
    @Args(() => WindowArgs) window: WindowArgs,
    @Arg('interval', () => IntervalEnum, { nullable: true, defaultValue: 'WEEK' }) interval: Interval | null,
    @Arg('cohortKinds', () => [InteractionKindEnum], {
      nullable: true,
      description: 'The first interaction of these kinds puts a customer into a cohort; a sign-up or an order where nothing is said.',
    })
    cohortKinds: InteractionKind[] | null,
  ): Promise<RetentionType> {
    checkWindow(context, window);
    const bounds = few(periodsOf(window.from, window.to, interval ?? 'WEEK', MOST_PERIODS));
    const activity = await activityOf(context, { ...window, from: 0 }, bounds, cohortKinds ?? COHORT_KINDS);
    const overMs = Math.min(window.to, context.clock());
    const cohorts = retention(activity, { bounds, fromMs: window.from, overMs });
    return { cohorts: cohorts.map((cohort) => new RetentionCohortType(cohort)) };
  }

  @Query(() => StickinessType)
  async stickiness(@Ctx() context: RequestContext, @Args(() => WindowArgs) window: WindowArgs): Promise<Stickiness> {
    checkWindow(context, window);
    return stickiness(await activityOf(context, window, few(daysOf(window.from, window.to, MOST_PERIODS)), []));
  }
}

function checkWindow({ access }: RequestContext, { from, to }: WindowArgs): void {
  access.need('reports:read');
  if (from >= to) throw new Refusal('INVALID_INPUT', 'from must be before to.');
}

async function pathsWithin(context: RequestContext, window: WindowArgs): Promise<Paths> {
  checkWindow(context, window);
  const segmentId = await reportedSegment(context, window.segmentId);
  return context.ports.paths.readPaths(context.access.workspaceId, { fromMs: window.from, toMs: window.to, segmentId });
}

async function activityOf(
  context: RequestContext,
  { from, to, segmentId }: WindowArgs,
  bounds: Float64Array,
  firstKinds: readonly InteractionKind[],
): Promise<PeriodActivity> {
  const window = { fromMs: from, toMs: to };
  const asked = { ...window, segmentId: await reportedSegment(context, segmentId) };
  const { access, ports } = context;
  return ports.paths.visitChunks(access.workspaceId, asked, (customers) => new PeriodActivity(customers, { window, bounds, firstKinds }));
}

function few(bounds: Float64Array | undefined): Float64Array {
  if (bounds) return bounds;
  throw new Refusal('INVALID_INPUT', `from and to must lie at most ${MOST_PERIODS} periods apart.`);
}

/** Names may hold what is personal; they are shown as in a timeline. */
async function shownPaths(context: RequestContext, args: PathsArgs): Promise<Paths> {
  const paths = await pathsWithin(context, args);
  if (args.level !== 'NAME') return paths;
  return frequentNames(context.access.seesPersonal ? paths : renamePaths(paths, maskText), MOST_NAMES);
}

function stepsOptions({ level, maxSteps, collapse }: PathsArgs & { readonly maxSteps: number | null }, usual: number, most: number) {
  return { level: level ?? 'KIND', maxSteps: numberWithin('maxSteps', maxSteps ?? usual, [1, most]), collapse: collapse ?? false };
}

function numberWithin(argument: string, value: number, [least, most]: readonly [number, number]): number {
  if (value < least || value > most) throw new Refusal('INVALID_INPUT', `${argument} must be from ${least} to ${most}.`);
  return value;
}
