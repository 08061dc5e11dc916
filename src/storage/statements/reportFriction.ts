import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { periodValues, type ReportPeriod, reportStatements, STEP, type StepStart, statementFor, within } from './reportPeriod';
import type { Statement } from './statement';

/** One row: of each sign found in the period its profile and the moment, 24 bytes. In one piece, for rows of their own take four times as long. */
const TIMES: Statement = {
  name: 'report_friction_times',
  text: `
select string_agg(uuid_send(f.profile_id) || int8send((extract(epoch from f.detected_at) * 1000)::bigint), ''::bytea)
from friction_signal f
where f.workspace_id = $1 and f.detected_at >= $2 and f.detected_at < $3
  and ($4::smallint is null or f.department = $4) and ($5::smallint is null or f.channel = $5)`,
};

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

export interface FrictionOfKind {
  readonly step: StepStart;
  readonly kind: string;
  /** Index into the vocabulary. */
  readonly department: number;
  readonly signals: number;
  readonly customers: number;
  /** Signals that have not ended yet. */
  readonly unresolved: number;
}

/** As `frictionTimes` among the measures reads them. */
export async function reportFrictionTimes(connections: WorkspaceConnections, workspaceId: number, period: ReportPeriod): Promise<Buffer> {
  const values = periodValues(workspaceId, period).slice(0, 5);
  const [row] = await connections.run<Row & readonly [Buffer | null]>(workspaceId, TIMES, values);
  return row?.[0] ?? Buffer.alloc(0);
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
