import type { ClientBase } from 'pg';
import { type Statement, send } from './statement';

/** One row for each workspace that has anything in its inbox, past the wall. Two index look-ups a workspace. */
const LOAD_PENDING_RANGES: Statement = {
  name: 'load_pending_ranges',
  text: `
select p.workspace_id, p.first_position::text as first_position, p.last_position::text as last_position
from pending_ranges() p`,
};

export interface PendingRange {
  readonly workspaceId: number;
  readonly firstPosition: bigint;
  readonly lastPosition: bigint;
}

export async function loadPendingRanges(client: ClientBase): Promise<PendingRange[]> {
  const rows = await send<{ workspace_id: number; first_position: string; last_position: string }>(client, LOAD_PENDING_RANGES, []);
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    firstPosition: BigInt(row.first_position),
    lastPosition: BigInt(row.last_position),
  }));
}
