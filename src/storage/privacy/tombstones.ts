import type { ClientBase } from 'pg';
import { encodeByteaArray, encodeUuidArray } from '../binaryArrays';
import { type Call, type Statement, send } from '../statements/statement';

/** One row: the workspace's key, made of $2 where it has none. */
const TAKE_KEY: Statement = {
  name: 'take_tombstone_key',
  text: `
with made as (
  insert into tombstone_key (workspace_id, key) values ($1, $2::bytea) on conflict (workspace_id) do nothing returning key
)
select made.key from made union all select k.key from tombstone_key k where k.workspace_id = $1`,
};

/** `fresh`: random bytes, for the first time. */
export async function takeTombstoneKey(client: ClientBase, workspaceId: number, fresh: Buffer): Promise<Buffer> {
  const [row] = await send<{ key: Buffer }>(client, TAKE_KEY, [workspaceId, fresh]);
  return (row as { key: Buffer }).key;
}

/** One row: since the latest erasure, whichever that is. */
const NOTE_LATEST: Statement = {
  name: 'note_latest_erasure',
  text: `
update tombstone_key set latest_at = greatest(tombstone_key.latest_at, $2::timestamptz) where tombstone_key.workspace_id = $1`,
};

export async function noteLatestErasure(client: ClientBase, workspaceId: number, erasedAtMs: number): Promise<void> {
  await send(client, NOTE_LATEST, [workspaceId, new Date(erasedAtMs)]);
}

/** One row a hash; one that stands already stands for the later erasure. */
const INSERT_TOMBSTONES: Statement = {
  name: 'insert_tombstones',
  text: `
insert into tombstone (workspace_id, hash, erasure_id, erased_at)
select distinct $1::integer, fresh.hash, $2::uuid, $3::timestamptz from unnest($4::bytea[]) as fresh (hash)
on conflict (workspace_id, hash) do update set erasure_id = excluded.erasure_id, erased_at = excluded.erased_at`,
};

export async function insertTombstones(
  client: ClientBase,
  workspaceId: number,
  { erasureId, erasedAtMs }: { readonly erasureId: string; readonly erasedAtMs: number },
  hashes: readonly Buffer[],
): Promise<void> {
  if (hashes.length === 0) return;
  await send(client, INSERT_TOMBSTONES, [workspaceId, erasureId, new Date(erasedAtMs), encodeByteaArray(hashes)]);
}

/** Grain: one row a hash asked for that stands for something. No locks. */
const FIND_TOMBSTONES: Statement = {
  name: 'find_tombstones',
  text: `
select encode(t.hash, 'hex') as hash, t.erasure_id, (extract(epoch from t.erased_at) * 1000)::float8 as erased_at_ms
from tombstone t
where t.workspace_id = $1 and t.hash = any ($2::bytea[])`,
};

export interface Tombstone {
  readonly erasureId: string;
  readonly erasedAtMs: number;
}

/** By the hash in hexadecimal digits. */
export async function findTombstones(
  client: ClientBase,
  workspaceId: number,
  hashes: readonly Buffer[],
): Promise<ReadonlyMap<string, Tombstone>> {
  const rows = await send<{ hash: string; erasure_id: string; erased_at_ms: number }>(client, FIND_TOMBSTONES, [
    workspaceId,
    encodeByteaArray(hashes),
  ]);
  return new Map(rows.map((row) => [row.hash, { erasureId: row.erasure_id, erasedAtMs: row.erased_at_ms }]));
}

/** One row an erasure. */
const COUNT_REPLAYS: Statement = {
  name: 'count_erased_replays',
  text: `
update erasure set replays = erasure.replays + came.count, last_replay_at = $4::timestamptz
from unnest($2::uuid[], $3::integer[]) as came (erasure_id, count)
where erasure.workspace_id = $1 and erasure.erasure_id = came.erasure_id`,
};

/** `replays`: how many messages stayed erased, by erasure. */
export function countReplays(workspaceId: number, replays: ReadonlyMap<string, number>, nowMs: number): Call {
  return {
    statement: COUNT_REPLAYS,
    values: [workspaceId, encodeUuidArray([...replays.keys()]), [...replays.values()], new Date(nowMs)],
  };
}
