import { churnOfPatterns } from '../../measures/value/churnOfPatterns';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { isIn } from './reportPeriod';
import type { Statement } from './statement';

/**
 * Grain: one row for all customers whose spans lie alike among the boundaries $2, which ascend: of the first span and in pairs of the others the first boundary
 * that it covers and the first after it that it does not. A moment belongs to the time before it: who became a customer at the very boundary is new, and none
 * at it. Reads every customer once, whatever the number of boundaries. No locks.
 */
const PATTERNS: Statement = {
  name: 'report_churn',
  text: `
select told.first, told.until, told.others, count(*)::integer
from (
  select width_bucket(c.customer_from[1], $2::timestamptz[]) as first, width_bucket(c.customer_to[1], $2::timestamptz[]) as until,
    case when cardinality(c.customer_from) > 1 then array(
      select array[width_bucket(span.from_at, $2::timestamptz[]), width_bucket(span.to_at, $2::timestamptz[])]
      from unnest(c.customer_from[2:], c.customer_to[2:]) as span (from_at, to_at)
    ) end as others
  from customer c
  where c.workspace_id = $1 and cardinality(c.customer_from) > 0 and ${isIn('c.profile_id', '$3')}
) as told
group by told.first, told.until, told.others`,
};

export interface ChurnCounts {
  /** Who was a customer when the period began. */
  readonly atStart: number;
  /** Those of them who are none when it ends, whatever happened between. */
  readonly lost: number;
}

/** For each period, half-open, in the order asked for. `segmentId`: only of who is in it now; null: of all. */
export async function reportChurn(
  connections: WorkspaceConnections,
  workspaceId: number,
  periods: readonly { readonly fromMs: number; readonly toMs: number }[],
  segmentId: string | null,
): Promise<readonly ChurnCounts[]> {
  type Pattern = Row & readonly [first: number, until: number, others: readonly (readonly [number, number])[] | null, customers: number];
  const boundaries = [...new Set(periods.flatMap(({ fromMs, toMs }) => [fromMs, toMs]))].sort((left, right) => left - right);
  const places = new Map(boundaries.map((atMs, place) => [atMs, place]));
  const values = [workspaceId, boundaries.map((atMs) => new Date(atMs)), segmentId];
  const rows = await connections.run<Pattern>(workspaceId, PATTERNS, values);
  return churnOfPatterns(
    rows.map(([first, until, others, customers]) => ({ spans: [[first, until], ...(others ?? [])], customers })),
    periods.map(({ fromMs, toMs }) => ({ from: places.get(fromMs) as number, to: places.get(toMs) as number })),
  );
}
