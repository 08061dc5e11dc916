import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Memberships that ended, for profiles as they stood at a time. */
export class KeepStays1795800600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STAY);
    await runner.query(wallAround('segment_stay'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table segment_stay');
  }
}

const STAY = `
create table segment_stay (
  workspace_id integer not null,
  profile_id uuid not null,
  segment_id uuid not null,
  left_at timestamptz not null,
  entered_at timestamptz not null,
  reason text not null,
  primary key (workspace_id, profile_id, segment_id, left_at)
);
create index segment_stay_by_segment on segment_stay (workspace_id, segment_id);
comment on table segment_stay is 'A membership that ended. distribution: workspace_id';
comment on column segment_stay.reason is 'Why the profile was in, in words.';
`;

function wallAround(table: string): string {
  return `
alter table ${table} enable row level security;
create policy ${table}_wall on ${table} to throughline_app
  using (workspace_id = current_workspace_id()) with check (workspace_id = current_workspace_id());
grant select, insert, update, delete on ${table} to throughline_app;`;
}
