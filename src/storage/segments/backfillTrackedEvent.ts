import type { ClientBase } from 'pg';
import type { TrackedEvent } from '../../segments/trackedEvent';
import { limitStatements } from '../statements/limitStatements';
import { interactionMatchSql, notedValueSql } from './interactionMatchSql';
import { SqlParameters } from './sqlParameters';

/**
 * Notes all stored interactions that a tracked event is about, in one pass over the workspace's timeline that takes no memory to speak of and no lock that
 * anybody else waits for. Those that are noted already stay. To be sent in a transaction, whose statement timeout it lifts: ten million interactions take
 * some minutes. Batches that were under way when the event became tracked are not in it; run it after them.
 */
export async function backfillTrackedEvent(
  client: ClientBase,
  workspaceId: number,
  trackedEventId: number,
  { spec, property }: TrackedEvent,
): Promise<void> {
  const parameters = new SqlParameters();
  const workspace = parameters.add(workspaceId, 'integer');
  const event = parameters.add(trackedEventId, 'integer');
  const value = property === null ? 'null::json' : notedValueSql(property, parameters);
  await limitStatements(client, 0);
  await client.query({
    text: `
insert into event_match (workspace_id, identifier_id, tracked_event_id, occurred_at, interaction_id, value)
select ${workspace}, entry.identifier_id, ${event}, entry.occurred_at, entry.interaction_id, ${value}
from interaction as entry
where entry.workspace_id = ${workspace} and ${interactionMatchSql(spec, parameters)}
on conflict do nothing`,
    values: parameters.values,
  });
}
