import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit log can only grow, and each entry's hash takes in the one before it. What somebody wrote in their own words, or defined by values, stands beside
 * the entry and can be forgotten, for it may name a customer; the entry keeps a hash of it. Processes from before this go on inserting as they did.
 */
export class SealTheAuditLog1795940000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [COLUMNS, NOTE, HEAD]) await runner.query(statement);
    for (const table of ['audit_note', 'audit_head']) await runner.query(wallAround(table));
    for (const statement of [GRANTS, MOVE_WORDS, KEPT, SUBJECTS, INDEXES, CONTENT, SEAL, UNSEALED]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function workspaces_with_unsealed_audit(), seal_audit_entries(integer)');
    await runner.query('drop function audit_content(audit_entry), audit_subject_hash(audit_entry)');
    await runner.query('drop trigger audit_entry_is_kept on audit_entry; drop trigger audit_entry_is_not_truncated on audit_entry');
    await runner.query('drop function audit_entry_is_kept()');
    await runner.query('drop index audit_entry_unsealed, audit_entry_by_sequence, audit_entry_by_subject');
    await runner.query('drop function audit_subjects(text, json)');
    await runner.query('drop table audit_note, audit_head');
    await runner.query('alter table audit_entry drop column note_hash, drop column sequence, drop column subject_hash, drop column hash');
    await runner.query('alter table audit_entry reset (fillfactor, autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold)');
    await runner.query('grant insert, update, delete on audit_entry to throughline_app');
  }
}

const COLUMNS = `
alter table audit_entry add column note_hash bytea, add column sequence bigint, add column subject_hash bytea, add column hash bytea;
alter table audit_entry set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.005, autovacuum_vacuum_threshold = 5000);
comment on table audit_entry is 'Who changed and who saw what. Only ever grows; whom an entry was about goes with that customer. distribution: workspace_id';
comment on column audit_entry.detail is 'Ids, counts and words of the schema; never what a customer is known by.';
comment on column audit_entry.note_hash is 'SHA-256 of the salt and the text of its note; null where it came without one.';
comment on column audit_entry.sequence is 'From 1 without a gap in each workspace; null until it is sealed.';
comment on column audit_entry.subject_hash is 'SHA-256 of target and detail as they were sealed; stays where an erasure has taken these.';
comment on column audit_entry.hash is 'SHA-256 of the hash of the entry before, the sequence and the content.';
`;

const NOTE = `
create table audit_note (
  workspace_id integer not null,
  audit_id uuid not null,
  salt uuid not null,
  note json not null,
  primary key (workspace_id, audit_id)
);
comment on table audit_note is 'What an entry says in free words and values, until it is forgotten. distribution: workspace_id';
comment on column audit_note.salt is 'So that a hash without its note tells nothing, whatever one guesses.';
`;

const HEAD = `
create table audit_head (
  workspace_id integer not null,
  sealed bigint not null,
  hash bytea not null,
  primary key (workspace_id)
) with (fillfactor = 50);
comment on table audit_head is 'How many entries are sealed, and the hash of the last one. distribution: workspace_id';
`;

function wallAround(table: string): string {
  return `
alter table ${table} enable row level security;
create policy ${table}_wall on ${table} to throughline_app
  using (workspace_id = current_workspace_id()) with check (workspace_id = current_workspace_id());`;
}

const GRANTS = `
revoke insert, update, delete on audit_entry from throughline_app;
grant insert (workspace_id, audit_id, at, actor, action, target, detail, note_hash) on audit_entry to throughline_app;
grant update (target, detail) on audit_entry to throughline_app;
grant select, insert, delete on audit_note to throughline_app;
grant select on audit_head to throughline_app;
`;

/** Of what was written before there were notes: few rows, since only changes made by people were. */
const MOVE_WORDS = `
insert into audit_note (workspace_id, audit_id, salt, note)
select e.workspace_id, e.audit_id, gen_random_uuid(), words.note
from audit_entry e
cross join lateral (
  select json_object_agg(part.key, part.value) as note from json_each(e.detail) part
  where part.key in ('reason', 'name', 'definition', 'before', 'after', 'host', 'purpose')
) words
where words.note is not null;
update audit_entry set
  note_hash = sha256(convert_to(n.salt::text || n.note::text, 'UTF8')),
  detail = (
    select coalesce(json_object_agg(part.key, part.value), '{}') from json_each(audit_entry.detail) part
    where not exists (select from json_object_keys(n.note) moved where moved = part.key))
from audit_note n
where n.workspace_id = audit_entry.workspace_id and n.audit_id = audit_entry.audit_id;
`;

/** For everybody, the owner too: an entry is sealed once, and loses once whom it was about; nothing else ever happens to it. */
const KEPT = `
create function audit_entry_is_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE'
    and row(old.workspace_id, old.audit_id, old.at, old.actor, old.action, old.note_hash)
      is not distinct from row(new.workspace_id, new.audit_id, new.at, new.actor, new.action, new.note_hash)
  then
    if old.sequence is null and new.sequence is not null and row(old.target, old.detail::text) is not distinct from row(new.target, new.detail::text) then
      return new;
    end if;
    if row(old.sequence, old.subject_hash, old.hash) is not distinct from row(new.sequence, new.subject_hash, new.hash)
      and new.target is null and new.detail::text = '{"erased": true}'
    then
      return new;
    end if;
  end if;
  raise exception 'Entries of the audit log are kept as they are.' using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_entry_is_kept before update or delete on audit_entry for each row execute function audit_entry_is_kept();
create trigger audit_entry_is_not_truncated before truncate on audit_entry for each statement execute function audit_entry_is_kept();
`;

const SUBJECTS = `
create function audit_subjects(target text, detail json) returns text[]
  language sql immutable parallel safe
  as $$
    select array_remove(array[target, detail ->> 'survivorId', detail ->> 'absorbedId', detail ->> 'separatedId'], null)
      || array(select json_array_elements_text(detail -> 'profileIds'))
  $$;
comment on function audit_subjects(text, json) is 'The public ids that an entry is about.';
`;

/** The table holds no more than people's decisions yet, so an index is made in no time. */
const INDEXES = `
create unique index audit_entry_by_sequence on audit_entry (workspace_id, sequence);
create index audit_entry_unsealed on audit_entry (workspace_id, at, audit_id) where sequence is null;
create index audit_entry_by_subject on audit_entry using gin (audit_subjects(target, detail));
`;

/** Line by line, as docs/audit.md says, so that anybody can compute the hashes anew. */
const CONTENT = `
create function audit_subject_hash(entry audit_entry) returns bytea
  language sql stable
  as $$ select sha256(convert_to(coalesce(to_json(entry.target)::text, 'null') || E'\\n' || entry.detail::text, 'UTF8')) $$;
create function audit_content(entry audit_entry) returns text
  language sql stable
  as $$
    select concat_ws(E'\\n',
      entry.audit_id,
      to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      to_json(entry.actor),
      to_json(entry.action),
      coalesce(encode(entry.note_hash, 'hex'), ''),
      encode(audit_subject_hash(entry), 'hex'))
  $$;
`;

/** Whoever comes while somebody else is at it does nothing. The role has no other way to write a hash. */
const SEAL = `
create function seal_audit_entries(most integer) returns integer
  language plpgsql security definer set search_path = public
  as $$
declare
  head audit_head;
  waiting record;
  done integer := 0;
begin
  insert into audit_head values (current_workspace_id(), 0, '') on conflict do nothing;
  select * into head from audit_head h where h.workspace_id = current_workspace_id() for update skip locked;
  if not found then return 0; end if;
  for waiting in
    select e.audit_id, audit_subject_hash(e) as subject_hash, audit_content(e) as content
    from audit_entry e
    where e.workspace_id = head.workspace_id and e.sequence is null
    order by e.at, e.audit_id
    limit most
  loop
    done := done + 1;
    head.sealed := head.sealed + 1;
    head.hash := sha256(head.hash || convert_to(head.sealed || E'\\n' || waiting.content, 'UTF8'));
    update audit_entry e set sequence = head.sealed, subject_hash = waiting.subject_hash, hash = head.hash
    where e.workspace_id = head.workspace_id and e.audit_id = waiting.audit_id;
  end loop;
  update audit_head h set sealed = head.sealed, hash = head.hash where h.workspace_id = head.workspace_id and done > 0;
  return done;
end
$$;
revoke all on function seal_audit_entries(integer) from public;
grant execute on function seal_audit_entries(integer) to throughline_app;
`;

const UNSEALED = `
create function workspaces_with_unsealed_audit() returns table (workspace_id integer)
  language sql stable security definer set search_path = public
  as $$
    select w.workspace_id from workspace w
    where exists (select from audit_entry e where e.workspace_id = w.workspace_id and e.sequence is null)
  $$;
revoke all on function workspaces_with_unsealed_audit() from public;
grant execute on function workspaces_with_unsealed_audit() to throughline_app;
`;
