import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row. Counts the requests that wait, so it costs as much as the workspace is behind. No locks. */
const READ_INGESTION: Statement = {
  name: 'read_ingestion',
  text: `
select
  coalesce(lane.processed_messages, 0)::float8, waiting.messages::float8, waiting.oldest_received_at,
  coalesce(lane.messages_per_second, 0), lane.updated_at,
  rule_change.started_at, rule_change.finished_at, rule_change.profiles_examined::float8, rule_change.profiles_total::float8
from (
  select coalesce(sum(inbox.message_count), 0) as messages, min(inbox.received_at) as oldest_received_at
  from inbox
  where inbox.workspace_id = $1
) as waiting
left join lane on lane.workspace_id = $1
left join rule_change on rule_change.workspace_id = $1`,
};

/** Grain: one row, the first position that waits; null where nothing does. No locks. */
const READ_FIRST_POSITION: Statement = {
  name: 'read_first_position',
  text: `
select min(inbox.position)
from inbox
where inbox.workspace_id = $1`,
};

export type IngestionRow = Row &
  readonly [
    processed: number,
    waiting: number,
    oldestWaitingAtMs: number | null,
    messagesPerSecond: number,
    updatedAtMs: number | null,
    ruleChangeStartedAtMs: number | null,
    ruleChangeFinishedAtMs: number | null,
    profilesExamined: number,
    profilesTotal: number,
  ];

export async function readIngestion(connections: WorkspaceConnections, workspaceId: number): Promise<IngestionRow> {
  const [row] = await connections.run<IngestionRow>(workspaceId, READ_INGESTION, [workspaceId]);
  if (!row) throw new Error('An aggregate came back without a row.');
  return row;
}

export async function readFirstPosition(connections: WorkspaceConnections, workspaceId: number): Promise<string | null> {
  const [row] = await connections.run<Row & readonly [string | null]>(workspaceId, READ_FIRST_POSITION, [workspaceId]);
  return row?.[0] ?? null;
}
