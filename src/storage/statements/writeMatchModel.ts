import type { ClientBase } from 'pg';
import { encodeInt4Array } from '../binaryArrays';
import { type Statement, send } from './statement';

const LOAD_MATCH_MODEL: Statement = {
  name: 'load_match_model',
  text: `
select (extract(epoch from m.trained_at) * 1000)::float8 as trained_ms, m.model::text as model
from match_model m
where m.workspace_id = $1`,
};

/** One row a workspace; all profiles are compared anew. Not for a workspace whose matching was switched off meanwhile. */
const WRITE_MATCH_MODEL: Statement = {
  name: 'write_match_model',
  text: `
update match_model set
  trained_at = case when $4::json is null then match_model.trained_at else $2 end,
  profiles = $3,
  model = coalesce($4::json, match_model.model),
  sole_sources = case when $4::json is null then match_model.sole_sources else $5::int4[] end,
  examined_to = case when $4::json is null then match_model.examined_to end,
  is_examined = match_model.is_examined and $4::json is null
where match_model.workspace_id = $1`,
};

/** The settings, and a round over all profiles, which say nothing of what was changed while matching was off. To be run holding the lane. */
const START_MATCHING: Statement = {
  name: 'start_matching',
  text: `
with changed as (
  update workspace set settings = workspace.settings || jsonb_build_object('matching', $2::jsonb)
  where workspace.workspace_id = $1
)
insert into match_model (workspace_id, profiles, is_examined, steps) values ($1, 0, false, 0)
on conflict (workspace_id) do update set examined_to = null, is_examined = false`,
};

/** Nothing where matching is off. */
const COMPARE_ALL_AGAIN: Statement = {
  name: 'compare_all_again',
  text: 'update match_model set examined_to = null, is_examined = false where match_model.workspace_id = $1',
};

const STOP_MATCHING: Statement = {
  name: 'stop_matching',
  text: `
with changed as (
  update workspace set settings = workspace.settings || jsonb_build_object('matching', $2::jsonb)
  where workspace.workspace_id = $1
),
stopped as (
  delete from match_model where match_model.workspace_id = $1
)
delete from match_due where match_due.workspace_id = $1`,
};

export interface StoredModel {
  readonly trainedAtMs: number | null;
  /** As `writeModel` has it. */
  readonly model: string | null;
}

export interface TrainedOn {
  readonly model: string | null;
  /** Sources that hold nobody twice. */
  readonly soleSourceIds: readonly number[];
  readonly profiles: number;
  readonly atMs: number;
}

export async function loadMatchModel(client: ClientBase, workspaceId: number): Promise<StoredModel | null> {
  const [row] = await send<{ trained_ms: number | null; model: string | null }>(client, LOAD_MATCH_MODEL, [workspaceId]);
  return row ? { trainedAtMs: row.trained_ms, model: row.model } : null;
}

/** Without a model only how many profiles there were is kept: too few of them said anything. */
export async function writeMatchModel(
  client: ClientBase,
  workspaceId: number,
  { model, soleSourceIds, profiles, atMs }: TrainedOn,
): Promise<void> {
  await send(client, WRITE_MATCH_MODEL, [workspaceId, new Date(atMs), profiles, model, encodeInt4Array(soleSourceIds)]);
}

/** `settings`: JSON text. */
export async function startMatching(client: ClientBase, workspaceId: number, settings: string): Promise<void> {
  await send(client, START_MATCHING, [workspaceId, settings]);
}

/** Other limits let other pairs be proposed. */
export async function compareAllAgain(client: ClientBase, workspaceId: number): Promise<void> {
  await send(client, COMPARE_ALL_AGAIN, [workspaceId]);
}

/** What people decided stays, and so does what waits for them; nothing is compared any more. */
export async function stopMatching(client: ClientBase, workspaceId: number, settings: string): Promise<void> {
  await send(client, STOP_MATCHING, [workspaceId, settings]);
}
