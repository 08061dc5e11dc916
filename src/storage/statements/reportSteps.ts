import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { periodValues, type ReportPeriod } from './reportPeriod';
import type { Statement } from './statement';

/**
 * Grain: one row a step of the period, in order, beginning where `date_trunc` has it begin. Hours go by the clock of the world, so that none is
 * missing and none stands twice where clocks are changed. Reads no table.
 */
const REPORT_STEPS: Statement = {
  name: 'report_steps',
  text: `
select step
from (
  select generate_series(date_trunc('hour', $1::timestamptz, $4), $2, interval '1 hour') as step
  where $3 = 'hour'
  union all
  select generate_series(date_trunc($3, $1 at time zone $4), $2 at time zone $4, case $3 when 'quarter' then interval '3 months' else ('1 ' || $3)::interval end)
    at time zone $4
  where $3 <> 'hour'
) as steps
where step < $2
order by step`,
};

export async function reportSteps(
  connections: WorkspaceConnections,
  workspaceId: number,
  period: ReportPeriod,
): Promise<readonly number[]> {
  const [, from, to, , , interval, timeZone] = periodValues(workspaceId, period);
  const rows = await connections.run<Row & readonly [number]>(workspaceId, REPORT_STEPS, [from, to, interval, timeZone]);
  return rows.map(([step]) => step);
}
