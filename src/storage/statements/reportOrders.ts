import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { periodValues, type ReportPeriod, reportStatements, STEP, type StepStart, statementFor, within } from './reportPeriod';

/** Grain: one row a currency for the whole period and for each of its steps, of the orders placed then that were not cancelled. No locks. */
const ORDERS = reportStatements(
  'orders',
  (groups) => `
select ${STEP}, told.currency, count(*)::integer, sum(told.net)::text, count(distinct told.profile_id)::integer
from (${within('customer_order', 'placed_at')}
) as told
where told.status <> 'CANCELLED'
group by ${groups}`,
  ['told.currency'],
);

export interface OrderSums {
  readonly step: StepStart;
  readonly currency: string;
  readonly orders: number;
  /** Exact decimal text: what came in less what was paid back. */
  readonly net: string;
  readonly customers: number;
}

/** Average order value is `net` / `orders`, historical customer lifetime value of a period from the beginning `net` / `customers`; never across currencies. */
export async function reportOrders(
  connections: WorkspaceConnections,
  workspaceId: number,
  period: ReportPeriod,
): Promise<readonly OrderSums[]> {
  type Sums = Row & readonly [StepStart, string, number, string, number];
  const rows = await connections.run<Sums>(workspaceId, statementFor(ORDERS, period), periodValues(workspaceId, period));
  return rows.map(([step, currency, orders, net, customers]) => ({ step, currency, orders, net, customers }));
}
