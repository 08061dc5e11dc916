import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/**
 * Grain: one dead letter becomes one request in the inbox, a batch of one message or the delivery of a webhook that it was made of, in one transaction. Again, or at the same time by someone else: no row,
 * because the dead letter's row is locked by whoever takes it.
 */
const RETRY_DEAD_LETTER: Statement = {
  name: 'retry_dead_letter',
  text: `
with taken as (
  delete from dead_letter
  where dead_letter.workspace_id = $1 and dead_letter.dead_letter_id = $2::uuid
  returning dead_letter.source_id, dead_letter.message
)
insert into inbox (workspace_id, source_id, received_at, message_count, call, refused, body)
select $1, taken.source_id, $3::timestamptz, 1, case when $4::boolean then 'webhook' end, null,
  convert_to(case when $4::boolean then taken.message::text else '{"batch":[' || taken.message::text || ']}' end, 'UTF8')
from taken
returning inbox.position`,
};

/** The position in the inbox, or null where the dead letter is gone. */
export async function retryDeadLetter(
  connections: WorkspaceConnections,
  workspaceId: number,
  { deadLetterId, isDelivery, receivedAt }: { deadLetterId: string; isDelivery: boolean; receivedAt: string },
): Promise<string | null> {
  const values = [workspaceId, deadLetterId, receivedAt, isDelivery];
  const [row] = await connections.run<Row & readonly [position: string]>(workspaceId, RETRY_DEAD_LETTER, values);
  return row?.[0] ?? null;
}
