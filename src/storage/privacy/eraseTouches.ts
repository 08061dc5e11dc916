import type { ClientBase } from 'pg';
import type { TakenChunk } from '../statements/mergeTouchChunks';
import { type Statement, send } from '../statements/statement';
import { WHOLE_CUSTOMER } from './erasureSubject';

/** To look for each identifier in each chunk's times costs more than to read the chunk from here on. */
const FEW_IDENTIFIERS = 100;

/** Grain: one row a chunk after $3 that may hold touches of the customer, whose identifiers were seen from $4 to $5, in the order of their numbers. */
const READ_PAGE = (isNarrow: boolean): Statement => ({
  name: isNarrow ? 'read_touches_to_erase_narrow' : 'read_touches_to_erase',
  text: `
select c.chunk_id::text as chunk_id, c.level::integer as level, c.columns, c.message_ids
from touch_chunk c
where c.workspace_id = $1 and c.chunk_id > $3::bigint and c.last_at >= $4::timestamptz and c.first_at <= $5::timestamptz
  and ${
    isNarrow
      ? `exists (
    select from (${WHOLE_CUSTOMER.identifiers}) as own (id)
    join interaction entry on entry.workspace_id = $1 and entry.identifier_id = own.id and entry.occurred_at between c.first_at and c.last_at)`
      : '$2::uuid is not null'
  }
order by c.chunk_id
limit $6`,
});
const NARROW = READ_PAGE(true);
const WIDE = READ_PAGE(false);

/** One row, none where somebody else has taken it to put it into a larger one. */
const TAKE_CHUNK: Statement = {
  name: 'take_touches_to_erase',
  text: 'delete from touch_chunk where touch_chunk.workspace_id = $1 and touch_chunk.chunk_id = $2::bigint returning 1',
};

/** Whoever puts interactions from before there were chunks into some waits, or is waited for. */
const HOLD_BACKFILL: Statement = {
  name: 'hold_touch_backfill',
  text: 'select from touch_backfill b where b.workspace_id = $1 for update',
};

export interface NumberedChunk extends TakenChunk {
  readonly chunkId: bigint;
}

/** `identifiers`: how many the customer has, whose timeline is still there. */
export async function readTouchesToErase(
  client: ClientBase,
  workspaceId: number,
  erasureId: string,
  page: {
    readonly after: bigint;
    readonly firstMs: number;
    readonly lastMs: number;
    readonly limit: number;
    readonly identifiers: number | null;
  },
): Promise<readonly NumberedChunk[]> {
  const { after, firstMs, lastMs, limit, identifiers } = page;
  const statement = identifiers !== null && identifiers <= FEW_IDENTIFIERS ? NARROW : WIDE;
  const values = [workspaceId, erasureId, String(after), new Date(firstMs), new Date(lastMs), limit];
  const rows = await send<{ chunk_id: string; level: number; columns: Buffer; message_ids: Buffer }>(client, statement, values);
  return rows.map(({ chunk_id, level, columns, message_ids }) => ({ chunkId: BigInt(chunk_id), level, columns, messageIds: message_ids }));
}

/** Answers whether it was there; what stands for it is to be written in the same transaction. */
export async function takeTouchesToErase(client: ClientBase, workspaceId: number, chunkId: bigint): Promise<boolean> {
  return (await send(client, TAKE_CHUNK, [workspaceId, String(chunkId)])).length > 0;
}

export async function holdTouchBackfill(client: ClientBase, workspaceId: number): Promise<void> {
  await send(client, HOLD_BACKFILL, [workspaceId]);
}
