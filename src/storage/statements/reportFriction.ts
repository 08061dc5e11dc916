import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { periodValues, type ReportPeriod, reportStatements, STEP, type StepStart, statementFor, within } from './reportPeriod';

/** Grain: one row for the whole period and one for each of its steps, of the signs found then. No locks. */
const ALL = reportStatements(
  'friction',
  (groups) => `
select ${STEP}, count(*)::integer, count(distinct told.profile_id)::integer, count(*) filter (where told.resolved_at is null)::integer
from (${within('friction_signal', 'detected_at')}
) as told
group by ${groups}`,
);

/** Grain: one row a kind and department for the whole period and for each of its steps. No locks. */
const BY_KIND = reportStatements(
  'friction_by_kind',
  (groups) => `
select ${STEP}, told.kind, told.department, count(*)::integer, count(distinct told.profile_id)::integer,
  count(*) filter (where told.resolved_at is null)::integer
from (${within('friction_signal', 'detected_at')}
) as told
group by ${groups}`,
  ['told.kind', 'told.department'],
);

export interface FrictionCounts {
  readonly step: StepStart;
  readonly signals: number;
  readonly customers: number;
  /** Signals that have not ended yet. */
  readonly unresolved: number;
}

export interface FrictionOfKind extends FrictionCounts {
  readonly kind: string;
  /** Index into the vocabulary. */
  readonly department: number;
}

export async function reportFriction(
  connections: WorkspaceConnections,
  workspaceId: number,
  period: ReportPeriod,
): Promise<readonly FrictionCounts[]> {
  type Counts = Row & readonly [StepStart, number, number, number];
  const rows = await connections.run<Counts>(workspaceId, statementFor(ALL, period), periodValues(workspaceId, period));
  return rows.map(([step, signals, customers, unresolved]) => ({ step, signals, customers, unresolved }));
}

export async function reportFrictionByKind(
  connections: WorkspaceConnections,
  workspaceId: number,
  period: ReportPeriod,
): Promise<readonly FrictionOfKind[]> {
  type Counts = Row & readonly [StepStart, string, number, number, number, number];
  const rows = await connections.run<Counts>(workspaceId, statementFor(BY_KIND, period), periodValues(workspaceId, period));
  return rows.map(([step, kind, department, signals, customers, unresolved]) => {
    return { step, kind, department, signals, customers, unresolved };
  });
}
