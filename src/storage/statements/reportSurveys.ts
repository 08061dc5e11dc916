import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { periodValues, type ReportPeriod, reportStatements, STEP, type StepStart, statementFor, within } from './reportPeriod';

/**
 * Grain: one row a survey and version for the whole period and for each of its steps, of the answers given then. Detractors of NPS are at
 * most 6. No locks.
 */
const ANSWERS = reportStatements(
  'survey_answers',
  (groups) => `
select ${STEP}, told.survey, told.version, count(*) filter (where told.is_valid)::integer,
  count(*) filter (where told.is_valid and told.is_favourable)::integer, count(*) filter (where told.is_valid and told.score <= 6)::integer,
  count(*) filter (where not told.is_valid)::integer, avg(told.score) filter (where told.is_valid), var_samp(told.score) filter (where told.is_valid)
from (${within('survey_answer', 'answered_at')}
) as told
where told.survey <> 'internal'
group by ${groups}`,
  ['told.survey', 'told.version'],
);

/** Grain: one row a department that anybody has judged in the period, itself or its customers. No locks. */
const VIEWS = {
  name: 'report_views_of_departments',
  text: `
select told.department, avg(told.score) filter (where told.is_internal), count(*) filter (where told.is_internal)::integer,
  avg(told.score) filter (where not told.is_internal), count(*) filter (where not told.is_internal)::integer
from (
  select a.judged_department as department, a.on_hundred as score, a.survey = 'internal' as is_internal
  from survey_answer a
  where a.workspace_id = $1 and a.answered_at >= $2 and a.answered_at < $3 and a.judged_department is not null and a.on_hundred is not null
    and ($4::smallint is null or a.judged_department = $4) and ($5::smallint is null or a.channel = $5)
  union all
  select c.department, c.internal_rating, true
  from conversation c
  where c.workspace_id = $1 and c.opened_at >= $2 and c.opened_at < $3 and c.internal_rating is not null
    and ($4::smallint is null or c.department = $4) and ($5::smallint is null or c.channel = $5)
) as told
group by told.department
order by told.department`,
};

export interface AnswerCounts {
  readonly step: StepStart;
  readonly survey: 'nps' | 'csat' | 'ces';
  /** Of CES. */
  readonly version: string | null;
  readonly valid: number;
  /** Promoters, satisfied, or who had it easy. */
  readonly favourable: number;
  /** Only meant of NPS. */
  readonly detractors: number;
  readonly invalid: number;
  /** Of the valid ones; the variance divides by n − 1, so that of one answer is null. */
  readonly mean: number | null;
  readonly variance: number | null;
}

/** Means on 0 to 100. */
export interface DepartmentViews {
  /** Index into the vocabulary. */
  readonly department: number;
  readonly internalMean: number | null;
  readonly internalViews: number;
  readonly customerMean: number | null;
  readonly customerViews: number;
}

export async function reportSurveyAnswers(
  connections: WorkspaceConnections,
  workspaceId: number,
  period: ReportPeriod,
): Promise<readonly AnswerCounts[]> {
  type Answers = Row &
    readonly [StepStart, AnswerCounts['survey'], string | null, number, number, number, number, number | null, number | null];
  const rows = await connections.run<Answers>(workspaceId, statementFor(ANSWERS, period), periodValues(workspaceId, period));
  return rows.map(([step, survey, version, valid, favourable, detractors, invalid, mean, variance]) => {
    return { step, survey, version, valid, favourable, detractors, invalid, mean, variance };
  });
}

/** What the company says of its departments, and what customers say of them. */
export async function reportViewsOfDepartments(
  connections: WorkspaceConnections,
  workspaceId: number,
  period: ReportPeriod,
): Promise<readonly DepartmentViews[]> {
  type Views = Row & readonly [number, number | null, number, number | null, number];
  const rows = await connections.run<Views>(workspaceId, VIEWS, periodValues(workspaceId, period).slice(0, 5));
  return rows.map(([department, internalMean, internalViews, customerMean, customerViews]) => {
    return { department, internalMean, internalViews, customerMean, customerViews };
  });
}
