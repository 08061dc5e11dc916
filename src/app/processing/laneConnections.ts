import type { ClientBase, Pool, PoolClient } from 'pg';
import { setWorkspace } from '../../storage/statements/setWorkspace';

export interface LaneConnections {
  /** Pipelined, with the workspace set for good. */
  readonly reader: ClientBase;
  /** Pipelined; batches take turns. */
  readonly writers: readonly [ClientBase, ClientBase];
}

/** Lends a lane its connections, out of a pool of pipelined ones; where the work throws, they are not used again. */
export async function withLaneConnections<Result>(
  pool: Pool,
  workspaceId: number,
  work: (connections: LaneConnections) => Promise<Result>,
): Promise<Result> {
  const lent: PoolClient[] = [];
  const lend = async () => {
    const client = await pool.connect();
    lent.push(client);
    return client;
  };
  let broken = true;
  try {
    const reader = await lend();
    const writers = [await lend(), await lend()] as const;
    await setWorkspace(reader, workspaceId, 'connection');
    const result = await work({ reader, writers });
    broken = false;
    return result;
  } finally {
    for (const client of lent) client.release(broken);
  }
}
