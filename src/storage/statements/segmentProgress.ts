import type { ClientBase, Pool } from 'pg';
import { type Call, type Statement, send } from './statement';

/** One row, locked for the rest of the transaction; none where it is not there, or somebody else has it. */
const TAKE_PROGRESS: Statement = {
  name: 'take_segment_progress',
  text: `
select p.generation::text as generation, (p.steps - p.heeding_steps)::text as heedless, (select count(*) from tracked_event t where t.workspace_id = $1 and not t.is_ready)::int as unready
from segment_progress p
where p.workspace_id = $1
for update of p skip locked`,
};

/** One row where there was none; the transaction has it locked then. */
const OPEN_PROGRESS: Statement = {
  name: 'open_segment_progress',
  text: `
insert into segment_progress (workspace_id, steps) values ($1, 0)
on conflict (workspace_id) do nothing
returning generation::text as generation, (steps - heeding_steps)::text as heedless, (select count(*) from tracked_event t where t.workspace_id = $1 and not t.is_ready)::int as unready`,
};

/** The same for who can't do without: waits for a step that is under way. What is remembered of definitions is old from here on. */
const CHANGE_DEFINITIONS: Statement = {
  name: 'change_segment_definitions',
  text: `
insert into segment_progress (workspace_id, steps, generation) values ($1, 0, 1)
on conflict (workspace_id) do update set generation = segment_progress.generation + 1`,
};

/**
 * So that whoever took it with an older snapshot fails. A version of this program that knows nothing of heeding counts no `heeding_steps`, and what profiles
 * were found to heed before its step is not trusted after it.
 */
const COUNT_STEP: Statement = {
  name: 'count_segment_step',
  text: 'update segment_progress set steps = segment_progress.steps + 1, heeding_steps = segment_progress.heeding_steps + 1 where segment_progress.workspace_id = $1',
};

/** One row for each workspace that has something to follow, to compute or to sweep at $1, past the wall. Some index look-ups a workspace. */
const LOAD_PENDING_SEGMENTS: Statement = {
  name: 'load_pending_segments',
  text: 'select p.workspace_id from pending_segments($1) p',
};

/** Whoever takes it is the only one to write memberships in the workspace until the transaction ends. Null where somebody else has it. Answers the version of the definitions. */
export async function takeSegmentProgress(client: ClientBase, workspaceId: number): Promise<string | null> {
  type Row = { generation: string; heedless: string; unready: number };
  const [row] = await send<Row>(client, TAKE_PROGRESS, [workspaceId]);
  const [taken] = row ? [row] : await send<Row>(client, OPEN_PROGRESS, [workspaceId]);
  return taken ? `${taken.generation} ${taken.unready} ${taken.heedless}` : null;
}

/** To be sent before definitions are read that are about to change. */
export async function changeSegmentDefinitions(client: ClientBase, workspaceId: number): Promise<void> {
  await send(client, CHANGE_DEFINITIONS, [workspaceId]);
}

export function countSegmentStep(workspaceId: number): Call {
  return { statement: COUNT_STEP, values: [workspaceId] };
}

export async function loadPendingSegments(pool: Pool, nowMs: number): Promise<number[]> {
  const { name, text } = LOAD_PENDING_SEGMENTS;
  const { rows } = await pool.query<{ workspace_id: number }>({ name, text, values: [new Date(nowMs)] });
  return rows.map((row) => row.workspace_id);
}
