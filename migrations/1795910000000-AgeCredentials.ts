import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys that expire, are replaced by new ones under the same id, and say when they were used last. */
export class AgeCredentials1795910000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [AGES, FIND_KEY, FIND_CREDENTIAL]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(FIND_CREDENTIAL_BEFORE);
    await runner.query('drop function find_key(bytea); alter table credential drop column expires_at, drop column replaced_at, drop column last_used_at');
  }
}

const AGES = `
alter table credential add column expires_at timestamptz, add column replaced_at timestamptz, add column last_used_at timestamptz;
comment on column credential.expires_at is 'It does not work from then on; null: as long as it is not revoked.';
comment on column credential.replaced_at is 'When a newer secret took its place, under the same id for an API key, for the same source for a write key; until it expires both work.';
comment on column credential.last_used_at is 'Within some minutes.';
`;

/** A way past the wall, by nothing but the hash of a secret. Whoever asks goes by the time at which the key expires. */
const FIND_KEY = `
create function find_key(hash bytea)
  returns table (workspace_id integer, credential_id uuid, source_id integer, name text, scopes text[], expires_at timestamptz)
  language sql stable security definer set search_path = public
  as $$ select c.workspace_id, c.credential_id, c.source_id, c.name, c.scopes, c.expires_at from credential c where c.key_hash = hash and c.revoked_at is null $$;
revoke all on function find_key(bytea) from public;
grant execute on function find_key(bytea) to throughline_app;
`;

/** Processes of the version before, which run beside this one for a while, ask by this and know of no end. */
const FIND_CREDENTIAL = `
create or replace function find_credential(hash bytea)
  returns table (workspace_id integer, credential_id uuid, source_id integer, name text, scopes text[])
  language sql stable security definer set search_path = public
  as $$ select k.workspace_id, k.credential_id, k.source_id, k.name, k.scopes from find_key(hash) k where k.expires_at is null or k.expires_at > now() $$;
`;

const FIND_CREDENTIAL_BEFORE = `
create or replace function find_credential(hash bytea)
  returns table (workspace_id integer, credential_id uuid, source_id integer, name text, scopes text[])
  language sql stable security definer set search_path = public
  as $$ select c.workspace_id, c.credential_id, c.source_id, c.name, c.scopes from credential c where c.key_hash = hash and c.revoked_at is null $$;
`;
