import type { ClientBase } from 'pg';
import { type Statement, send } from './statement';

/** Answers the generation without a lock. */
const READ_GENERATION: Statement = {
  name: 'read_generation',
  text: 'select lane.generation::text as generation from lane where lane.workspace_id = $1',
};

/** One row, locked for the rest of the transaction, or the error STALE. Whether it waits or not, the generation is the one after the wait. */
const LOCK_LANE: Statement = { name: 'lock_lane', text: 'select lock_lane($1, $2::bigint)' };
const STALE = 'TLS01';

/** Idempotent. */
const OPEN_LANE: Statement = {
  name: 'open_lane',
  text: 'insert into lane (workspace_id, updated_at) values ($1, $2) on conflict (workspace_id) do nothing',
};

/** The rate is an exponential mean over ten seconds. Part of the batch's transaction, after `lockLane`. */
const ADVANCE_LANE: Statement = {
  name: 'advance_lane',
  text: `
update lane set
  generation = lane.generation + 1,
  processed_position = greatest(lane.processed_position, $2::bigint),
  processed_messages = lane.processed_messages + $3::int,
  messages_per_second = lane.messages_per_second * exp(-least(greatest(extract(epoch from $4::timestamptz - lane.updated_at), 0), 600) / 10)::float8 + $3::int / 10.0,
  updated_at = greatest(lane.updated_at, $4::timestamptz)
where lane.workspace_id = $1`,
};

/** One row, locked for the rest of the transaction, whatever its generation; raised, so that what was decided before it is stale. */
const TAKE_LANE: Statement = {
  name: 'take_lane',
  text: `
insert into lane (workspace_id, generation, updated_at) values ($1, 1, $2)
on conflict (workspace_id) do update set generation = lane.generation + 1`,
};

/** One row, locked for the rest of the transaction, and left as it is. */
const HOLD_LANE: Statement = { name: 'hold_lane', text: 'select from lane where lane.workspace_id = $1 for update' };

/** How many batches were written to the workspace so far; makes its lane where there is none. */
export async function readGeneration(client: ClientBase, workspaceId: number, nowMs: number): Promise<bigint> {
  const [lane] = await send<{ generation: string }>(client, READ_GENERATION, [workspaceId]);
  if (lane) return BigInt(lane.generation);
  await send(client, OPEN_LANE, [workspaceId, new Date(nowMs)]);
  return 0n;
}

/**
 * Takes the workspace's lane until the transaction ends. Whoever holds it is the only one to change the workspace's identity, timeline
 * and states, so batches are written one after the other. Fails where the generation is another one by then (`isStale`), and with it
 * everything sent behind it in the same transaction.
 */
export async function lockLane(client: ClientBase, workspaceId: number, generation: bigint): Promise<void> {
  await send(client, LOCK_LANE, [workspaceId, String(generation)]);
}

/** The same for who decides while holding the lane: waits for the batch that is being written, and makes what is decided meanwhile be decided anew. */
export async function takeLane(client: ClientBase, workspaceId: number, nowMs: number): Promise<void> {
  await send(client, TAKE_LANE, [workspaceId, new Date(nowMs)]);
}

/** For who writes beside the batches what changes nobody's identity: waits for the batch that is being written, and leaves caches good. */
export async function holdLane(client: ClientBase, workspaceId: number): Promise<void> {
  await send(client, HOLD_LANE, [workspaceId]);
}

export function isStale(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === STALE;
}

/** Moves the lane on by one batch, so that every cache of what stood before can tell that it is stale. */
export async function advanceLane(
  client: ClientBase,
  workspaceId: number,
  batch: { lastPosition: bigint; messages: number; nowMs: number },
): Promise<void> {
  await send(client, ADVANCE_LANE, [workspaceId, String(batch.lastPosition), batch.messages, new Date(batch.nowMs)]);
}
