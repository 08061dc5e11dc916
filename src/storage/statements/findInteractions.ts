import type { WorkspaceConnections } from '../workspaceConnections';
import type { TimelineRow } from './readTimelines';
import type { Statement } from './statement';

/** Grain: one row an interaction that exists, in no particular order, in the columns of a timeline. No locks. */
const FIND_INTERACTIONS: Statement = {
  name: 'find_interactions',
  text: `
select
  0, interaction.interaction_id, interaction.identifier_id, interaction.occurred_at, interaction.received_at, interaction.source_id,
  interaction.kind, interaction.department, interaction.channel, interaction.direction, interaction.name, interaction.message_id,
  interaction.subject_type, interaction.subject_id, interaction.properties
from interaction
where interaction.workspace_id = $1 and interaction.interaction_id = any ($2::uuid[])`,
};

export function findInteractions(
  connections: WorkspaceConnections,
  workspaceId: number,
  interactionIds: readonly string[],
): Promise<readonly TimelineRow[]> {
  return connections.run<TimelineRow>(workspaceId, FIND_INTERACTIONS, [workspaceId, interactionIds]);
}
