import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/**
 * Grain: one row an identifier of the list that something was said of: its id and its trait state as JSON text. Looked up all at once, in the order of the
 * index, which costs half of what as many look-ups one by one do. No locks.
 */
const READ_TRAIT_TEXTS: Statement = {
  name: 'read_trait_texts',
  text: 'select said.identifier_id, said.traits from trait_state said where said.workspace_id = $1 and said.identifier_id = any ($2::bigint[])',
};

/** `identifierIds`: decimal numbers, in texts of one or several with commas between. */
export async function readTraitTexts(
  connections: WorkspaceConnections,
  workspaceId: number,
  identifierIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  type Fields = Row & readonly [identifierId: string, traits: string];
  if (identifierIds.length === 0) return new Map();
  return new Map(await connections.run<Fields>(workspaceId, READ_TRAIT_TEXTS, [workspaceId, `{${identifierIds.join()}}`]));
}
