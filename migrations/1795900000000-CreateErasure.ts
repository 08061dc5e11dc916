import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Erasures of customers, and the tombstones by which replays of what was erased are known. */
export class CreateErasure1795900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [KEY, TOMBSTONE, ERASURE, TARGETS]) await runner.query(statement);
    for (const table of TABLES) await runner.query(wallAround(table));
    for (const statement of [PENDING, TOLD]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function pending_erasures(); drop index delivery_of_erasure');
    await runner.query(`drop table ${TABLES.join(', ')}`);
  }
}

const TABLES = ['tombstone_key', 'tombstone', 'erasure', 'erasure_profile', 'erasure_identifier'];

const KEY = `
create table tombstone_key (
  workspace_id integer not null,
  key bytea not null,
  latest_at timestamptz,
  primary key (workspace_id)
);
comment on table tombstone_key is 'The key of a workspace''s tombstones, made with its first erasure. distribution: workspace_id';
comment on column tombstone_key.latest_at is 'Up to when what happened may be erased; null while nobody has been erased yet.';
`;

const TOMBSTONE = `
create table tombstone (
  workspace_id integer not null,
  hash bytea not null,
  erasure_id uuid not null,
  erased_at timestamptz not null,
  primary key (workspace_id, hash)
);
comment on table tombstone is 'What was erased, as keyed hashes: identifiers, messages and profile ids. distribution: workspace_id';
comment on column tombstone.hash is 'The first 16 bytes of HMAC-SHA-256 over what it stands for.';
comment on column tombstone.erased_at is 'Of an identifier erased more than once, the last time.';
`;

const ERASURE = `
create table erasure (
  workspace_id integer not null,
  erasure_id uuid not null,
  requested_at timestamptz not null,
  requested_by text not null,
  phase text not null,
  places json not null,
  erased_at timestamptz,
  finished_at timestamptz,
  erased json not null,
  replays bigint not null,
  last_replay_at timestamptz,
  primary key (workspace_id, erasure_id)
) with (fillfactor = 70);
create index erasure_by_time on erasure (workspace_id, requested_at desc, erasure_id desc);
create index erasure_under_way on erasure (workspace_id) where finished_at is null;
comment on table erasure is 'An erasure and its receipt: how many rows of which store are gone. distribution: workspace_id';
comment on column erasure.phase is 'REQUESTED, TOUCHES, INTERACTIONS, IDENTITY, INBOX, TEXTS, STRAYS or DONE.';
comment on column erasure.places is 'How far the phase has come; numbers and ids of rows that are not the customer''s.';
comment on column erasure.erased_at is 'What happened until then stays erased. Null until the identity is gone.';
comment on column erasure.replays is 'Messages that came again and stayed erased.';
`;

const TARGETS = `
create table erasure_profile (
  workspace_id integer not null,
  erasure_id uuid not null,
  ordinal integer not null,
  profile_id uuid not null,
  primary key (workspace_id, erasure_id, ordinal)
);
comment on table erasure_profile is 'The profile to erase, and those that were merged into it; empty once it is done. distribution: workspace_id';
comment on column erasure_profile.ordinal is '0: the one that was asked for.';
create table erasure_identifier (
  workspace_id integer not null,
  erasure_id uuid not null,
  ordinal integer not null,
  type text not null,
  value text not null,
  identifier_id bigint,
  primary key (workspace_id, erasure_id, ordinal)
);
comment on table erasure_identifier is 'The identifiers to erase; empty once it is done. distribution: workspace_id';
comment on column erasure_identifier.ordinal is 'Below 0: those by which a tool named the customer.';
comment on column erasure_identifier.identifier_id is 'Null of one that is not known.';
`;

/** Past the wall no more than where there is work. */
const PENDING = `
create function pending_erasures() returns table (workspace_id integer, erasure_id uuid)
  language sql stable security definer set search_path = public
  as $$ select e.workspace_id, e.erasure_id from erasure e where e.finished_at is null order by e.requested_at, e.erasure_id limit 100 $$;
revoke all on function pending_erasures() from public;
grant execute on function pending_erasures() to throughline_app;
`;

/** They leave the log at once, unlike others. */
const TOLD = `create index delivery_of_erasure on delivery (workspace_id) where type = 'profile.erased'`;

function wallAround(table: string): string {
  return `
alter table ${table} enable row level security;
create policy ${table}_wall on ${table} to throughline_app
  using (workspace_id = current_workspace_id()) with check (workspace_id = current_workspace_id());
grant select, insert, update, delete on ${table} to throughline_app;`;
}
