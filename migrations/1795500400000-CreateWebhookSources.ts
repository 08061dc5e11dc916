import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Webhooks of vendors: which source an address names, before it is known whose it is. */
export class CreateWebhookSources1795500400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [NUMBERS, FIND]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function find_webhook_sources(integer); drop index source_by_number; drop sequence source_number');
    await runner.query(`comment on column inbox.call is 'The type of a single call; null for a batch.'`);
  }
}

/** Numbers below 1,000 are left to sources that come with a workspace. */
const NUMBERS = `
create sequence source_number;
select setval('source_number', greatest(999, (select max(s.source_id) from source s)));
grant usage on sequence source_number to throughline_app;
create index source_by_number on source (source_id);
comment on column inbox.call is 'The type of a single call; null for a batch; webhook where the body is a delivery of the source''s vendor.';
`;

/** A way past the wall that answers no more than is needed to tell whether a delivery is genuine. */
const FIND = `
create function find_webhook_sources(number integer)
  returns table (workspace_id integer, source_id integer, type text, settings jsonb)
  language sql stable security definer set search_path = public
  as $$ select s.workspace_id, s.source_id, s.type, s.settings from source s where s.source_id = number order by s.workspace_id $$;
revoke all on function find_webhook_sources(integer) from public;
grant execute on function find_webhook_sources(integer) to throughline_app;
`;
