import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { isIn, periodValues, type ReportPeriod } from './reportPeriod';
import type { Statement } from './statement';

/** One row: of each sign found in the period its profile and the moment, 24 bytes. In one piece, for rows of their own take four times as long. */
const TIMES: Statement = {
  name: 'report_friction_times',
  text: `
select string_agg(uuid_send(f.profile_id) || timestamptz_send(f.detected_at), ''::bytea)
from friction_signal f
where f.workspace_id = $1 and f.detected_at >= $2 and f.detected_at < $3
  and ($4::smallint is null or f.department = $4) and ($5::smallint is null or f.channel = $5) and ${isIn('f.profile_id', '$6')}`,
};

/** Grain: one row a kind and department. Counted by customer first, for distinct customers cost a sort of all signs. No locks. */
const BY_KIND: Statement = {
  name: 'report_friction_by_kind',
  text: `
select found.kind, found.department, sum(found.signals)::integer, count(*)::integer, sum(found.unresolved)::integer
from (
  select f.kind, f.department, f.profile_id, count(*) as signals, count(*) filter (where f.resolved_at is null) as unresolved
  from friction_signal f
  where f.workspace_id = $1 and f.detected_at >= $2 and f.detected_at < $3
    and ($4::smallint is null or f.department = $4) and ($5::smallint is null or f.channel = $5) and ${isIn('f.profile_id', '$6')}
  group by f.kind, f.department, f.profile_id
) as found
group by found.kind, found.department
order by found.kind, found.department`,
};

export interface FrictionOfKind {
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
  const values = [...periodValues(workspaceId, period).slice(0, 5), period.segmentId];
  const [row] = await connections.run<Row & readonly [Buffer | null]>(workspaceId, TIMES, values);
  return row?.[0] ?? Buffer.alloc(0);
}

/** Of the whole period. */
export async function reportFrictionByKind(
  connections: WorkspaceConnections,
  workspaceId: number,
  period: ReportPeriod,
): Promise<readonly FrictionOfKind[]> {
  type Counts = Row & readonly [string, number, number, number, number];
  const values = [...periodValues(workspaceId, period).slice(0, 5), period.segmentId];
  const rows = await connections.run<Counts>(workspaceId, BY_KIND, values);
  return rows.map(([kind, department, signals, customers, unresolved]) => ({ kind, department, signals, customers, unresolved }));
}
