import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A role that may do one thing: copy rows into the timeline. COPY is not to be had for a role that row-level security binds, so this one is not
 * bound; instead it may not name the workspace. The column fills itself in from the workspace that the wall is open for. It can read,
 * change and delete nothing. Where the owner may not make such a role, there is none, and rows are inserted as before.
 */
export class CreateTheLoader1795400300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table interaction alter column workspace_id set default current_workspace_id()');
    await runner.query(ROLE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table interaction alter column workspace_id drop default');
    await runner.query(`
do $$ begin
  revoke all on interaction from throughline_loader;
exception when undefined_object then null;
end $$`);
  }
}

/** Roles are shared by all databases of a server, so another database may have made it, even at this very moment. */
const ROLE = `
do $$ begin
  create role throughline_loader nologin nosuperuser bypassrls;
exception when duplicate_object or unique_violation or insufficient_privilege then null;
end $$;
do $$
declare may_become text := case when current_setting('server_version_num')::integer < 160000 then 'member' else 'set' end;
begin
  if not exists (select from pg_roles where rolname = 'throughline_loader' and rolbypassrls) then return; end if;
  if not pg_has_role(current_user, 'throughline_loader', may_become) then grant throughline_loader to current_user; end if;
  grant insert (interaction_id, identifier_id, occurred_at, received_at, source_id, kind, department, channel, direction, name, message_id,
    subject_type, subject_id, properties, context) on interaction to throughline_loader;
exception when insufficient_privilege then null;
end $$;
`;
