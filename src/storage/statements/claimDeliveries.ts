import type { ChangeType } from '../../activation/change';
import type { ClaimedDelivery } from '../../activation/delivery';
import type { SigningSecrets } from '../../activation/signingSecrets';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row a destination with something to send at $1, past the wall. No locks. */
const PENDING_DELIVERIES: Statement = {
  name: 'pending_deliveries',
  text: 'select p.workspace_id, p.destination_id from pending_deliveries($1::timestamptz) p',
};

/** Names no workspace: behind the wall nothing can be seen. */
const NO_WORKSPACE = 0;

export interface DestinationPlace {
  readonly workspaceId: number;
  readonly destinationId: string;
}

export async function pendingDeliveries(connections: WorkspaceConnections, nowMs: number): Promise<readonly DestinationPlace[]> {
  const rows = await connections.run<Row & readonly [number, string]>(NO_WORKSPACE, PENDING_DELIVERIES, [isoOf(nowMs)]);
  return rows.map(([workspaceId, destinationId]) => ({ workspaceId, destinationId }));
}

/** Grain: the destination, unless it is disabled or gone. No locks. */
const SENDING_DESTINATION: Statement = {
  name: 'sending_destination',
  text: `
select destination.url, destination.secrets, destination.purpose, destination.failures, destination.open_until
from destination
where destination.workspace_id = $1 and destination.destination_id = $2::uuid and destination.is_enabled`,
};

/** What sending goes by. */
export interface SendingDestination {
  readonly url: string;
  readonly secrets: SigningSecrets;
  readonly purpose: string | null;
  readonly failures: number;
  readonly openUntilMs: number | null;
}

export async function sendingDestination(
  connections: WorkspaceConnections,
  { workspaceId, destinationId }: DestinationPlace,
): Promise<SendingDestination | null> {
  const rows = await connections.run<Row & readonly [string, string, string | null, number, number | null]>(
    workspaceId,
    SENDING_DESTINATION,
    [workspaceId, destinationId],
  );
  const [row] = rows;
  if (!row) return null;
  const [url, secrets, purpose, failures, openUntilMs] = row;
  return { url, secrets: JSON.parse(secrets), purpose, failures, openUntilMs };
}

/** One row where the circuit was half open and nobody else tries: until $4 it is ours to try. */
const TAKE_PROBE: Statement = {
  name: 'take_probe',
  text: `
update destination set open_until = $4::timestamptz
where destination.workspace_id = $1 and destination.destination_id = $2::uuid and destination.is_enabled and destination.open_until <= $3::timestamptz
returning true`,
};

export async function takeProbe(
  connections: WorkspaceConnections,
  { workspaceId, destinationId }: DestinationPlace,
  nowMs: number,
  untilMs: number,
): Promise<boolean> {
  const rows = await connections.run(workspaceId, TAKE_PROBE, [workspaceId, destinationId, isoOf(nowMs), isoOf(untilMs)]);
  return rows.length > 0;
}

/**
 * Grain: one row a delivery that is taken now, of each profile the first that is pending, if it is due by $6 and nobody sends it. What somebody else
 * is just taking is passed over, and looked at again in the state that they left it in.
 */
const CLAIM_DELIVERIES: Statement = {
  name: 'claim_deliveries',
  text: `
update delivery set attempts = delivery.attempts + 1, tries = delivery.tries + 1, leased_until = $4::timestamptz
from (
  select d.change_id
  from delivery d
  where d.workspace_id = $1 and d.destination_id = $2::uuid and d.status = 'PENDING' and d.next_at <= $6::timestamptz
    and (d.leased_until is null or d.leased_until <= $3::timestamptz)
    and not exists (
      select from delivery e
      where e.workspace_id = $1 and e.destination_id = $2::uuid and e.profile_id = d.profile_id and e.status = 'PENDING' and e.position < d.position)
  order by d.next_at, d.position
  limit $5
  for update skip locked
) as due
where delivery.workspace_id = $1 and delivery.destination_id = $2::uuid and delivery.change_id = due.change_id
returning delivery.change_id, delivery.type, delivery.profile_id, delivery.at, delivery.segment_id, delivery.friction_kind, delivery.data,
  delivery.position, delivery.attempts, delivery.tries, delivery.give_up_at`,
};

type ClaimedRow = Row & readonly [string, ChangeType, string, number, string | null, string | null, string, string, number, number, number];

export interface Claim {
  readonly nowMs: number;
  /** Who has not said by then what came of it loses it. */
  readonly leasedUntilMs: number;
  readonly limit: number;
  /** Also what is not due yet. */
  readonly isProbe: boolean;
}

/** At most one of each profile. */
export async function claimDeliveries(
  connections: WorkspaceConnections,
  { workspaceId, destinationId }: DestinationPlace,
  { nowMs, leasedUntilMs, limit, isProbe }: Claim,
): Promise<readonly ClaimedDelivery[]> {
  const values = [workspaceId, destinationId, isoOf(nowMs), isoOf(leasedUntilMs), limit, isProbe ? 'infinity' : isoOf(nowMs)];
  const rows = await connections.run<ClaimedRow>(workspaceId, CLAIM_DELIVERIES, values);
  return rows.map(([changeId, type, profileId, atMs, segmentId, frictionKind, data, position, attempt, tries, giveUpAtMs]) => {
    const change = { changeId, type, profileId, atMs, segmentId, frictionKind, data: JSON.parse(data) };
    return { ...change, position, attempt, tries, giveUpAtMs };
  });
}

function isoOf(atMs: number): string {
  return new Date(atMs).toISOString();
}
