import type { ClientBase, Pool } from 'pg';
import { DEVICE_TYPES } from '../../measures/knownSince';
import { type Statement, send } from './statement';

/** One row, locked for the rest of the transaction; none where it is not there, or somebody else has it. */
const TAKE_PROGRESS: Statement = {
  name: 'take_experience_progress',
  text: `
select p.marked_to, p.is_marked
from experience_progress p
where p.workspace_id = $1
for update skip locked`,
};

/** One row where there was none; the transaction has it locked then. */
const OPEN_PROGRESS: Statement = {
  name: 'open_experience_progress',
  text: `
insert into experience_progress (workspace_id, is_marked, steps) values ($1, false, 0)
on conflict (workspace_id) do nothing
returning marked_to, is_marked`,
};

/** The same for who can't do without: waits for a step that is under way. */
const HOLD_PROGRESS: Statement = {
  name: 'hold_experience_progress',
  text: 'select from experience_progress p where p.workspace_id = $1 for update',
};

/** How far the round of marking all profiles has come, from this step on. */
const ADVANCE_PROGRESS: Statement = {
  name: 'advance_experience_progress',
  text: `
update experience_progress set marked_to = $2, is_marked = $3, steps = experience_progress.steps + 1
where experience_progress.workspace_id = $1`,
};

/** All profiles are marked anew, in the order of their ids: for settings that change what is told of them. */
const RESTART_PROGRESS: Statement = {
  name: 'restart_experience_progress',
  text: `
insert into experience_progress (workspace_id, is_marked, steps) values ($1, false, 0)
on conflict (workspace_id) do update set marked_to = null, is_marked = false`,
};

/** Grain: one row a profile that is due at $2, those that are for the longest first, at most $3; a retired one has no identifiers. No locks. */
const LOAD_EXPERIENCE_DUE: Statement = {
  name: 'load_experience_due',
  text: `
select due.profile_id, due.marks, (extract(epoch from due.due_at) * 1000)::float8 as due_at_ms, members.identifier_ids, coalesce(members.interactions, 0) as interactions,
  members.known_since_ms
from (
  select d.profile_id, d.marks, d.due_at
  from experience_due d
  where d.workspace_id = $1 and d.due_at <= $2
  order by d.due_at, d.profile_id
  limit $3
) as due
left join profile p on p.workspace_id = $1 and p.profile_id = due.profile_id and p.merged_into is null
left join lateral (
  select array_agg(i.identifier_id::text) as identifier_ids, sum(i.interactions)::float8 as interactions,
    (extract(epoch from min(i.first_seen_at) filter (where i.type <> all ($4::text[]))) * 1000)::float8 as known_since_ms
  from identifier i
  where i.workspace_id = $1 and i.profile_id = p.profile_id
) as members on true
order by due.due_at, due.profile_id`,
};

/** One row for each workspace that has profiles to evaluate at $1, past the wall. Two index look-ups a workspace. */
const LOAD_PENDING_EXPERIENCE: Statement = {
  name: 'load_pending_experience',
  text: 'select p.workspace_id from pending_experience($1) p',
};

export interface ExperienceProgress {
  readonly markedTo: string | null;
  readonly isMarked: boolean;
}

export interface DueProfile {
  readonly profileId: string;
  readonly marks: number;
  /** Since when. */
  readonly dueAtMs: number;
  /** Empty of a profile that is retired or gone. */
  readonly identifierIds: readonly string[];
  /** How many interactions they own, facts among them. */
  readonly interactions: number;
  /** Since when an identifier has said who it is; null where none does. */
  readonly knownSinceMs: number | null;
}

interface DueRow {
  profile_id: string;
  marks: number;
  due_at_ms: number;
  identifier_ids: string[] | null;
  interactions: number;
  known_since_ms: number | null;
}

interface ProgressRow {
  marked_to: string | null;
  is_marked: boolean;
}

/** Whoever takes it is the only one to evaluate the workspace until the transaction ends. Null where somebody else has it. */
export async function takeExperienceProgress(client: ClientBase, workspaceId: number): Promise<ExperienceProgress | null> {
  const [row] = await send<ProgressRow>(client, TAKE_PROGRESS, [workspaceId]);
  const [taken] = row ? [row] : await send<ProgressRow>(client, OPEN_PROGRESS, [workspaceId]);
  return taken ? { markedTo: taken.marked_to, isMarked: taken.is_marked } : null;
}

/** Nobody evaluates the workspace until the transaction ends. */
export async function holdExperienceProgress(client: ClientBase, workspaceId: number): Promise<void> {
  await send(client, HOLD_PROGRESS, [workspaceId]);
}

export async function advanceExperienceProgress(client: ClientBase, workspaceId: number, progress: ExperienceProgress): Promise<void> {
  await send(client, ADVANCE_PROGRESS, [workspaceId, progress.markedTo, progress.isMarked]);
}

export async function restartExperienceProgress(client: ClientBase, workspaceId: number): Promise<void> {
  await send(client, RESTART_PROGRESS, [workspaceId]);
}

export async function loadExperienceDue(client: ClientBase, workspaceId: number, nowMs: number, limit: number): Promise<DueProfile[]> {
  const rows = await send<DueRow>(client, LOAD_EXPERIENCE_DUE, [workspaceId, new Date(nowMs), limit, DEVICE_TYPES]);
  return rows.map((row) => ({
    profileId: row.profile_id,
    marks: row.marks,
    dueAtMs: row.due_at_ms,
    identifierIds: row.identifier_ids ?? [],
    interactions: row.interactions,
    knownSinceMs: row.known_since_ms,
  }));
}

export async function loadPendingExperience(pool: Pool, nowMs: number): Promise<number[]> {
  const { name, text } = LOAD_PENDING_EXPERIENCE;
  const { rows } = await pool.query<{ workspace_id: number }>({ name, text, values: [new Date(nowMs)] });
  return rows.map((row) => row.workspace_id);
}
