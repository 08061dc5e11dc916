import type { Pool } from 'pg';
import type { Statement } from './statement';

/** Grain: one row, over all workspaces, past the wall. Some index look-ups a workspace, and counts of at most $2 rows each. No locks. */
const READ_WORK_BACKLOGS: Statement = {
  name: 'read_work_backlogs',
  text: `
select b.unfollowed_notes::float8 as unfollowed_notes, (extract(epoch from b.unfollowed_since) * 1000)::float8 as unfollowed_since_ms,
  (extract(epoch from b.evaluation_due_since) * 1000)::float8 as evaluation_due_since_ms,
  b.pending_deliveries::float8 as pending_deliveries, (extract(epoch from b.delivery_due_since) * 1000)::float8 as delivery_due_since_ms
from work_backlogs($1, $2) b`,
};

/** What waits behind the inbox; times are null where nothing does. */
export interface WorkBacklogs {
  readonly unfollowedNotes: number;
  readonly unfollowedSinceMs: number | null;
  readonly evaluationDueSinceMs: number | null;
  readonly pendingDeliveries: number;
  readonly deliveryDueSinceMs: number | null;
}

const MOST_COUNTED = 100_000;

/** Counts stop at 100,000 a workspace. */
export async function readWorkBacklogs(pool: Pool, nowMs: number): Promise<WorkBacklogs> {
  const { rows } = await pool.query<Record<string, number>>({ ...READ_WORK_BACKLOGS, values: [new Date(nowMs), MOST_COUNTED] });
  const row = rows[0] ?? {};
  return {
    unfollowedNotes: row['unfollowed_notes'] ?? 0,
    unfollowedSinceMs: row['unfollowed_since_ms'] ?? null,
    evaluationDueSinceMs: row['evaluation_due_since_ms'] ?? null,
    pendingDeliveries: row['pending_deliveries'] ?? 0,
    deliveryDueSinceMs: row['delivery_due_since_ms'] ?? null,
  };
}
