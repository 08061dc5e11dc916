import type { ClientBase } from 'pg';
import { type Statement, send } from '../statements/statement';

/** Grain: one row a tracked event whose matches are all noted. */
const LOAD_TRACKED_EVENTS: Statement = {
  name: 'load_tracked_events',
  text: 'select t.event_key, t.tracked_event_id from tracked_event t where t.workspace_id = $1 and t.is_ready',
};

/** The ids of those that are ready, by `trackedEventKey`, as a reading asks for them. */
export async function loadTrackedEvents(client: ClientBase, workspaceId: number): Promise<Map<string, number>> {
  const rows = await send<{ event_key: string; tracked_event_id: number }>(client, LOAD_TRACKED_EVENTS, [workspaceId]);
  return new Map(rows.map((row) => [row.event_key, row.tracked_event_id]));
}
