import type { Statement } from './statement';

/** Which of what happened to all customers a report is about. */
export interface ReportPeriod {
  /** Half-open. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Indexes into the vocabularies; null for all. */
  readonly department: number | null;
  readonly channel: number | null;
  /** Steps that the period is cut into, each beginning where that zone's calendar has it begin; null for none. */
  readonly interval: 'hour' | 'day' | 'week' | 'month' | 'quarter' | null;
  /** IANA name. */
  readonly timeZone: string;
  /** Only of those who are in this segment now; null: of all. */
  readonly segmentId: string | null;
}

/** Null of the whole period; of a step, when it begins, in milliseconds since 1970. A step without anything has no row. */
export type StepStart = number | null;

/** The step that a row of a report is about, as a column. */
export const STEP = 'case when grouping(told.step) = 0 then told.step end';

/** A statement in two readings, for the whole period alone and for its steps, too. `text` is given what to group by. */
export function reportStatements(name: string, text: (groups: string) => string, by: readonly string[] = []) {
  const whole = `(${by.join(', ')})`;
  const steps = `(${['told.step', ...by].join(', ')})`;
  return {
    whole: { name: `report_${name}`, text: text(`grouping sets (${whole})`).replaceAll(STEP, 'null::timestamptz') },
    stepwise: { name: `report_${name}_stepwise`, text: text(`grouping sets (${whole}, ${steps})`) },
  };
}

export function statementFor(
  statements: { readonly whole: Statement; readonly stepwise: Statement },
  { interval }: ReportPeriod,
): Statement {
  return interval === null ? statements.whole : statements.stepwise;
}

/** The first eight parameters of a report's statement. */
export function periodValues(workspaceId: number, period: ReportPeriod): unknown[] {
  const { fromMs, toMs, department, channel, interval, timeZone, segmentId } = period;
  return [workspaceId, new Date(fromMs), new Date(toMs), department, channel, interval ?? 'day', timeZone, segmentId];
}

/** The rows of a table in the period, each with its step. */
export function within(table: string, time: string): string {
  return `
  select t.*, date_trunc($6, t.${time}, $7) as step
  from ${table} t
  where t.workspace_id = $1 and t.${time} >= $2 and t.${time} < $3
    and ($4::smallint is null or t.department = $4) and ($5::smallint is null or t.channel = $5) and ${isIn('t.profile_id', '$8')}`;
}

/**
 * Whether a profile is in the segment now that the parameter names; of a null everybody is. Members are read once a statement, into memory, and not at all
 * where there is no segment.
 */
export function isIn(profileId: string, parameter: string): string {
  return `(${parameter}::uuid is null or ${profileId} in (select m.profile_id from segment_membership m where m.workspace_id = $1 and m.segment_id = ${parameter}))`;
}
