import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/**
 * One row an interaction of an identifier at a time, of one kind ($4) and one name ($5) where these are not null; `place` is that of identifier and time in
 * the lists, from 1. Each is an index look-up. No locks.
 */
const READ_TOUCH_PROPERTIES: Statement = {
  name: 'read_touch_properties',
  text: `
select touch.place::integer, i.properties::text
from unnest($2::bigint[], $3::timestamptz[]) with ordinality as touch (identifier_id, occurred_at, place)
join interaction i on i.workspace_id = $1 and i.identifier_id = touch.identifier_id and i.occurred_at = touch.occurred_at
where ($4::smallint is null or i.kind = $4::smallint) and ($5::text is null or i.name = $5::text) and i.properties is not null`,
};

/** Lists of one length: identifiers as decimal text, and times. Interactions without properties are left out. */
export async function readTouchProperties(
  connections: WorkspaceConnections,
  workspaceId: number,
  touches: { readonly identifierIds: readonly string[]; readonly occurredAt: readonly Date[] },
  selection: { readonly kind: number | null; readonly name: string | null },
): Promise<readonly (readonly [place: number, properties: string])[]> {
  const { identifierIds, occurredAt } = touches;
  const values = [workspaceId, identifierIds, occurredAt, selection.kind, selection.name];
  return await connections.run<Row & readonly [number, string]>(workspaceId, READ_TOUCH_PROPERTIES, values);
}
