import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which signs of friction were told of, and where there are notes and changes that nobody needs any more. */
export class KeepChangesShort1795800300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [TOLD, PENDING]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function pending_change_upkeep(timestamptz, timestamptz, timestamptz); drop table told_friction');
  }
}

const TOLD = `
create table told_friction (
  workspace_id integer not null,
  signal_key text not null,
  detected_at timestamptz not null,
  primary key (workspace_id, signal_key)
);
create index told_friction_by_time on told_friction (workspace_id, detected_at);
comment on table told_friction is 'Signs of friction that were told of, so that each is once, whatever becomes of profiles; kept for two days. distribution: workspace_id';
alter table told_friction enable row level security;
create policy told_friction_wall on told_friction to throughline_app
  using (workspace_id = current_workspace_id()) with check (workspace_id = current_workspace_id());
grant select, insert, update, delete on told_friction to throughline_app;
`;

/** A way past the wall that answers no more than the workers need to know where there is work: three index look-ups a workspace. */
const PENDING = `
create function pending_change_upkeep(notes_before timestamptz, changes_before timestamptz, told_before timestamptz)
  returns table (workspace_id integer)
  language sql stable security definer set search_path = public
  as $$
    select w.workspace_id from workspace w
    where exists (select from change_note n where n.workspace_id = w.workspace_id and n.at < notes_before and n.is_followed)
      or exists (select from change c where c.workspace_id = w.workspace_id and c.at < changes_before)
      or exists (select from told_friction t where t.workspace_id = w.workspace_id and t.detected_at < told_before)
  $$;
revoke all on function pending_change_upkeep(timestamptz, timestamptz, timestamptz) from public;
grant execute on function pending_change_upkeep(timestamptz, timestamptz, timestamptz) to throughline_app;
`;
