import type { ClientBase } from 'pg';
import { type Statement, send } from './statement';

/** One row a chunk that may hold touches of [$2, $3), without what is in it. No locks. */
const LIST_TOUCH_CHUNKS: Statement = {
  name: 'list_touch_chunks',
  text: `
select c.chunk_id::text as chunk_id, c.touches
from touch_chunk c
where c.workspace_id = $1 and c.last_at >= $2::timestamptz and c.first_at < $3::timestamptz
order by c.first_at, c.chunk_id`,
};

/** One row a chunk asked for. */
const READ_TOUCH_COLUMNS: Statement = {
  name: 'read_touch_columns',
  text: 'select c.chunk_id::text as chunk_id, c.columns as bytes from touch_chunk c where c.workspace_id = $1 and c.chunk_id = any ($2::bigint[])',
};

const READ_TOUCH_MESSAGE_IDS: Statement = {
  name: 'read_touch_message_ids',
  text: 'select c.chunk_id::text as chunk_id, c.message_ids as bytes from touch_chunk c where c.workspace_id = $1 and c.chunk_id = any ($2::bigint[])',
};

/**
 * One row: how often the workspace's identities changed so far, which is the version of what `READ_CUSTOMERS` answers. No locks.
 */
const READ_IDENTITY_VERSION: Statement = {
  name: 'read_identity_version',
  text: 'select l.generation::text as version from lane l where l.workspace_id = $1',
};

/** One row: every identifier with its profile, 24 bytes each, in the order of the profiles. In one piece, for rows of their own take four times as long. */
const READ_CUSTOMERS: Statement = {
  name: 'read_customers',
  text: `
select string_agg(int8send(held.identifier_id) || uuid_send(held.profile_id), ''::bytea) as pairs
from (
  select i.identifier_id, i.profile_id from identifier i where i.workspace_id = $1 order by i.profile_id
) as held`,
};

/** One row: the same of those who are in the segment $2 now. No locks. */
const READ_MEMBER_CUSTOMERS: Statement = {
  name: 'read_member_customers',
  text: `
select string_agg(int8send(held.identifier_id) || uuid_send(held.profile_id), ''::bytea) as pairs
from (
  select i.identifier_id, i.profile_id
  from segment_membership m
  join identifier i on i.workspace_id = $1 and i.profile_id = m.profile_id
  where m.workspace_id = $1 and m.segment_id = $2
  order by m.profile_id
) as held`,
};

export interface ListedChunk {
  readonly chunkId: string;
  readonly touches: number;
}

/** In the order of the times they begin with. */
export async function listTouchChunks(
  client: ClientBase,
  workspaceId: number,
  window: { readonly fromMs: number; readonly toMs: number },
): Promise<ListedChunk[]> {
  const values = [workspaceId, new Date(window.fromMs), new Date(window.toMs)];
  const rows = await send<{ chunk_id: string; touches: number }>(client, LIST_TOUCH_CHUNKS, values);
  return rows.map((row) => ({ chunkId: row.chunk_id, touches: row.touches }));
}

export async function readTouchColumns(client: ClientBase, workspaceId: number, chunkIds: readonly string[]): Promise<Map<string, Buffer>> {
  return byChunk(await send<ChunkBytes>(client, READ_TOUCH_COLUMNS, [workspaceId, chunkIds]));
}

export async function readTouchMessageIds(
  client: ClientBase,
  workspaceId: number,
  chunkIds: readonly string[],
): Promise<Map<string, Buffer>> {
  return byChunk(await send<ChunkBytes>(client, READ_TOUCH_MESSAGE_IDS, [workspaceId, chunkIds]));
}

/** Null where nothing was ever written to the workspace. */
export async function readIdentityVersion(client: ClientBase, workspaceId: number): Promise<string | null> {
  const [row] = await send<{ version: string }>(client, READ_IDENTITY_VERSION, [workspaceId]);
  return row?.version ?? null;
}

/** As `CustomerIndex` takes them. */
export async function readCustomers(client: ClientBase, workspaceId: number): Promise<Buffer> {
  const [row] = await send<{ pairs: Buffer | null }>(client, READ_CUSTOMERS, [workspaceId]);
  return row?.pairs ?? Buffer.alloc(0);
}

/** The same of a segment's members alone. */
export async function readMemberCustomers(client: ClientBase, workspaceId: number, segmentId: string): Promise<Buffer> {
  const [row] = await send<{ pairs: Buffer | null }>(client, READ_MEMBER_CUSTOMERS, [workspaceId, segmentId]);
  return row?.pairs ?? Buffer.alloc(0);
}

interface ChunkBytes {
  chunk_id: string;
  bytes: Buffer;
}

function byChunk(rows: readonly ChunkBytes[]): Map<string, Buffer> {
  return new Map(rows.map((row) => [row.chunk_id, row.bytes]));
}
