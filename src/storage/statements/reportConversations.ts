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

/** Grain: one row for the whole period and one for each of its steps, of the conversations opened then that have the duration. No locks. */
const spreadStatements = (duration: ConversationDuration, column: string) =>
  reportStatements(
    `conversation_${column}`,
    (groups) => `
select ${STEP}, '${duration}', percentile_cont(array[0.5, 0.9]) within group (order by told.${column}), avg(told.${column})::float8, count(*)::integer
from (${within('conversation', 'opened_at')}
) as told
where told.${column} is not null
group by ${groups}
having count(*) > 0`,
  );

const SPREADS = new Map(
  Object.entries(DURATIONS).map(([duration, column]) => [duration, spreadStatements(duration as ConversationDuration, column)]),
);

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

export type ConversationDuration = keyof typeof DURATIONS;

/** Of the durations that are known; in milliseconds. */
export interface DurationSpread {
  readonly step: StepStart;
  readonly duration: ConversationDuration;
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

/** One duration costs one sort of all conversations that have it. */
export async function reportConversationDuration(
  connections: WorkspaceConnections,
  workspaceId: number,
  period: ReportPeriod,
  duration: ConversationDuration,
): Promise<readonly DurationSpread[]> {
  type Spread = Row & readonly [StepStart, ConversationDuration, readonly [number, number], number, number];
  const statements = SPREADS.get(duration) as ReturnType<typeof spreadStatements>;
  const rows = await connections.run<Spread>(workspaceId, statementFor(statements, period), periodValues(workspaceId, period));
  return rows.map(([step, name, [medianMs, p90Ms], meanMs, count]) => ({ step, duration: name, medianMs, p90Ms, meanMs, count }));
}
