import { encodeTouchChunk, type TouchChunk } from '../../measures/touches/touchChunk';
import type { InteractionRecord } from '../../timeline/interaction';
import type { Call, Statement } from './statement';

/** One row. In the transaction of the interactions it is made of, so that a touch is there exactly once. */
const INSERT_TOUCH_CHUNK: Statement = {
  name: 'insert_touch_chunk',
  text: `
insert into touch_chunk (workspace_id, first_at, last_at, touches, level, columns, message_ids)
values ($1, $2::timestamptz, $3::timestamptz, $4::integer, $5::smallint, $6::bytea, $7::bytea)`,
};

/** Chunks of this level are as large as they are to get. */
export const FULL_LEVEL = 9;
/** From so many touches on a chunk is large enough. */
export const LARGE_TOUCHES = 25_000;

/** The touches of a batch. `owners`: the identifier that each interaction belongs to for good, in order. */
export function insertTouches(workspaceId: number, interactions: readonly InteractionRecord[], owners: readonly bigint[]): Call {
  const touches = interactions.map(({ facts, occurredAtMs, messageId, sentiment }, index) => ({
    identifierId: owners[index] as bigint,
    occurredAtMs,
    messageId,
    kind: facts.kind,
    department: facts.department,
    channel: facts.channel,
    direction: facts.direction,
    name: facts.name,
    sentiment: sentiment ?? null,
  }));
  return insertTouchChunk(workspaceId, encodeTouchChunk(touches), 0);
}

/** `level`: how often its touches were merged. */
export function insertTouchChunk(workspaceId: number, chunk: TouchChunk, level: number): Call {
  const { touches, firstAtMs, lastAtMs, columns, messageIds } = chunk;
  const reached = touches >= LARGE_TOUCHES ? FULL_LEVEL : Math.min(level, FULL_LEVEL);
  return {
    statement: INSERT_TOUCH_CHUNK,
    values: [workspaceId, new Date(firstAtMs), new Date(lastAtMs), touches, reached, columns, messageIds],
  };
}
