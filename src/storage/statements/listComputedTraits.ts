import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row a computed trait, by its key, with what it is counted from. No locks. */
const LIST_COMPUTED_TRAITS: Statement = {
  name: 'list_computed_traits',
  text: `
select c.key, c.name, c.definition, t.event_key, t.tracked_event_id, coalesce(t.is_ready, false)
from computed_trait c
left join tracked_event t on t.workspace_id = $1 and t.tracked_event_id = c.tracked_event_id
where c.workspace_id = $1
order by c.key`,
};

/** `definition`: JSON text. `isReady`: what came before somebody asked is noted, too. */
export type ComputedTraitDetails = Row &
  readonly [key: string, name: string, definition: string, eventKey: string | null, trackedEventId: number | null, isReady: boolean];

export function listComputedTraits(connections: WorkspaceConnections, workspaceId: number): Promise<readonly ComputedTraitDetails[]> {
  return connections.run<ComputedTraitDetails>(workspaceId, LIST_COMPUTED_TRAITS, [workspaceId]);
}
