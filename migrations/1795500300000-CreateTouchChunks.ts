import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The timeline once more in columns, for reports over all customers' paths; and how far the interactions from before it have been put there. */
export class CreateTouchChunks1795500300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [CHUNK, BACKFILL]) await runner.query(statement);
    for (const table of TABLES) await runner.query(wallAround(table));
    await runner.query(PENDING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function pending_touches(); drop table ${TABLES.join(', ')}; alter table interaction drop column in_chunk`);
  }
}

const TABLES = ['touch_chunk', 'touch_backfill'];

/** Uncompressed: PostgreSQL's own compression takes over a microsecond a touch for two fifths of the columns, and lz4 is not in every PostgreSQL. */
const CHUNK = `
create table touch_chunk (
  workspace_id integer not null,
  chunk_id bigint generated always as identity,
  first_at timestamptz not null,
  last_at timestamptz not null,
  touches integer not null,
  level smallint not null,
  columns bytea not null,
  message_ids bytea not null,
  primary key (workspace_id, chunk_id)
);
alter table touch_chunk alter column columns set storage external, alter column message_ids set storage external;
create index touch_chunk_to_merge on touch_chunk (workspace_id, level, chunk_id) where level < 9;
comment on table touch_chunk is 'Interactions as columns, in the order of time and message id; immutable, and replaced by larger ones. distribution: workspace_id';
comment on column touch_chunk.level is '0: of one batch; one more each time that several were merged; 9: as large as it is to get.';
comment on column touch_chunk.message_ids is 'Apart, as only touches at the same time need them.';
`;

/** Interactions that are there already get false without being written; the default of those to come is true. */
const BACKFILL = `
alter table interaction add column in_chunk boolean not null default false;
alter table interaction alter column in_chunk set default true;
comment on column interaction.in_chunk is 'Its touch was put into a chunk when it was written; false for those from before there were chunks.';
create table touch_backfill (
  workspace_id integer primary key,
  looked_to uuid,
  is_finished boolean not null
);
comment on table touch_backfill is 'How far the interactions from before there were chunks have been put into some. distribution: workspace_id';
comment on column touch_backfill.looked_to is 'They are looked at in the order of their ids, up to this one so far.';
insert into touch_backfill (workspace_id, looked_to, is_finished)
select w.workspace_id, null, false from workspace w where exists (select from interaction i where i.workspace_id = w.workspace_id);
`;

/**
 * A way past the wall that answers no more than the workers need to know where there is work. Where messages wait, chunks are left to pile up
 * for a while.
 */
const PENDING = `
create function pending_touches() returns table (workspace_id integer)
  language sql stable security definer set search_path = public
  as $$
    select b.workspace_id from touch_backfill b where not b.is_finished
    union
    select c.workspace_id from touch_chunk c where c.level < 9
    group by c.workspace_id, c.level
    having count(*) >= 16 and (count(*) >= 200 or not exists (select from inbox i where i.workspace_id = c.workspace_id))
  $$;
revoke all on function pending_touches() from public;
grant execute on function pending_touches() to throughline_app;
`;

function wallAround(table: string): string {
  return `
alter table ${table} enable row level security;
create policy ${table}_wall on ${table} to throughline_app
  using (workspace_id = current_workspace_id()) with check (workspace_id = current_workspace_id());
grant select, insert, update, delete on ${table} to throughline_app;`;
}
