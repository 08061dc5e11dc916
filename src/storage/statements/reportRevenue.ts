import { readDecimalText, ZERO } from '../../kernel/decimal';
import { asMoney } from '../../kernel/money';
import { type Period, type RevenueChurn, withRates } from '../../measures/value/churn';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { isIn } from './reportPeriod';
import type { Statement } from './statement';

/**
 * Grain: one row a currency that any subscription had a price in. Of each subscription the last step before the period's start and before its end counts, in its
 * own currency; where nobody said its price, nothing. Times are written down in whole milliseconds. No locks.
 */
const REVENUE: Statement = {
  name: 'report_revenue',
  text: `
with step as (
  select s.profile_id, step.currency, step.amount, step.ordinal = s.of_start as is_start, step.ordinal = s.of_end as is_end,
    step.ordinal <= s.of_start and step.amount > 0 as is_before
  from (
    select t.profile_id, t.monthly_amounts, t.currencies, width_bucket($2::timestamptz - interval '1 microsecond', t.steps_at) as of_start,
      width_bucket($3::timestamptz - interval '1 microsecond', t.steps_at) as of_end
    from subscription t
    where t.workspace_id = $1 and ${isIn('t.profile_id', '$4')}
  ) as s
  cross join lateral unnest(s.monthly_amounts, s.currencies) with ordinality as step (amount, currency, ordinal)
  where step.amount is not null and step.currency is not null
),
own as (
  select step.currency, coalesce(sum(step.amount) filter (where step.is_start), 0) as start_amount,
    coalesce(sum(step.amount) filter (where step.is_end), 0) as end_amount, bool_or(step.is_before) as had_revenue
  from step
  group by step.currency, step.profile_id
)
select own.currency, sum(own.start_amount)::text, sum(own.start_amount) filter (where own.end_amount = 0)::text,
  sum(own.start_amount - own.end_amount) filter (where own.start_amount <> 0 and own.end_amount <> 0 and own.end_amount < own.start_amount)::text,
  sum(own.end_amount - own.start_amount) filter (where own.start_amount <> 0 and own.end_amount <> 0 and own.end_amount >= own.start_amount)::text,
  sum(own.end_amount) filter (where own.start_amount = 0 and own.had_revenue)::text
from own
group by own.currency
order by own.currency`,
};

/** As `revenueChurnOf` has it of all customers, or of who is in the segment now, in the order of the currencies' names. */
export async function reportRevenueChurn(
  connections: WorkspaceConnections,
  workspaceId: number,
  { fromMs, toMs }: Period,
  segmentId: string | null,
): Promise<readonly RevenueChurn[]> {
  type Sums = Row & readonly [currency: string, starting: string, churned: Sum, contracted: Sum, expanded: Sum, reactivated: Sum];
  const rows = await connections.run<Sums>(workspaceId, REVENUE, [workspaceId, new Date(fromMs), new Date(toMs), segmentId]);
  return rows.map(([currency, starting, churned, contracted, expanded, reactivated]) => {
    const money = (sum: Sum) => asMoney((sum === null ? null : readDecimalText(sum)) ?? ZERO, currency);
    return withRates(currency, {
      startingMrr: money(starting),
      churned: money(churned),
      contracted: money(contracted),
      expanded: money(expanded),
      reactivated: money(reactivated),
    });
  });
}

/** Null of nothing. */
type Sum = string | null;
