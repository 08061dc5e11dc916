import type { ClientBase } from 'pg';
import { type Statement, send } from './statement';

/** One row: what all segments and computed traits of the workspace ask, and the tracked events that are noted for them. No locks. */
const LOAD_ASKED: Statement = {
  name: 'load_asked',
  text: `
select json_build_object(
  'segments', (select coalesce(json_agg(json_build_array(s.key, s.name, s.definition) order by s.segment_id), '[]') from segment s where s.workspace_id = $1),
  'computedTraits', (select coalesce(json_agg(json_build_array(c.key, c.name, c.definition) order by c.key), '[]') from computed_trait c where c.workspace_id = $1),
  'trackedEvents', (select coalesce(json_agg(json_build_array(t.event_key, t.tracked_event_id) order by t.tracked_event_id), '[]') from tracked_event t where t.workspace_id = $1)
)::text as asked`,
};

/**
 * JSON text, the same as long as nothing was changed: `segments` and `computedTraits` as [key, name, definition], `trackedEvents` as [event key, number].
 */
export async function loadAsked(client: ClientBase, workspaceId: number): Promise<string> {
  const [row] = await send<{ asked: string }>(client, LOAD_ASKED, [workspaceId]);
  if (!row) throw new Error('A row of constants came back empty.');
  return row.asked;
}
