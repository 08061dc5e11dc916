import type { Statement } from '../statements/statement';
import type { Row, WorkspaceConnections } from '../workspaceConnections';

const COLUMNS = `
erasure.erasure_id, erasure.requested_at, erasure.requested_by, erasure.erased_at, erasure.finished_at, erasure.erased, erasure.replays::float8,
erasure.last_replay_at`;

export type ErasureReceiptRow = Row &
  readonly [
    erasureId: string,
    requestedAtMs: number,
    requestedBy: string,
    erasedAtMs: number | null,
    finishedAtMs: number | null,
    erased: string,
    replays: number,
    lastReplayAtMs: number | null,
  ];

/** Grain: the erasure. No locks. */
const FIND_ERASURE: Statement = {
  name: 'find_erasure',
  text: `select ${COLUMNS} from erasure where erasure.workspace_id = $1 and erasure.erasure_id = $2::uuid`,
};

export async function findErasure(
  connections: WorkspaceConnections,
  workspaceId: number,
  erasureId: string,
): Promise<ErasureReceiptRow | null> {
  const [row] = await connections.run<ErasureReceiptRow>(workspaceId, FIND_ERASURE, [workspaceId, erasureId]);
  return row ?? null;
}

/** Grain: one row an erasure, the latest first, those after the given one. No locks. */
const LIST_ERASURES: Statement = {
  name: 'list_erasures',
  text: `
select ${COLUMNS} from erasure
where erasure.workspace_id = $1 and (erasure.requested_at, erasure.erasure_id) < ($2::timestamptz, $3::uuid)
order by erasure.requested_at desc, erasure.erasure_id desc
limit $4`,
};
const COUNT_ERASURES: Statement = {
  name: 'count_erasures',
  text: 'select count(*)::float8 from erasure where erasure.workspace_id = $1',
};
const BEYOND_ALL = { at: 'infinity', erasureId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

export function listErasures(
  connections: WorkspaceConnections,
  workspaceId: number,
  page: { readonly after: { readonly at: string; readonly erasureId: string } | null; readonly limit: number },
): Promise<readonly ErasureReceiptRow[]> {
  const { at, erasureId } = page.after ?? BEYOND_ALL;
  return connections.run<ErasureReceiptRow>(workspaceId, LIST_ERASURES, [workspaceId, at, erasureId, page.limit]);
}

export async function countErasures(connections: WorkspaceConnections, workspaceId: number): Promise<number> {
  const [row] = await connections.run<Row & readonly [number]>(workspaceId, COUNT_ERASURES, [workspaceId]);
  return row?.[0] ?? 0;
}
