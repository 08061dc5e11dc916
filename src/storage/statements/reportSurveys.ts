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
group by ${groups}`,
  ['told.survey', 'told.version'],
);

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
