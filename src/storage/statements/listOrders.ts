import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { isIn } from './reportPeriod';
import type { Statement } from './statement';

/** Grain: one row an order placed in the period that was not cancelled, by when it was placed. No locks. */
const LIST_ORDERS: Statement = {
  name: 'list_orders',
  text: `
select o.profile_id, o.placed_at, o.amount::text, o.currency
from customer_order o
where o.workspace_id = $1 and o.placed_at >= $2 and o.placed_at < $3 and o.status <> 'CANCELLED' and ${isIn('o.profile_id', '$5')}
order by o.placed_at, o.profile_id, o.order_key
limit $4`,
};

export type ListedOrder = Row & readonly [profileId: string, placedAtMs: number, amount: string, currency: string];

export function listOrders(
  connections: WorkspaceConnections,
  workspaceId: number,
  {
    fromMs,
    toMs,
    limit,
    segmentId,
  }: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly limit: number;
    /** Only of those who are in this segment now; null: of all. */
    readonly segmentId: string | null;
  },
): Promise<readonly ListedOrder[]> {
  return connections.run<ListedOrder>(workspaceId, LIST_ORDERS, [workspaceId, new Date(fromMs), new Date(toMs), limit, segmentId]);
}
