import type { ClientBase, Pool } from 'pg';
import { encodeInt8Array, encodeTextArray, encodeTimestamptzArray } from '../binaryArrays';
import { type Statement, send } from '../statements/statement';
import type { NumberedChunk } from './eraseTouches';

const LOAD_PENDING: Statement = { name: 'load_pending_retention', text: 'select p.workspace_id from pending_retention($1) p' };

/** Workspaces that keep something for a time only, and whose last round ended before `endedBeforeMs` or is under way. */
export async function loadPendingRetention(pool: Pool, endedBeforeMs: number): Promise<readonly number[]> {
  const { rows } = await pool.query<{ workspace_id: number }>({ ...LOAD_PENDING, values: [new Date(endedBeforeMs)] });
  return rows.map((row) => row.workspace_id);
}

/** One row where there was none. */
const OPEN_PROGRESS: Statement = {
  name: 'open_retention_progress',
  text: 'insert into retention_progress (workspace_id, looked_to) values ($1, 0) on conflict (workspace_id) do nothing',
};

/** One row, locked for the rest of the transaction; none where somebody else has it. */
const TAKE_PROGRESS: Statement = {
  name: 'take_retention_progress',
  text: 'select p.looked_to::text as looked_to from retention_progress p where p.workspace_id = $1 for update skip locked',
};

/** How far the round has come; null where somebody else is at it. */
export async function takeRetentionProgress(client: ClientBase, workspaceId: number): Promise<bigint | null> {
  await send(client, OPEN_PROGRESS, [workspaceId]);
  const [row] = await send<{ looked_to: string }>(client, TAKE_PROGRESS, [workspaceId]);
  return row ? BigInt(row.looked_to) : null;
}

const ADVANCE_PROGRESS: Statement = {
  name: 'advance_retention_progress',
  text: `
update retention_progress set looked_to = $2::bigint, round_ended_at = coalesce($3::timestamptz, retention_progress.round_ended_at)
where retention_progress.workspace_id = $1`,
};

/** `endedAtMs`: where the round is over with this. */
export async function advanceRetention(
  client: ClientBase,
  workspaceId: number,
  { lookedTo, endedAtMs }: { readonly lookedTo: bigint; readonly endedAtMs: number | null },
): Promise<void> {
  await send(client, ADVANCE_PROGRESS, [workspaceId, String(lookedTo), endedAtMs === null ? null : new Date(endedAtMs)]);
}

/** Grain: one row a chunk after $2 with touches from before $3, in the order of their numbers, at most $4. No locks. */
const READ_CHUNKS: Statement = {
  name: 'read_chunks_to_keep',
  text: `
select c.chunk_id::text as chunk_id, c.level::integer as level, c.columns, c.message_ids from touch_chunk c
where c.workspace_id = $1 and c.chunk_id > $2::bigint and c.first_at < $3::timestamptz
order by c.chunk_id
limit $4`,
};

export async function readOldChunks(
  client: ClientBase,
  workspaceId: number,
  page: { readonly after: bigint; readonly beforeMs: number; readonly limit: number },
): Promise<readonly NumberedChunk[]> {
  const values = [workspaceId, String(page.after), new Date(page.beforeMs), page.limit];
  const rows = await send<{ chunk_id: string; level: number; columns: Buffer; message_ids: Buffer }>(client, READ_CHUNKS, values);
  return rows.map(({ chunk_id, level, columns, message_ids }) => ({ chunkId: BigInt(chunk_id), level, columns, messageIds: message_ids }));
}

/** An entry of the timeline as its touch names it. */
export interface ExpiredEntry {
  readonly identifierId: bigint;
  readonly occurredAtMs: number;
  readonly messageId: string;
}

/**
 * Entries, the notes of what they match, and their places in the counts of their identifiers. Holding the lane. Grain: one row a profile that has lost
 * some, or several.
 */
const DELETE_EXPIRED: Statement = {
  name: 'delete_expired_interactions',
  text: `
with asked as (
  select a.identifier_id, a.occurred_at, a.message_id
  from unnest($2::bigint[], $3::timestamptz[], $4::text[]) as a (identifier_id, occurred_at, message_id)
),
gone as (
  delete from interaction as held using asked
  where held.workspace_id = $1 and held.identifier_id = asked.identifier_id and held.occurred_at = asked.occurred_at
    and held.message_id = asked.message_id
  returning held.interaction_id, held.identifier_id, held.occurred_at
),
unmatched as (
  delete from event_match as held using gone
  where held.workspace_id = $1 and held.identifier_id = gone.identifier_id and held.occurred_at = gone.occurred_at
    and held.interaction_id = gone.interaction_id
),
fewer as (select gone.identifier_id, count(*) as count from gone group by gone.identifier_id)
update identifier as held set interactions = held.interactions - fewer.count
from fewer
where held.workspace_id = $1 and held.identifier_id = fewer.identifier_id
returning held.profile_id`,
};

/** Answers the profiles that have lost some, each once. */
export async function deleteExpired(client: ClientBase, workspaceId: number, entries: readonly ExpiredEntry[]): Promise<readonly string[]> {
  const rows = await send<{ profile_id: string }>(client, DELETE_EXPIRED, [
    workspaceId,
    encodeInt8Array(entries.map(({ identifierId }) => identifierId)),
    encodeTimestamptzArray(entries.map(({ occurredAtMs }) => occurredAtMs)),
    encodeTextArray(entries.map(({ messageId }) => messageId)),
  ]);
  return [...new Set(rows.map((row) => row.profile_id))];
}

/** Grain: one row a dead letter from before $2, at most $3. */
const DELETE_LETTERS: Statement = {
  name: 'delete_expired_dead_letters',
  text: `
delete from dead_letter as held
where held.workspace_id = $1 and held.dead_letter_id in (
  select d.dead_letter_id from dead_letter d where d.workspace_id = $1 and d.at < $2::timestamptz order by d.at limit $3)
returning 1`,
};

/** At most `limit`; answers how many. */
export async function deleteExpiredLetters(client: ClientBase, workspaceId: number, beforeMs: number, limit: number): Promise<number> {
  return (await send(client, DELETE_LETTERS, [workspaceId, new Date(beforeMs), limit])).length;
}
