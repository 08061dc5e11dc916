import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row where the workspace has a segment of this key. No locks. */
const FIND_SEGMENT: Statement = {
  name: 'find_exported_segment',
  text: 'select s.segment_id, s.status, s.definition from segment s where s.workspace_id = $1 and s.key = $2',
};

/** Grain: one row a computed trait of these keys, with what it is counted from. No locks. */
const FIND_COMPUTED: Statement = {
  name: 'find_exported_computed_traits',
  text: `
select c.key, c.definition, t.event_key, t.tracked_event_id
from computed_trait c
left join tracked_event t on t.workspace_id = $1 and t.tracked_event_id = c.tracked_event_id and t.is_ready
where c.workspace_id = $1 and c.key = any ($2::text[])`,
};

export interface ExportedSegment {
  readonly segmentId: string;
  readonly status: string;
  /** JSON text. */
  readonly definition: string;
}

export async function findExportedSegment(
  connections: WorkspaceConnections,
  workspaceId: number,
  key: string,
): Promise<ExportedSegment | null> {
  type Fields = Row & readonly [segmentId: string, status: string, definition: string];
  const [row] = await connections.run<Fields>(workspaceId, FIND_SEGMENT, [workspaceId, key]);
  return row ? { segmentId: row[0], status: row[1], definition: row[2] } : null;
}

export interface ExportedTrait {
  readonly key: string;
  /** JSON text. */
  readonly definition: string;
  /** Null where what came before it was defined is not noted yet. */
  readonly tracked: { readonly eventKey: string; readonly trackedEventId: number } | null;
}

export async function findExportedTraits(
  connections: WorkspaceConnections,
  workspaceId: number,
  keys: readonly string[],
): Promise<readonly ExportedTrait[]> {
  type Fields = Row & readonly [key: string, definition: string, eventKey: string | null, trackedEventId: number | null];
  const rows = await connections.run<Fields>(workspaceId, FIND_COMPUTED, [workspaceId, keys]);
  return rows.map(([key, definition, eventKey, trackedEventId]) => {
    return { key, definition, tracked: eventKey === null || trackedEventId === null ? null : { eventKey, trackedEventId } };
  });
}
