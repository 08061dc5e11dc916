import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far profiles have been resolved anew since a workspace's identity rules were changed last. */
export class CreateRuleChange1795400100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RULE_CHANGE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function pending_rule_changes(); drop table rule_change; alter table profile drop column rules_version');
  }
}

/** pending_rule_changes is a way past the wall that answers no more than the workers need to know where there is work. */
const RULE_CHANGE = `
alter table profile add column rules_version integer not null default 0;
comment on column profile.rules_version is 'The version of the rules under which it was last resolved.';

create table rule_change (
  workspace_id integer primary key,
  version integer not null,
  reach text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  resolved_to uuid,
  round integer not null,
  is_clean_round boolean not null,
  profiles_examined bigint not null,
  profiles_total bigint not null
);
create index rule_change_under_way on rule_change (workspace_id) where finished_at is null;
comment on table rule_change is 'The last change of a workspace''s identity rules, and how far its profiles have been resolved anew. distribution: workspace_id';
comment on column rule_change.version is 'Counts the changes; profiles bear the version they were last resolved under.';
comment on column rule_change.reach is 'LIMITED: only profiles that meet a limit may be others now; ANY: each may.';
comment on column rule_change.resolved_to is 'Profiles are looked at in the order of their ids, up to this one so far.';
comment on column rule_change.round is 'How often it has begun with the first profile.';
comment on column rule_change.is_clean_round is 'Whether this round over the profiles has found none to resolve yet; the first such round is the last.';
alter table rule_change enable row level security;
create policy rule_change_wall on rule_change to throughline_app
  using (workspace_id = current_workspace_id()) with check (workspace_id = current_workspace_id());
grant select, insert, update, delete on rule_change to throughline_app;

create function pending_rule_changes() returns table (workspace_id integer, generation bigint)
  language sql stable security definer set search_path = public
  as $$ select r.workspace_id, l.generation from rule_change r join lane l on l.workspace_id = r.workspace_id where r.finished_at is null $$;
revoke all on function pending_rule_changes() from public;
grant execute on function pending_rule_changes() to throughline_app;
`;
