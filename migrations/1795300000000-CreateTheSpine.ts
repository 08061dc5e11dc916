import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every table's comment names its distribution column, which stands in each of its unique constraints, so that the
 * same schema can be distributed on Citus. Every table is walled by row-level security for the role throughline_app.
 */
export class CreateTheSpine1795300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ROLE);
    for (const statement of [EXTENSIONS, CONFIGURATION, INTAKE, IDENTITY, TIMELINE, PROFILE]) await runner.query(statement);
    for (const table of TABLES) await runner.query(wallAround(table));
    await runner.query(FUNCTIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function find_credential(bytea); drop function inbox_backlog(); drop function pending_ranges(); drop function lock_lane(integer, bigint);');
    await runner.query(`drop table ${TABLES.join(', ')}`);
    await runner.query('drop sequence inbox_position; drop function current_workspace_id();');
  }
}

const TABLES = [
  'workspace', 'source', 'credential', 'inbox', 'dead_letter', 'lane', 'profile', 'identifier', 'link', 'profile_merge',
  'interaction', 'trait_state', 'account', 'account_member', 'search_term',
];

/**
 * Roles are shared by all databases of a server, so another database may have made it, even at this very moment. PostgreSQL 15 knows no
 * right to become a role beside that of its members.
 */
const ROLE = `
do $$ begin
  create role throughline_app nologin nosuperuser nobypassrls;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
declare may_become text := case when current_setting('server_version_num')::integer < 160000 then 'member' else 'set' end;
begin
  if not pg_has_role(current_user, 'throughline_app', may_become) then grant throughline_app to current_user; end if;
end $$;
`;

const EXTENSIONS = `
create extension if not exists pg_trgm;
create function current_workspace_id() returns integer language sql stable parallel safe
  as $$ select nullif(current_setting('throughline.workspace_id', true), '')::integer $$;
`;

const CONFIGURATION = `
create table workspace (
  workspace_id integer generated always as identity primary key,
  name text not null,
  default_country text not null default 'US',
  settings jsonb not null default '{}',
  created_at timestamptz not null
);
comment on table workspace is 'One tenant. distribution: workspace_id';

create table source (
  workspace_id integer not null,
  source_id integer not null,
  name text not null,
  type text not null,
  department smallint not null,
  settings jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (workspace_id, source_id)
);
comment on table source is 'A connected system. distribution: workspace_id';

create table credential (
  key_hash bytea primary key,
  workspace_id integer not null,
  credential_id uuid not null,
  source_id integer,
  name text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index credential_by_workspace on credential (workspace_id, credential_id);
comment on table credential is 'SHA-256 of a write key (with a source) or of an API key (with scopes). distribution: key_hash';
`;

const INTAKE = `
create sequence inbox_position;
create table inbox (
  workspace_id integer not null,
  position bigint not null default nextval('inbox_position'),
  source_id integer not null,
  received_at timestamptz not null,
  message_count integer not null,
  call text,
  refused integer[],
  body bytea not null,
  primary key (workspace_id, position)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0,
        autovacuum_vacuum_insert_threshold = -1, toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 20000,
        toast.autovacuum_vacuum_cost_delay = 0);
alter table inbox alter column body set storage external;
comment on table inbox is 'One row a request: its body as it came, durable, not yet processed. distribution: workspace_id';
comment on column inbox.call is 'The type of a single call; null for a batch.';
comment on column inbox.refused is 'Indexes of messages that were refused at the door.';

create table dead_letter (
  workspace_id integer not null,
  dead_letter_id uuid not null,
  at timestamptz not null,
  code text not null,
  reason text not null,
  source_id integer not null,
  message json not null,
  primary key (workspace_id, dead_letter_id)
);
comment on table dead_letter is 'A message that was refused, as it came, and why. distribution: workspace_id';

create table lane (
  workspace_id integer primary key,
  generation bigint not null default 0,
  processed_position bigint not null default 0,
  processed_messages bigint not null default 0,
  messages_per_second double precision not null default 0,
  updated_at timestamptz not null
) with (fillfactor = 50);
comment on table lane is 'The one line in which a workspace''s changes are written; its row is the lock. distribution: workspace_id';
comment on column lane.generation is 'Rises with every change to identity, so that a cache of it can tell that it is stale.';
`;

const IDENTITY = `
create table profile (
  workspace_id integer not null,
  profile_id uuid not null,
  merged_into uuid,
  contested boolean not null,
  identifier_count integer not null,
  type_counts jsonb not null,
  first_seen_at timestamptz not null,
  created_at timestamptz not null,
  primary key (workspace_id, profile_id)
);
create index profile_by_survivor on profile (workspace_id, merged_into) where merged_into is not null;
comment on table profile is 'One customer; ids never die, a merged one points to its survivor. distribution: workspace_id';
comment on column profile.contested is 'Some link of its identifiers was refused by a limit, so a change needs a replay.';

create table identifier (
  workspace_id integer not null,
  identifier_id bigint not null,
  profile_id uuid not null,
  home_profile_id uuid,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  interactions bigint not null,
  source_id integer not null,
  stronger_links integer not null,
  verified boolean not null,
  type text not null,
  value text not null,
  primary key (workspace_id, identifier_id)
) with (fillfactor = 70);
create index identifier_by_profile on identifier (workspace_id, profile_id);
comment on table identifier is 'A normalised identifier, the profile it resolves to now, and what was counted on it. distribution: workspace_id';
comment on column identifier.identifier_id is 'A 64-bit hash of type and value; the value is stored and compared.';
comment on column identifier.home_profile_id is 'The profile founded when it was first seen; that id comes back when it parts.';
comment on column identifier.stronger_links is 'Distinct identifiers of stronger types it was linked to; beyond the limit it is a hub.';

create table link (
  workspace_id integer not null,
  low_id bigint not null,
  high_id bigint not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  first_interaction_id uuid not null,
  last_interaction_id uuid not null,
  alias boolean not null,
  primary key (workspace_id, low_id, high_id)
) with (fillfactor = 70);
create index link_by_high on link (workspace_id, high_id, low_id);
comment on table link is 'Two identifiers seen in one message, and when. distribution: workspace_id';

create table profile_merge (
  workspace_id integer not null,
  merge_id uuid not null,
  merged_at timestamptz not null,
  rule text not null,
  actor text not null,
  survivor_id uuid not null,
  absorbed_id uuid not null,
  absorbed_identifier_ids bigint[] not null,
  evidence json not null,
  undone_at timestamptz,
  primary key (workspace_id, merge_id)
);
create index profile_merge_by_survivor on profile_merge (workspace_id, survivor_id);
create index profile_merge_by_absorbed on profile_merge (workspace_id, absorbed_id);
comment on table profile_merge is 'A merge that happened. distribution: workspace_id';
`;

const TIMELINE = `
create table interaction (
  workspace_id integer not null,
  interaction_id uuid not null,
  identifier_id bigint not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  source_id integer not null,
  kind smallint not null,
  department smallint not null,
  channel smallint not null,
  direction smallint not null,
  name text not null,
  message_id text not null,
  subject_type text,
  subject_id text,
  properties json,
  context json,
  primary key (workspace_id, interaction_id)
);
create index interaction_by_identifier on interaction (workspace_id, identifier_id, occurred_at desc, interaction_id desc);
comment on table interaction is 'One entry of the timeline; immutable, and for good on one identifier. distribution: workspace_id';
comment on column interaction.interaction_id is 'Named by source and message id, so that the primary key refuses a duplicate.';
`;

const PROFILE = `
create table trait_state (
  workspace_id integer not null,
  identifier_id bigint not null,
  traits json not null,
  primary key (workspace_id, identifier_id)
);
comment on table trait_state is 'The traits said of one identifier, with their provenance. distribution: workspace_id';

create table account (
  workspace_id integer not null,
  account_id uuid not null,
  external_id text not null,
  traits json not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (workspace_id, account_id)
);
comment on table account is 'A company or household, from group calls; its id is named by the external id. distribution: workspace_id';

create table account_member (
  workspace_id integer not null,
  identifier_id bigint not null,
  account_id uuid not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (workspace_id, identifier_id, account_id)
);
create index account_member_by_account on account_member (workspace_id, account_id, identifier_id);
comment on table account_member is 'An identifier that a group call put into an account. distribution: workspace_id';

create table search_term (
  workspace_id integer not null,
  identifier_id bigint not null,
  field text not null,
  term text not null,
  primary key (workspace_id, identifier_id, field)
);
create index search_term_by_trigram on search_term using gin (term gin_trgm_ops);
comment on table search_term is 'What an agent''s search box can find: names and identifiers, in lower case. distribution: workspace_id';
`;

function wallAround(table: string): string {
  return `
alter table ${table} enable row level security;
create policy ${table}_wall on ${table} to throughline_app
  using (workspace_id = current_workspace_id()) with check (workspace_id = current_workspace_id());
grant select, insert, update, delete on ${table} to throughline_app;`;
}

/** lock_lane is bound by the wall; the others are the only ways past it, each answering the least that its caller needs. */
const FUNCTIONS = `
grant usage on sequence inbox_position to throughline_app;

create function find_credential(hash bytea)
  returns table (workspace_id integer, credential_id uuid, source_id integer, name text, scopes text[])
  language sql stable security definer set search_path = public
  as $$ select c.workspace_id, c.credential_id, c.source_id, c.name, c.scopes from credential c where c.key_hash = hash and c.revoked_at is null $$;
revoke all on function find_credential(bytea) from public;
grant execute on function find_credential(bytea) to throughline_app;

create function inbox_backlog()
  returns table (workspace_id integer, first_position bigint, last_position bigint, requests bigint, messages bigint, oldest_received_at timestamptz)
  language sql stable security definer set search_path = public
  as $$ select i.workspace_id, min(i.position), max(i.position), count(*), sum(i.message_count), min(i.received_at) from inbox i group by i.workspace_id $$;
revoke all on function inbox_backlog() from public;
grant execute on function inbox_backlog() to throughline_app;

create function lock_lane(workspace integer, expected_generation bigint) returns void language plpgsql set search_path = public
  as $$
    begin
      perform from lane l where l.workspace_id = workspace and l.generation = expected_generation for update;
      if not found then raise exception 'The workspace changed after the batch was decided.' using errcode = 'TLS01'; end if;
    end
  $$;
revoke all on function lock_lane(integer, bigint) from public;
grant execute on function lock_lane(integer, bigint) to throughline_app;

create function pending_ranges()
  returns table (workspace_id integer, first_position bigint, last_position bigint)
  language sql stable security definer set search_path = public
  as $$
    select w.workspace_id, f.position, l.position
    from workspace w
    cross join lateral (select i.position from inbox i where i.workspace_id = w.workspace_id order by i.position limit 1) f
    cross join lateral (select i.position from inbox i where i.workspace_id = w.workspace_id order by i.position desc limit 1) l
  $$;
revoke all on function pending_ranges() from public;
grant execute on function pending_ranges() to throughline_app;
`;
