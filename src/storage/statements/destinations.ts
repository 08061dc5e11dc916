import type { ClientBase } from 'pg';
import type { ChangeType } from '../../activation/change';
import type { DestinationSettings } from '../../activation/destination';
import type { SigningSecrets } from '../../activation/signingSecrets';
import { type Statement, send } from './statement';

const COLUMNS = `
  d.destination_id, d.name, d.url, d.events, d.segment_ids, d.friction_kinds, d.min_severity, d.purpose, d.quiet_period_seconds, d.secrets, d.is_enabled,
  d.disabled_reason, d.failures, (extract(epoch from d.open_until) * 1000)::float8 as open_until_ms`;

/** Grain: one row a destination, the oldest first. */
const LIST_DESTINATIONS: Statement = {
  name: 'list_destinations',
  text: `select ${COLUMNS} from destination d where d.workspace_id = $1 order by d.created_at, d.destination_id`,
};

/** One row, locked for the rest of the transaction. */
const LOCK_DESTINATION: Statement = {
  name: 'lock_destination',
  text: `select ${COLUMNS} from destination d where d.workspace_id = $1 and d.destination_id = $2 for update`,
};

const INSERT_DESTINATION: Statement = {
  name: 'insert_destination',
  text: `
insert into destination (workspace_id, destination_id, name, url, events, segment_ids, friction_kinds, min_severity, purpose, quiet_period_seconds, is_enabled,
  secrets, failures, openings, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, $13)`,
};

/** Where $12, it begins anew: what it answered before is forgotten. */
const UPDATE_DESTINATION: Statement = {
  name: 'update_destination',
  text: `
update destination set name = $3, url = $4, events = $5, segment_ids = $6, friction_kinds = $7, min_severity = $8, purpose = $9, quiet_period_seconds = $10,
  is_enabled = $11, disabled_reason = case when $12 then null else destination.disabled_reason end,
  failures = case when $12 then 0 else destination.failures end, openings = case when $12 then 0 else destination.openings end,
  open_until = case when $12 then null else destination.open_until end
where destination.workspace_id = $1 and destination.destination_id = $2`,
};

const WRITE_SECRETS: Statement = {
  name: 'write_destination_secrets',
  text: 'update destination set secrets = $3 where destination.workspace_id = $1 and destination.destination_id = $2',
};

const DELETE_DESTINATION: Statement = {
  name: 'delete_destination',
  text: 'delete from destination where destination.workspace_id = $1 and destination.destination_id = $2 returning true',
};

const COUNT_SEGMENTS: Statement = {
  name: 'count_named_segments',
  text: 'select count(*)::integer as count from segment s where s.workspace_id = $1 and s.segment_id = any($2::uuid[])',
};

/** As `StoredDestination` has it, for whoever may see its secrets. */
export interface StoredDestination extends DestinationSettings {
  readonly destinationId: string;
  readonly secrets: SigningSecrets;
  readonly disabledReason: string | null;
  readonly failures: number;
  readonly openUntilMs: number | null;
}

interface Row {
  destination_id: string;
  name: string;
  url: string;
  events: ChangeType[];
  segment_ids: string[];
  friction_kinds: string[];
  min_severity: string | null;
  purpose: string | null;
  quiet_period_seconds: number;
  secrets: SigningSecrets;
  is_enabled: boolean;
  disabled_reason: string | null;
  failures: number;
  open_until_ms: number | null;
}

export async function listDestinations(client: ClientBase, workspaceId: number): Promise<StoredDestination[]> {
  return (await send<Row>(client, LIST_DESTINATIONS, [workspaceId])).map(fromRow);
}

export async function lockDestination(client: ClientBase, workspaceId: number, destinationId: string): Promise<StoredDestination | null> {
  const [row] = await send<Row>(client, LOCK_DESTINATION, [workspaceId, destinationId]);
  return row ? fromRow(row) : null;
}

export async function insertDestination(
  client: ClientBase,
  workspaceId: number,
  destination: DestinationSettings & { readonly destinationId: string; readonly secrets: SigningSecrets },
  atMs: number,
): Promise<void> {
  const { destinationId, secrets } = destination;
  const values = [workspaceId, destinationId, ...settingsOf(destination), JSON.stringify(secrets), new Date(atMs)];
  await send(client, INSERT_DESTINATION, values);
}

export async function updateDestination(
  client: ClientBase,
  workspaceId: number,
  destination: DestinationSettings & { readonly destinationId: string },
  beginsAnew: boolean,
): Promise<void> {
  await send(client, UPDATE_DESTINATION, [workspaceId, destination.destinationId, ...settingsOf(destination), beginsAnew]);
}

export async function writeSecrets(client: ClientBase, workspaceId: number, destinationId: string, secrets: SigningSecrets): Promise<void> {
  await send(client, WRITE_SECRETS, [workspaceId, destinationId, JSON.stringify(secrets)]);
}

/** Answers whether it was there. Its deliveries are forgotten by the upkeep of the log. */
export async function deleteDestination(client: ClientBase, workspaceId: number, destinationId: string): Promise<boolean> {
  return (await send(client, DELETE_DESTINATION, [workspaceId, destinationId])).length > 0;
}

export async function countSegments(client: ClientBase, workspaceId: number, segmentIds: readonly string[]): Promise<number> {
  const [row] = await send<{ count: number }>(client, COUNT_SEGMENTS, [workspaceId, segmentIds]);
  return row?.count ?? 0;
}

function settingsOf(settings: DestinationSettings): unknown[] {
  const { name, url, events, segmentIds, frictionKinds, minSeverity, purpose, quietPeriodSeconds, isEnabled } = settings;
  return [name, url, events, segmentIds, frictionKinds, minSeverity, purpose, quietPeriodSeconds, isEnabled];
}

function fromRow(row: Row): StoredDestination {
  return {
    destinationId: row.destination_id,
    name: row.name,
    url: row.url,
    events: row.events,
    segmentIds: row.segment_ids,
    frictionKinds: row.friction_kinds,
    minSeverity: row.min_severity,
    purpose: row.purpose,
    quietPeriodSeconds: row.quiet_period_seconds,
    secrets: row.secrets,
    isEnabled: row.is_enabled,
    disabledReason: row.disabled_reason,
    failures: row.failures,
    openUntilMs: row.open_until_ms,
  };
}
