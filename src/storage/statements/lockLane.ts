import type { ClientBase } from 'pg';
import { type Statement, send } from './statement';

/**
 * Takes the workspace's lane for the rest of the transaction, making it where there is none: one row, locked. Whoever holds it is the
 * only one to change the workspace's identity, timeline and states. Answers the generation of identity and the first position still in
 * the inbox as the lock found them.
 */
const LOCK_LANE: Statement = {
  name: 'lock_lane',
  text: `
insert into lane (workspace_id, updated_at) values ($1, now())
on conflict (workspace_id) do update set updated_at = excluded.updated_at
returning lane.generation::text as generation`,
};

export async function lockLane(client: ClientBase, workspaceId: number): Promise<{ generation: bigint }> {
  const [lane] = await send<{ generation: string }>(client, LOCK_LANE, [workspaceId]);
  if (!lane) throw new Error(`The lane of workspace ${workspaceId} could not be locked.`);
  return { generation: BigInt(lane.generation) };
}

/**
 * Advances the lane over what a batch did. The rate is an exponential mean over about ten seconds. Part of the batch's transaction,
 * after `lockLane`.
 */
const ADVANCE_LANE: Statement = {
  name: 'advance_lane',
  text: `
update lane set
  generation = lane.generation + $2,
  processed_position = greatest(lane.processed_position, $3::bigint),
  processed_messages = lane.processed_messages + $4,
  messages_per_second = $5,
  updated_at = now()
where lane.workspace_id = $1`,
};

export async function advanceLane(
  client: ClientBase,
  workspaceId: number,
  advance: { generations: number; processedPosition: bigint; messages: number; messagesPerSecond: number },
): Promise<void> {
  const { generations, processedPosition, messages, messagesPerSecond } = advance;
  await send(client, ADVANCE_LANE, [workspaceId, generations, processedPosition, messages, messagesPerSecond]);
}
