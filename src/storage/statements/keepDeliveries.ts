import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Names no workspace: behind the wall nothing can be seen. */
const NO_WORKSPACE = 0;

const WORKSPACES_WITH_DELIVERIES: Statement = {
  name: 'workspaces_with_deliveries',
  text: 'select w.workspace_id from workspaces_with_deliveries() w',
};

export async function workspacesWithDeliveries(connections: WorkspaceConnections): Promise<readonly number[]> {
  const rows = await connections.run<Row & readonly [number]>(NO_WORKSPACE, WORKSPACES_WITH_DELIVERIES, []);
  return rows.map(([workspaceId]) => workspaceId);
}

/** Grain: one row a delivery whose day is over while nothing can be sent to its destination: it is disabled, or its circuit is open. At most $3. */
const EXPIRE_DELIVERIES: Statement = {
  name: 'expire_deliveries',
  text: `
with over as materialized (
  select x.destination_id, x.change_id
  from destination t
  join delivery x on x.workspace_id = $1 and x.destination_id = t.destination_id
  where t.workspace_id = $1 and (not t.is_enabled or t.open_until is not null) and x.status = 'PENDING' and x.next_at <= $2::timestamptz
    and x.give_up_at <= $2::timestamptz and (x.leased_until is null or x.leased_until <= $2::timestamptz)
  limit $3
  for update of x skip locked
)
update delivery set status = 'FAILED', leased_until = null, last_error = 'EXPIRED'
from over
where delivery.workspace_id = $1 and delivery.destination_id = over.destination_id and delivery.change_id = over.change_id
returning true`,
};

/**
 * Grain: one row a delivery that is gone from the log: it is older than $2, or its destination is no more. At most $3 of each destination, which are found
 * by going from one to the next in the key.
 */
const FORGET_DELIVERIES: Statement = {
  name: 'forget_deliveries',
  text: `
with recursive known as (
  (select d.destination_id from delivery d where d.workspace_id = $1 order by d.destination_id limit 1)
  union all
  select (
    select d.destination_id from delivery d
    where d.workspace_id = $1 and d.destination_id > known.destination_id
    order by d.destination_id limit 1)
  from known
  where known.destination_id is not null
),
old as (
  select known.destination_id, o.change_id
  from known
  left join destination t on t.workspace_id = $1 and t.destination_id = known.destination_id
  cross join lateral (
    select x.change_id from delivery x
    where x.workspace_id = $1 and x.destination_id = known.destination_id
      and x.at < case when t.destination_id is null then 'infinity' else $2::timestamptz end
      and (t.destination_id is null or x.status <> 'PENDING')
    limit $3
  ) as o
)
delete from delivery
using old
where delivery.workspace_id = $1 and delivery.destination_id = old.destination_id and delivery.change_id = old.change_id
returning true`,
};

/** Grain: one row a delivery that told of an erasure, or never will: nothing names who was erased from then on. */
const FORGET_ERASURES: Statement = {
  name: 'forget_erasure_deliveries',
  text: `
delete from delivery
where delivery.workspace_id = $1 and delivery.type = 'profile.erased' and delivery.status <> 'PENDING'
returning true`,
};

export async function forgetErasureDeliveries(connections: WorkspaceConnections, workspaceId: number): Promise<void> {
  await connections.run(workspaceId, FORGET_ERASURES, [workspaceId]);
}

/** Answers how many. */
export async function expireDeliveries(
  connections: WorkspaceConnections,
  workspaceId: number,
  nowMs: number,
  limit: number,
): Promise<number> {
  const rows = await connections.run(workspaceId, EXPIRE_DELIVERIES, [workspaceId, new Date(nowMs).toISOString(), limit]);
  return rows.length;
}

/** Answers how many. */
export async function forgetDeliveries(
  connections: WorkspaceConnections,
  workspaceId: number,
  beforeMs: number,
  limit: number,
): Promise<number> {
  const rows = await connections.run(workspaceId, FORGET_DELIVERIES, [workspaceId, new Date(beforeMs).toISOString(), limit]);
  return rows.length;
}
