import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { INTERACTION_TEXT, type InteractionFields, readInteractionText } from './interactionText';
import type { Statement } from './statement';

/** Grain: one row an interaction that exists, in no particular order. No locks. */
const FIND_INTERACTIONS: Statement = {
  name: 'find_interactions',
  text: `
select ${INTERACTION_TEXT}
from interaction as entry
where entry.workspace_id = $1 and entry.interaction_id = any ($2::uuid[])`,
};

export async function findInteractions(
  connections: WorkspaceConnections,
  workspaceId: number,
  interactionIds: readonly string[],
): Promise<readonly InteractionFields[]> {
  const rows = await connections.run<Row & readonly [string]>(workspaceId, FIND_INTERACTIONS, [workspaceId, interactionIds]);
  return rows.map(([text]) => readInteractionText(text));
}
