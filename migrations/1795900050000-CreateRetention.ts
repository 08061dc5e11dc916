import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far what is older than is kept has been taken out of timelines. */
export class CreateRetention1795900050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [PROGRESS, WALL, PENDING]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function pending_retention(timestamptz); drop table retention_progress');
  }
}

const PROGRESS = `
create table retention_progress (
  workspace_id integer not null,
  looked_to bigint not null,
  round_ended_at timestamptz,
  primary key (workspace_id)
) with (fillfactor = 50);
comment on table retention_progress is 'Its row is the lock of who takes out what is older than the workspace keeps it. distribution: workspace_id';
comment on column retention_progress.looked_to is 'Chunks of touches are looked at in the order of their numbers, up to this one so far; 0 between rounds.';
comment on column retention_progress.round_ended_at is 'When all had been looked at last; null before.';
`;

const WALL = `
alter table retention_progress enable row level security;
create policy retention_progress_wall on retention_progress to throughline_app
  using (workspace_id = current_workspace_id()) with check (workspace_id = current_workspace_id());
grant select, insert, update, delete on retention_progress to throughline_app;
`;

/** Past the wall no more than which workspaces keep anything for a time only, and have not been looked through since. */
const PENDING = `
create function pending_retention(ended_before timestamptz) returns table (workspace_id integer)
  language sql stable security definer set search_path = public
  as $$
    select w.workspace_id from workspace w
    left join retention_progress p on p.workspace_id = w.workspace_id
    where w.settings ? 'privacy' and (w.settings #> '{privacy,retentionDays}' <> '{}' or w.settings #> '{privacy,deadLetterDays}' <> 'null')
      and (p.workspace_id is null or p.looked_to > 0 or p.round_ended_at is null or p.round_ended_at < ended_before)
  $$;
revoke all on function pending_retention(timestamptz) from public;
grant execute on function pending_retention(timestamptz) to throughline_app;
`;
