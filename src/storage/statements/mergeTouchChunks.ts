import type { ClientBase } from 'pg';
import type { TouchChunk } from '../../measures/touches/touchChunk';
import { LARGE_TOUCHES } from './insertTouchChunk';
import { type Statement, send } from './statement';

/** One row for each workspace with chunks to merge or interactions to put into some, past the wall. */
const LOAD_PENDING_TOUCHES: Statement = {
  name: 'load_pending_touches',
  text: 'select p.workspace_id from pending_touches() p',
};

/**
 * Chunks of the lowest level that has at least $2 of them, the oldest first, as many as make up $3 touches. They are gone, in this transaction; what
 * somebody else has taken meanwhile is not among them.
 */
const TAKE_TOUCH_CHUNKS: Statement = {
  name: 'take_touch_chunks',
  text: `
with crowded as (
  select c.level from touch_chunk c
  where c.workspace_id = $1 and c.level < 9
  group by c.level having count(*) >= $2::integer
  order by c.level limit 1
),
ahead as (
  select c.chunk_id, sum(c.touches) over (order by c.chunk_id) as touches
  from touch_chunk c
  join crowded on crowded.level = c.level
  where c.workspace_id = $1 and c.level < 9
)
delete from touch_chunk c
using ahead
where c.workspace_id = $1 and c.chunk_id = ahead.chunk_id and ahead.touches <= $3::bigint
returning c.level::integer as level, c.columns, c.message_ids`,
};

/** Fewer of one level are left as they are: so a touch is written again as often as the logarithm of the number of chunks. */
const CROWD = 16;
/** Two chunks of a level that is not full always fit. */
const MERGED_TOUCHES = 2 * LARGE_TOUCHES;

export type TakenChunk = Pick<TouchChunk, 'columns' | 'messageIds'> & { readonly level: number };

export async function loadPendingTouches(client: ClientBase): Promise<number[]> {
  const rows = await send<{ workspace_id: number }>(client, LOAD_PENDING_TOUCHES, []);
  return rows.map((row) => row.workspace_id);
}

/** None where no level is crowded. The caller writes what was in them in the same transaction. */
export async function takeTouchChunks(client: ClientBase, workspaceId: number): Promise<TakenChunk[]> {
  const values = [workspaceId, CROWD, MERGED_TOUCHES];
  const rows = await send<{ level: number; columns: Buffer; message_ids: Buffer }>(client, TAKE_TOUCH_CHUNKS, values);
  return rows.map((row) => ({ level: row.level, columns: row.columns, messageIds: row.message_ids }));
}
