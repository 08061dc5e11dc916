import type { ClientBase } from 'pg';
import type { ChangeType } from '../../activation/change';
import type { DeliveryStatus } from '../../activation/delivery';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { type Statement, send } from './statement';

/** Grain: one row a delivery, the latest first, those after the given one. No locks. */
const LIST_DELIVERIES: Statement = {
  name: 'list_deliveries',
  text: `
select delivery.change_id, delivery.profile_id, delivery.type, delivery.at, delivery.status, delivery.attempts, delivery.next_at, delivery.last_status,
  delivery.last_error, delivery.delivered_at
from delivery
where delivery.workspace_id = $1 and delivery.destination_id = $2::uuid and ($3::text is null or delivery.status = $3)
  and (delivery.at, delivery.change_id) < ($4::timestamptz, $5::uuid)
order by delivery.at desc, delivery.change_id desc
limit $6`,
};

const BEYOND_ALL = { at: 'infinity', changeId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

export type DeliveryLogRow = Row &
  readonly [
    changeId: string,
    profileId: string,
    type: ChangeType,
    atMs: number,
    status: DeliveryStatus,
    attempts: number,
    nextAtMs: number,
    lastStatus: number | null,
    lastError: string | null,
    deliveredAtMs: number | null,
  ];

export function listDeliveries(
  connections: WorkspaceConnections,
  workspaceId: number,
  destinationId: string,
  page: {
    readonly status: string | null;
    readonly after: { readonly at: string; readonly changeId: string } | null;
    readonly limit: number;
  },
): Promise<readonly DeliveryLogRow[]> {
  const { at, changeId } = page.after ?? BEYOND_ALL;
  return connections.run<DeliveryLogRow>(workspaceId, LIST_DELIVERIES, [workspaceId, destinationId, page.status, at, changeId, page.limit]);
}

/** Grain: one row a delivery that is sent again: those named, unless they are still pending, or those that failed. In the order they had. */
const REPLAY_DELIVERIES: Statement = {
  name: 'replay_deliveries',
  text: `
update delivery set status = 'PENDING', tries = 0, next_at = $5, give_up_at = $6, leased_until = null, delivered_at = null
where delivery.workspace_id = $1 and delivery.destination_id = $2
  and case when $3::uuid[] is null then delivery.status = 'FAILED' and delivery.at >= $4 else delivery.change_id = any($3::uuid[]) and delivery.status <> 'PENDING' end
returning true`,
};

/** Answers how many. */
export async function replayDeliveries(
  client: ClientBase,
  workspaceId: number,
  asked: { readonly destinationId: string; readonly changeIds: readonly string[] | null; readonly sinceMs: number | null },
  times: { readonly nowMs: number; readonly giveUpAtMs: number },
): Promise<number> {
  const { destinationId, changeIds, sinceMs } = asked;
  const values = [workspaceId, destinationId, changeIds, new Date(sinceMs ?? 0), new Date(times.nowMs), new Date(times.giveUpAtMs)];
  return (await send(client, REPLAY_DELIVERIES, values)).length;
}
