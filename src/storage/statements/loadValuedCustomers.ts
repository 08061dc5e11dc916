import type { ClientBase } from 'pg';
import { parseDecimal } from '../../kernel/decimal';
import type { Span } from '../../measures/span';
import type { OrderDay } from '../../measures/value/purchaseHistory';
import { type Statement, send } from './statement';

/** Grain: one row a profile that has ordered or subscribed, the next $3 by their ids. No locks. */
const LOAD_VALUED_CUSTOMERS: Statement = {
  name: 'load_valued_customers',
  text: `
select c.profile_id, c.currency, c.orders, c.revenue::text as revenue, (extract(epoch from c.last_order_at) * 1000)::float8 as last_order_ms,
  array_to_string(c.order_days, ',') as order_days, array_to_string(c.day_values, ',', '') as day_values, subscribed.spans
from customer c
left join lateral (
  select string_agg(coalesce((extract(epoch from span.from_at) * 1000)::text, '') || ' ' || (extract(epoch from span.to_at) * 1000)::text, ',') as spans
  from subscription s
  cross join lateral unnest(s.runs_from, s.runs_to) as span (from_at, to_at)
  where s.workspace_id = $1 and s.profile_id = c.profile_id
) as subscribed on true
where c.workspace_id = $1 and c.profile_id > $2 and (c.orders > 0 or subscribed.spans is not null)
order by c.profile_id
limit $3`,
};

const COUNT_VALUED_CUSTOMERS: Statement = {
  name: 'count_valued_customers',
  text: 'select count(*)::integer as customers from customer c where c.workspace_id = $1 and c.orders > 0',
};

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** What models of value are learnt from, of one customer. */
export interface ValuedCustomer {
  readonly profileId: string;
  readonly currency: string;
  readonly orders: number;
  /** Exact decimal text, in the currency; null without orders and refunds. */
  readonly revenue: string | null;
  readonly lastOrderAtMs: number | null;
  readonly days: readonly OrderDay[];
  /** When subscriptions ran. */
  readonly subscribed: readonly Span[];
}

interface Row {
  profile_id: string;
  currency: string;
  orders: number;
  revenue: string | null;
  last_order_ms: number | null;
  order_days: string;
  day_values: string;
  spans: string | null;
}

export async function loadValuedCustomers(
  client: ClientBase,
  workspaceId: number,
  page: { readonly after: string | null; readonly limit: number },
): Promise<ValuedCustomer[]> {
  const rows = await send<Row>(client, LOAD_VALUED_CUSTOMERS, [workspaceId, page.after ?? BEFORE_ALL, page.limit]);
  return rows.map((row) => ({
    profileId: row.profile_id,
    currency: row.currency,
    orders: row.orders,
    revenue: row.revenue,
    lastOrderAtMs: row.last_order_ms,
    days: daysOf(row),
    subscribed: row.spans === null ? [] : row.spans.split(',').map(spanOf),
  }));
}

/** Those who have ordered. */
export async function countValuedCustomers(client: ClientBase, workspaceId: number): Promise<number> {
  const [row] = await send<{ customers: number }>(client, COUNT_VALUED_CUSTOMERS, [workspaceId]);
  return row?.customers ?? 0;
}

function daysOf({ order_days: days, day_values: values }: Row): OrderDay[] {
  if (days === '') return [];
  const amounts = values.split(',');
  return days.split(',').map((day, index) => ({ day: Number(day), value: parseDecimal(amounts[index]) }));
}

function spanOf(text: string): Span {
  const [from, to] = text.split(' ');
  return { fromMs: Number(from), toMs: to === 'Infinity' ? null : Number(to) };
}
