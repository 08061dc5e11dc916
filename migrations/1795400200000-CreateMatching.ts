import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Probabilistic matching: who is to be compared, by which keys records are found, the model, and the pairs that people decide on. */
export class CreateMatching1795400200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [DUE, KEY, MODEL, CANDIDATE]) await runner.query(statement);
    for (const table of TABLES) await runner.query(wallAround(table));
    await runner.query(PENDING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function pending_matching(); drop table ${TABLES.join(', ')}`);
  }
}

const TABLES = ['match_due', 'match_key', 'match_model', 'match_candidate'];

const DUE = `
create table match_due (
  workspace_id integer not null,
  identifier_id bigint not null,
  generation bigint not null,
  primary key (workspace_id, identifier_id)
);
comment on table match_due is 'An identifier whose profile is new or says something else, and is to be compared. distribution: workspace_id';
comment on column match_due.generation is 'Of the lane, when it was last changed; what was changed while it was compared stays due.';
`;

const KEY = `
create table match_key (
  workspace_id integer not null,
  key text not null,
  identifier_id bigint not null,
  primary key (workspace_id, key, identifier_id)
);
create index match_key_by_identifier on match_key (workspace_id, identifier_id);
comment on table match_key is 'Profiles that share a key are worth comparing; one identifier of a profile holds its keys, wherever it goes. distribution: workspace_id';
`;

const MODEL = `
create table match_model (
  workspace_id integer primary key,
  trained_at timestamptz,
  profiles bigint not null,
  model json,
  examined_to uuid,
  is_examined boolean not null,
  steps bigint not null
);
comment on table match_model is 'By which model a workspace''s profiles are compared, and how far all of them have been under it. distribution: workspace_id';
comment on column match_model.trained_at is 'Null, as the model, as long as there are too few profiles to learn from; then expectations stand in for it.';
comment on column match_model.profiles is 'How many there were when it was trained.';
comment on column match_model.examined_to is 'All profiles are compared once in the order of their ids, up to this one so far.';
comment on column match_model.steps is 'Counts the steps of comparing.';
`;

const CANDIDATE = `
create table match_candidate (
  workspace_id integer not null,
  candidate_id uuid not null,
  low_id bigint not null,
  high_id bigint not null,
  weight double precision not null,
  probability double precision not null,
  comparisons json not null,
  status text not null,
  created_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  decision_id uuid,
  primary key (workspace_id, candidate_id),
  unique (workspace_id, low_id, high_id)
);
create index match_candidate_by_weight on match_candidate (workspace_id, status, weight desc, candidate_id);
create index match_candidate_by_high on match_candidate (workspace_id, high_id);
comment on table match_candidate is 'Two profiles that may be one customer, by an identifier of each. distribution: workspace_id';
comment on column match_candidate.weight is 'Log2 of the odds.';
comment on column match_candidate.comparisons is 'Field by field: field, left, right, level, matchWeight; left is the profile of low_id.';
comment on column match_candidate.status is 'PENDING, ACCEPTED or REJECTED; one that was accepted is rejected once its decision is revoked.';
comment on column match_candidate.decision_id is 'The JOIN that accepted it.';
`;

/** A way past the wall that answers no more than the workers need to know where there is work. */
const PENDING = `
create function pending_matching() returns table (workspace_id integer, steps bigint)
  language sql stable security definer set search_path = public
  as $$
    select m.workspace_id, m.steps from match_model m
    where not m.is_examined or exists (select from match_due d where d.workspace_id = m.workspace_id)
  $$;
revoke all on function pending_matching() from public;
grant execute on function pending_matching() to throughline_app;
`;

function wallAround(table: string): string {
  return `
alter table ${table} enable row level security;
create policy ${table}_wall on ${table} to throughline_app
  using (workspace_id = current_workspace_id()) with check (workspace_id = current_workspace_id());
grant select, insert, update, delete on ${table} to throughline_app;`;
}
