import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row, the source with its settings. No locks. */
const FIND_SOURCE: Statement = {
  name: 'find_source',
  text: `
select source.source_id, source.name, source.type, source.department, source.settings
from source
where source.workspace_id = $1 and source.source_id = $2`,
};

/**
 * Grain: one source, where its settings are still those that the change was made on; no row where they are not. Raises the lane's generation,
 * so that no batch is written that was mapped by the settings before: waits for the one that is being written.
 */
const UPDATE_SOURCE: Statement = {
  name: 'update_source',
  text: `
with changed as (
  update source set name = $3, settings = $5::jsonb
  where source.workspace_id = $1 and source.source_id = $2 and source.settings = $4::jsonb
  returning source.source_id
),
raised as (
  insert into lane (workspace_id, generation, updated_at)
  select $1, 1, $6::timestamptz from changed
  on conflict (workspace_id) do update set generation = lane.generation + 1
)
select changed.source_id
from changed`,
};

/** `settings`: JSON text. */
export type FullSourceRow = Row & readonly [sourceId: number, name: string, type: string, department: number, settings: string];

export async function findSource(connections: WorkspaceConnections, workspaceId: number, sourceId: number): Promise<FullSourceRow | null> {
  const [row] = await connections.run<FullSourceRow>(workspaceId, FIND_SOURCE, [workspaceId, sourceId]);
  return row ?? null;
}

/** Settings as JSON texts. Answers whether it was changed. */
export async function updateSource(
  connections: WorkspaceConnections,
  workspaceId: number,
  change: { sourceId: number; name: string; settingsBefore: string; settings: string; at: string },
): Promise<boolean> {
  const { sourceId, name, settingsBefore, settings, at } = change;
  const rows = await connections.run(workspaceId, UPDATE_SOURCE, [workspaceId, sourceId, name, settingsBefore, settings, at]);
  return rows.length > 0;
}
