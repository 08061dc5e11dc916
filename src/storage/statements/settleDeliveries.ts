import type { ClientBase } from 'pg';
import type { Circuit } from '../../activation/circuit';
import type { ClaimedDelivery, DeliveryStatus } from '../../activation/delivery';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { DestinationPlace } from './claimDeliveries';
import { type Statement, send } from './statement';

/**
 * Grain: one row a delivery that was settled. One that somebody else has taken since is theirs to settle. Of a profile whose delivery is put off
 * everything behind it is put off as long.
 */
const SETTLE_DELIVERIES: Statement = {
  name: 'settle_deliveries',
  text: `
with outcome as (
  select o.change_id, o.attempt, o.status, o.next_at, o.last_status, o.last_error, o.uncounted
  from unnest($3::uuid[], $4::integer[], $5::text[], $6::timestamptz[], $7::integer[], $8::text[], $9::integer[])
    as o (change_id, attempt, status, next_at, last_status, last_error, uncounted)
),
settled as (
  update delivery set status = o.status, next_at = coalesce(o.next_at, delivery.next_at), leased_until = null, tries = delivery.tries - o.uncounted,
    last_status = o.last_status, last_error = o.last_error, delivered_at = case when o.status = 'DELIVERED' then $10::timestamptz end
  from outcome o
  where delivery.workspace_id = $1 and delivery.destination_id = $2::uuid and delivery.change_id = o.change_id
    and delivery.attempts = o.attempt and delivery.status = 'PENDING'
  returning delivery.change_id, delivery.profile_id, delivery.position, delivery.status, delivery.next_at
),
put_off as (
  update delivery set next_at = s.next_at
  from settled s
  where s.status = 'PENDING' and delivery.workspace_id = $1 and delivery.destination_id = $2::uuid and delivery.profile_id = s.profile_id
    and delivery.status = 'PENDING' and delivery.position > s.position and delivery.next_at < s.next_at
)
select settled.change_id
from settled`,
};

export interface Settlement {
  readonly delivery: Pick<ClaimedDelivery, 'changeId' | 'attempt'>;
  readonly status: DeliveryStatus;
  /** Of one that stays PENDING; null otherwise. */
  readonly nextAtMs: number | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  /** Whether anything was sent: else it was no try. */
  readonly wasSent: boolean;
}

export async function settleDeliveries(
  connections: WorkspaceConnections,
  { workspaceId, destinationId }: DestinationPlace,
  settlements: readonly Settlement[],
  nowMs: number,
): Promise<void> {
  await connections.run(workspaceId, SETTLE_DELIVERIES, [
    workspaceId,
    destinationId,
    settlements.map(({ delivery }) => delivery.changeId),
    settlements.map(({ delivery }) => delivery.attempt),
    settlements.map(({ status }) => status),
    settlements.map(({ nextAtMs }) => (nextAtMs === null ? null : new Date(nextAtMs).toISOString())),
    settlements.map(({ lastStatus }) => lastStatus),
    settlements.map(({ lastError }) => lastError),
    settlements.map(({ wasSent }) => (wasSent ? 0 : 1)),
    new Date(nowMs).toISOString(),
  ] satisfies Row);
}

/** One row, locked for the rest of the transaction; none where it is gone. */
const LOCK_CIRCUIT: Statement = {
  name: 'lock_circuit',
  text: `
select d.failures, d.openings, (extract(epoch from d.open_until) * 1000)::float8 as open_until_ms
from destination d
where d.workspace_id = $1 and d.destination_id = $2
for update`,
};

const WRITE_CIRCUIT: Statement = {
  name: 'write_circuit',
  text: `
update destination set failures = $3, openings = $4, open_until = $5
where destination.workspace_id = $1 and destination.destination_id = $2`,
};

const DISABLE_GONE: Statement = {
  name: 'disable_gone_destination',
  text: `
update destination set is_enabled = false, disabled_reason = 'GONE'
where destination.workspace_id = $1 and destination.destination_id = $2 and destination.is_enabled`,
};

/** A destination that is back is given at once what was put off while it was away. */
const HURRY_DELIVERIES: Statement = {
  name: 'hurry_deliveries',
  text: `
update delivery set next_at = $3
where delivery.workspace_id = $1 and delivery.destination_id = $2 and delivery.status = 'PENDING' and delivery.next_at > $3`,
};

export async function lockCircuit(client: ClientBase, { workspaceId, destinationId }: DestinationPlace): Promise<Circuit | null> {
  const rows = await send<{ failures: number; openings: number; open_until_ms: number | null }>(client, LOCK_CIRCUIT, [
    workspaceId,
    destinationId,
  ]);
  const [row] = rows;
  return row ? { failures: row.failures, openings: row.openings, openUntilMs: row.open_until_ms } : null;
}

export async function writeCircuit(client: ClientBase, { workspaceId, destinationId }: DestinationPlace, circuit: Circuit): Promise<void> {
  const { failures, openings, openUntilMs } = circuit;
  const openUntil = openUntilMs === null ? null : new Date(openUntilMs);
  await send(client, WRITE_CIRCUIT, [workspaceId, destinationId, failures, openings, openUntil]);
}

export async function disableGoneDestination(client: ClientBase, { workspaceId, destinationId }: DestinationPlace): Promise<void> {
  await send(client, DISABLE_GONE, [workspaceId, destinationId]);
}

export async function hurryDeliveries(client: ClientBase, { workspaceId, destinationId }: DestinationPlace, nowMs: number): Promise<void> {
  await send(client, HURRY_DELIVERIES, [workspaceId, destinationId, new Date(nowMs)]);
}
