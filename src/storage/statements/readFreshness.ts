import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/**
 * Grain: one row, since when at the longest something has been waiting: a message in the inbox, a note, a profile that the clock woke by $2, and a profile
 * that is to be evaluated since then; null where nothing does. Reads the inbox without its bodies. No locks.
 */
const READ_FRESHNESS: Statement = {
  name: 'read_freshness',
  text: `
select
  least(
    (select min(inbox.received_at) from inbox where inbox.workspace_id = $1),
    (select min(n.at) from change_note n where n.workspace_id = $1 and not n.is_followed),
    (select min(k.wake_at) from segment_wake k where k.workspace_id = $1 and k.wake_at <= $2)
  ) as waiting_since,
  (select min(d.due_at) from experience_due d where d.workspace_id = $1 and d.due_at <= $2) as evaluation_due_since`,
};

export interface Freshness {
  readonly waitingSinceMs: number | null;
  readonly evaluationDueSinceMs: number | null;
}

export async function readFreshness(connections: WorkspaceConnections, workspaceId: number, nowMs: number): Promise<Freshness> {
  type FreshnessRow = Row & readonly [waitingSinceMs: number | null, evaluationDueSinceMs: number | null];
  const [row] = await connections.run<FreshnessRow>(workspaceId, READ_FRESHNESS, [workspaceId, new Date(nowMs)]);
  if (!row) throw new Error('An aggregate came back without a row.');
  const [waitingSinceMs, evaluationDueSinceMs] = row;
  return { waitingSinceMs, evaluationDueSinceMs };
}
