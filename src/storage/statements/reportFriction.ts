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

/** A customer's first sign of its kind and department in the period, by what stands with it of the one before. */
const IS_FIRST = `coalesce(case when $5::smallint is null then f.previous_at else f.previous_in_channel_at end, '-infinity') < $2`;
/** A customer's first sign at all; of a department or channel its first of some kind, so that one customer may have several. */
const IS_FIRST_OF_ANY = `case when $4::smallint is null and $5::smallint is null then coalesce(f.previous_of_any_at, '-infinity') < $2 else ${IS_FIRST} end`;

/** Grain: one row a kind and department, with the profiles whose first signs are among them, 16 bytes each. Nothing is grouped by customer. No locks. */
const BY_KIND: Statement = {
  name: 'report_friction_by_kind',
  text: `
select f.kind, f.department, count(*)::integer, count(*) filter (where ${IS_FIRST})::integer, (count(*) - count(f.resolved_at))::integer,
  string_agg(uuid_send(f.profile_id), ''::bytea) filter (where ${IS_FIRST_OF_ANY})
from friction_signal f
where f.workspace_id = $1 and f.detected_at >= $2 and f.detected_at < $3
  and ($4::smallint is null or f.department = $4) and ($5::smallint is null or f.channel = $5) and ${isIn('f.profile_id', '$6')}
group by f.kind, f.department
order by f.kind, f.department`,
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

export interface FrictionReport {
  readonly kinds: readonly FrictionOfKind[];
  /** The ids of the customers in whom any was found, 16 bytes each; of one department or channel some of them several times. */
  readonly profileIds: Buffer;
}

/** Of the whole period. */
export async function reportFriction(
  connections: WorkspaceConnections,
  workspaceId: number,
  period: ReportPeriod,
): Promise<FrictionReport> {
  type Counts = Row & readonly [string, number, number, number, number, Buffer | null];
  const values = [...periodValues(workspaceId, period).slice(0, 5), period.segmentId];
  const rows = await connections.run<Counts>(workspaceId, BY_KIND, values);
  return {
    kinds: rows.map(([kind, department, signals, customers, unresolved]) => ({ kind, department, signals, customers, unresolved })),
    profileIds: Buffer.concat(rows.flatMap((row) => row[5] ?? [])),
  };
}
