import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/**
 * Grain: one row. Every transaction before the first column has ended, so what it wrote is there for whoever looks from now on. And what transactions
 * from it on write was received at the second column or later: nothing that waits in the inbox is older. Null where nobody asks for that. No locks.
 */
const READ_LIVE_HEAD: Statement = {
  name: 'read_live_head',
  text: `
select
  pg_snapshot_xmin(pg_current_snapshot())::text,
  case when $2 then least(now(), (select min(inbox.received_at) from inbox where inbox.workspace_id = $1)) end`,
};

export interface LiveHead {
  /** A number of 64 bits. */
  readonly transactionId: bigint;
  readonly receivedSinceMs: number | null;
}

export async function readLiveHead(connections: WorkspaceConnections, workspaceId: number, withReceipt: boolean): Promise<LiveHead> {
  type HeadRow = Row & readonly [transactionId: string, receivedSinceMs: number | null];
  const [row] = await connections.run<HeadRow>(workspaceId, READ_LIVE_HEAD, [workspaceId, withReceipt]);
  if (!row) throw new Error('A query without a table came back without a row.');
  return { transactionId: BigInt(row[0]), receivedSinceMs: row[1] };
}
