import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { TransactionRange } from './readLiveNotes';
import type { Statement } from './statement';

/** Grain: one row a change that these transactions told, in the order of (transaction, change id), after the place ($4, $5); at most $8. No locks. */
const READ_LIVE_CHANGES: Statement = {
  name: 'read_live_changes',
  text: `
select c.transaction_id, c.change_id, c.type, c.profile_id, c.at, c.segment_id, c.data
from change c
where c.workspace_id = $1 and c.transaction_id >= $2::bigint and c.transaction_id < $3::bigint
  and (c.transaction_id, c.change_id) > ($4::bigint, $5::uuid)
  and c.type = any ($6::text[]) and (c.segment_id is null or c.segment_id = any ($7::uuid[]))
order by c.transaction_id, c.change_id
limit $8`,
};

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

export interface ChangePlace {
  readonly transactionId: bigint;
  readonly changeId: string;
}

export interface ChangeSelection extends TransactionRange {
  /** Strictly after it; null: from the first one on. */
  readonly after: ChangePlace | null;
  readonly types: readonly string[];
  /** Of changes that are of a segment. */
  readonly segmentIds: readonly string[];
  readonly limit: number;
}

export interface LiveChange extends ChangePlace {
  readonly type: string;
  readonly profileId: string;
  readonly atMs: number;
  readonly segmentId: string | null;
  /** JSON text of an object. */
  readonly data: string;
}

type ChangeFields = Row &
  readonly [transactionId: string, changeId: string, type: string, profileId: string, atMs: number, segmentId: string | null, data: string];

export async function readLiveChanges(
  connections: WorkspaceConnections,
  workspaceId: number,
  { from, to, after, types, segmentIds, limit }: ChangeSelection,
): Promise<readonly LiveChange[]> {
  const place = [String(after?.transactionId ?? 0n), after?.changeId ?? FIRST_ID];
  const values = [workspaceId, String(from), String(to), ...place, types, segmentIds, limit];
  const rows = await connections.run<ChangeFields>(workspaceId, READ_LIVE_CHANGES, values);
  return rows.map(([transactionId, changeId, type, profileId, atMs, segmentId, data]) => {
    return { transactionId: BigInt(transactionId), changeId, type, profileId, atMs, segmentId, data };
  });
}
