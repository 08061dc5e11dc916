import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { periodValues, type ReportPeriod, reportStatements, STEP, type StepStart, statementFor, within } from './reportPeriod';

/** Grain: one row for the whole period and one for each of its steps, of the conversations opened then. No locks. */
const COUNTS = reportStatements(
  'conversation_counts',
  (groups) => `
select ${STEP}, count(*)::integer, count(*) filter (where told.was_solved)::integer, count(*) filter (where told.is_one_touch)::integer,
  count(*) filter (where told.was_solved and told.reopens > 0)::integer,
  count(*) filter (where told.opened_at < $9)::integer, count(*) filter (where told.opened_at < $9 and told.is_repeat_contact)::integer,
  count(*) filter (where told.is_inbound_call)::integer, count(*) filter (where told.is_inbound_call and told.is_abandoned_call)::integer
from (${within('conversation', 'opened_at')}
) as told
group by ${groups}`,
);

/** Which column holds which duration. */
const DURATIONS = {
  firstReply: 'first_reply_ms',
  firstReplyInBusinessHours: 'first_reply_business_ms',
  firstResolution: 'first_resolution_ms',
  firstResolutionInBusinessHours: 'first_resolution_business_ms',
  fullResolution: 'full_resolution_ms',
  fullResolutionInBusinessHours: 'full_resolution_business_ms',
  requesterWait: 'requester_wait_ms',
  requesterWaitInBusinessHours: 'requester_wait_business_ms',
  agentWait: 'agent_wait_ms',
  agentWaitInBusinessHours: 'agent_wait_business_ms',
} as const;

export type ConversationDuration = keyof typeof DURATIONS;
const ALL_DURATIONS = Object.keys(DURATIONS) as ConversationDuration[];

/**
 * Grain: one row for the whole period and one for each of its steps, of the conversations opened then, with three columns a duration: percentiles, mean and count
 * of those that have it. No locks.
 */
const spreadsOf = (durations: readonly ConversationDuration[]) =>
  reportStatements(
    `conversation_durations_${durations.reduce((mask, duration) => mask + 2 ** ALL_DURATIONS.indexOf(duration), 0)}`,
    (groups) => `
select ${STEP}, ${durations.map((duration) => spreadOf(`told.${DURATIONS[duration]}`)).join(', ')}
from (${within('conversation', 'opened_at')}
) as told
group by ${groups}`,
  );

function spreadOf(column: string): string {
  return `percentile_cont(array[0.5, 0.9]) within group (order by ${column}), avg(${column})::float8, count(${column})::integer`;
}

const knownSpreads = new Map<string, ReturnType<typeof spreadsOf>>();
/** At most one for each set of durations. */
function spreadStatements(durations: readonly ConversationDuration[]): ReturnType<typeof spreadsOf> {
  const key = durations.join();
  const statements = knownSpreads.get(key) ?? spreadsOf(durations);
  knownSpreads.set(key, statements);
  return statements;
}

export interface ConversationCounts {
  readonly step: StepStart;
  readonly conversations: number;
  readonly everSolved: number;
  readonly oneTouch: number;
  readonly reopened: number;
  /** Those opened before `repeatsBeforeMs`, and how many of them repeat another. */
  readonly repeatable: number;
  readonly repeated: number;
  readonly inboundCalls: number;
  readonly abandonedCalls: number;
}

/** Of the durations that are known; in milliseconds. */
export interface DurationSpread<Duration extends ConversationDuration> {
  readonly step: StepStart;
  readonly duration: Duration;
  /** Percentiles interpolate, as `quantile` among the measures does. */
  readonly medianMs: number;
  readonly p90Ms: number;
  readonly meanMs: number;
  readonly count: number;
}

/** `repeatsBeforeMs`: conversations opened later are too young to tell whether they repeat another. */
export async function reportConversationCounts(
  connections: WorkspaceConnections,
  workspaceId: number,
  period: ReportPeriod & { readonly repeatsBeforeMs: number },
): Promise<readonly ConversationCounts[]> {
  type Counts = Row & readonly [StepStart, number, number, number, number, number, number, number, number];
  const values = [...periodValues(workspaceId, period), new Date(period.repeatsBeforeMs)];
  const rows = await connections.run<Counts>(workspaceId, statementFor(COUNTS, period), values);
  return rows.map(([step, conversations, everSolved, oneTouch, reopened, repeatable, repeated, inboundCalls, abandonedCalls]) => {
    return { step, conversations, everSolved, oneTouch, reopened, repeatable, repeated, inboundCalls, abandonedCalls };
  });
}

/** One reading of the conversations for all durations, and for each of them a sort of those that have it. A duration that none has is left out. */
export async function reportConversationDurations<Duration extends ConversationDuration>(
  connections: WorkspaceConnections,
  workspaceId: number,
  period: ReportPeriod,
  asked: readonly Duration[],
): Promise<readonly DurationSpread<Duration>[]> {
  type Spreads = Row & readonly [step: StepStart, ...spreads: unknown[]];
  const durations = ALL_DURATIONS.filter((duration): duration is Duration => asked.some((each) => each === duration));
  const statement = statementFor(spreadStatements(durations), period);
  const rows = await connections.run<Spreads>(workspaceId, statement, periodValues(workspaceId, period));
  return rows.flatMap(([step, ...spreads]) =>
    durations.flatMap((duration, index) => {
      const [percentiles, meanMs, count] = spreads.slice(3 * index, 3 * index + 3) as [readonly [number, number], number, number];
      return count === 0 ? [] : [{ step, duration, medianMs: percentiles[0], p90Ms: percentiles[1], meanMs, count }];
    }),
  );
}
