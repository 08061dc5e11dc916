import { parseDecimal } from '../../kernel/decimal';
import { asMoney } from '../../kernel/money';
import type { MrrStep } from '../../measures/subscription';
import type { SubscribedRevenue } from '../../measures/value/churn';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { isIn } from './reportPeriod';
import type { Statement } from './statement';

/**
 * Grain: one row a period that anybody was a customer at the start of, and that was not lost to a later span. A customer's spans neither touch nor overlap. A
 * moment belongs to the time before it: who became a customer at the very start is new. No locks.
 */
const CHURN: Statement = {
  name: 'report_churn',
  text: `
with period as materialized (
  select p.* from unnest($2::timestamptz[], $3::timestamptz[]) with ordinality as p (from_at, to_at, ordinal)
)
select period.ordinal::integer, count(*)::integer,
  count(*) filter (where span.to_at < period.to_at and not exists (
    select from unnest(c.customer_from, c.customer_to) as later (from_at, to_at)
    where later.from_at < period.to_at and later.to_at >= period.to_at
  ))::integer
from customer c
cross join lateral unnest(c.customer_from, c.customer_to) as span (from_at, to_at)
join period on span.from_at < period.from_at and span.to_at >= period.from_at
where c.workspace_id = $1 and ${isIn('c.profile_id', '$4')}
group by period.ordinal`,
};

/** Grain: one row a profile that has subscribed, with the steps of each subscription. No locks. */
const SUBSCRIPTIONS: Statement = {
  name: 'read_subscriptions',
  text: `
select string_agg(steps.told, ';')
from subscription s
cross join lateral (
  select string_agg(concat_ws(' ', round(extract(epoch from step.at) * 1000), step.amount, step.currency), ',' order by step.ordinal) as told
  from unnest(s.steps_at, s.monthly_amounts, s.currencies) with ordinality as step (at, amount, currency, ordinal)
) as steps
where s.workspace_id = $1 and ${isIn('s.profile_id', '$2')}
group by s.profile_id`,
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
  type Counts = Row & readonly [ordinal: number, atStart: number, lost: number];
  const values = [workspaceId, periods.map(({ fromMs }) => new Date(fromMs)), periods.map(({ toMs }) => new Date(toMs)), segmentId];
  const counts: ChurnCounts[] = periods.map(() => ({ atStart: 0, lost: 0 }));
  for (const [ordinal, atStart, lost] of await connections.run<Counts>(workspaceId, CHURN, values)) counts[ordinal - 1] = { atStart, lost };
  return counts;
}

/** What subscriptions bring a month, one list a customer: what `revenueChurnOf` is computed from. */
export async function readSubscribedCustomers(
  connections: WorkspaceConnections,
  workspaceId: number,
  segmentId: string | null,
): Promise<readonly (readonly SubscribedRevenue[])[]> {
  const rows = await connections.run<Row & readonly [subscriptions: string]>(workspaceId, SUBSCRIPTIONS, [workspaceId, segmentId]);
  return rows.map(([subscriptions]) => subscriptions.split(';').map((steps) => ({ mrr: steps.split(',').map(stepOf) })));
}

/** Time, amount and currency; of a price that nobody said the time alone. */
function stepOf(text: string): MrrStep {
  const [atMs, amount, currency] = text.split(' ');
  const decimal = parseDecimal(amount);
  return { fromMs: Number(atMs), value: decimal && currency !== undefined ? asMoney(decimal, currency) : null };
}
