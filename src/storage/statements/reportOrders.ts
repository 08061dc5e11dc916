import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { periodValues, type ReportPeriod, within } from './reportPeriod';
import type { Statement } from './statement';

/** Grain: one row a currency, of the orders placed in the period that were not cancelled. No locks. */
const ORDERS: Statement = {
  name: 'report_orders',
  text: `
select told.currency, count(*)::integer, sum(told.net)::text
from (${within('customer_order', 'placed_at')}
) as told
where told.status <> 'CANCELLED'
group by told.currency`,
};

/** The same with who placed them. Summed by customer first, for distinct customers cost a sort of all orders. */
const ORDERS_OF_CUSTOMERS: Statement = {
  name: 'report_orders_of_customers',
  text: `
select own.currency, sum(own.orders)::integer, sum(own.net)::text, count(*)::integer
from (
  select told.currency, told.profile_id, count(*) as orders, sum(told.net) as net
  from (${within('customer_order', 'placed_at')}
  ) as told
  where told.status <> 'CANCELLED'
  group by told.currency, told.profile_id
) as own
group by own.currency`,
};

export interface OrderSums {
  readonly currency: string;
  readonly orders: number;
  /** Exact decimal text: what came in less what was paid back. */
  readonly net: string;
}

export interface CustomerOrderSums extends OrderSums {
  /** Who placed them. */
  readonly customers: number;
}

/** Of the whole period. Average order value is `net` / `orders`; never across currencies. */
export async function reportOrders(
  connections: WorkspaceConnections,
  workspaceId: number,
  period: ReportPeriod,
): Promise<readonly OrderSums[]> {
  type Sums = Row & readonly [string, number, string];
  const rows = await connections.run<Sums>(workspaceId, ORDERS, periodValues(workspaceId, period));
  return rows.map(([currency, orders, net]) => ({ currency, orders, net }));
}

/** Historical customer lifetime value of a period from the beginning is `net` / `customers`; never across currencies. */
export async function reportOrdersOfCustomers(
  connections: WorkspaceConnections,
  workspaceId: number,
  period: ReportPeriod,
): Promise<readonly CustomerOrderSums[]> {
  type Sums = Row & readonly [string, number, string, number];
  const rows = await connections.run<Sums>(workspaceId, ORDERS_OF_CUSTOMERS, periodValues(workspaceId, period));
  return rows.map(([currency, orders, net, customers]) => ({ currency, orders, net, customers }));
}
