import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Followers remember definitions until they change; what deleted definitions leave behind is swept up in small pieces. */
export class FollowSegments1795800400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [GENERATION, REVISED, DROPPED_SEGMENT, DROPPED_EVENT]) await runner.query(statement);
    for (const table of TABLES) await runner.query(wallAround(table));
    await runner.query(PENDING_WITH_LEFTOVERS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(PENDING_BEFORE);
    await runner.query(`drop table ${TABLES.join(', ')}; alter table segment_progress drop column generation; alter table segment drop column is_revised`);
  }
}

const TABLES = ['dropped_segment', 'dropped_event'];

const GENERATION = `
alter table segment_progress add column generation bigint not null default 0;
comment on column segment_progress.generation is 'Rises with every change of a segment''s definition or status, a computed trait or what is tracked.';
`;

const REVISED = `
alter table segment add column is_revised boolean not null default false;
comment on column segment.is_revised is 'While it is computed: it was computed before by another definition, so that some may have to leave.';
`;

const DROPPED_SEGMENT = `
create table dropped_segment (
  workspace_id integer not null,
  segment_id uuid not null,
  primary key (workspace_id, segment_id)
);
comment on table dropped_segment is 'A segment that was deleted and may have memberships left, which nobody reads. distribution: workspace_id';
`;

const DROPPED_EVENT = `
create table dropped_event (
  workspace_id integer not null,
  tracked_event_id integer not null,
  swept_to bigint,
  primary key (workspace_id, tracked_event_id)
);
comment on table dropped_event is 'A tracked event that nobody asks about any more and that may have matches left. Its number is not given out again before they are gone. distribution: workspace_id';
comment on column dropped_event.swept_to is 'Matches go in the order of their identifiers, up to this one so far.';
`;

const pending = (more: string) => `
create or replace function pending_segments(at timestamptz) returns table (workspace_id integer)
  language sql stable security definer set search_path = public
  as $$
    select w.workspace_id from workspace w
    where exists (select from change_note n where n.workspace_id = w.workspace_id and not n.is_followed)
      or exists (select from segment_wake k where k.workspace_id = w.workspace_id and k.wake_at <= at)
      or exists (select from segment s where s.workspace_id = w.workspace_id and s.status = 'COMPUTING')
      or exists (select from tracked_event t where t.workspace_id = w.workspace_id and not t.is_ready)${more}
  $$;`;
const PENDING_BEFORE = pending('');
const PENDING_WITH_LEFTOVERS = pending(`
      or exists (select from dropped_segment d where d.workspace_id = w.workspace_id)
      or exists (select from dropped_event d where d.workspace_id = w.workspace_id)`);

function wallAround(table: string): string {
  return `
alter table ${table} enable row level security;
create policy ${table}_wall on ${table} to throughline_app
  using (workspace_id = current_workspace_id()) with check (workspace_id = current_workspace_id());
grant select, insert, update, delete on ${table} to throughline_app;`;
}
