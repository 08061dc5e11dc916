-- What the migrations make. Written by "npm run schema"; a test fails when it is stale.

create extension pg_trgm;

create sequence inbox_position;
grant usage on sequence inbox_position to throughline_app;

create sequence source_number;
grant usage on sequence source_number to throughline_app;

CREATE OR REPLACE FUNCTION public.applied_migrations()
 RETURNS TABLE(name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ select m.name::text from schema_migration m $function$
;
grant execute on function applied_migrations() to throughline_app;

CREATE OR REPLACE FUNCTION public.audit_content(entry audit_entry)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
    select concat_ws(E'\n',
      entry.audit_id,
      to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      to_json(entry.actor),
      to_json(entry.action),
      coalesce(encode(entry.note_hash, 'hex'), ''),
      encode(audit_subject_hash(entry), 'hex'))
  $function$
;
grant execute on function audit_content(audit_entry) to public;

CREATE OR REPLACE FUNCTION public.audit_entry_is_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$
;
grant execute on function audit_entry_is_kept() to public;

CREATE OR REPLACE FUNCTION public.audit_subject_hash(entry audit_entry)
 RETURNS bytea
 LANGUAGE sql
 STABLE
AS $function$ select sha256(convert_to(coalesce(to_json(entry.target)::text, 'null') || E'\n' || entry.detail::text, 'UTF8')) $function$
;
grant execute on function audit_subject_hash(audit_entry) to public;

CREATE OR REPLACE FUNCTION public.audit_subjects(target text, detail json)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select array_remove(array[target, detail ->> 'survivorId', detail ->> 'absorbedId', detail ->> 'separatedId'], null)
      || array(select json_array_elements_text(detail -> 'profileIds'))
  $function$
;
comment on function audit_subjects(text,json) is 'The public ids that an entry is about.';
grant execute on function audit_subjects(text,json) to public;

CREATE OR REPLACE FUNCTION public.current_workspace_id()
 RETURNS integer
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('throughline.workspace_id', true), '')::integer $function$
;
grant execute on function current_workspace_id() to public;

CREATE OR REPLACE FUNCTION public.find_conversation_words(words text, identifiers bigint[], before_at timestamp with time zone, before_id uuid, most integer)
 RETURNS TABLE(interaction_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
  begin
    if identifiers is null then
      return query 
      select i.interaction_id
      from interaction i
      where i.workspace_id = current_workspace_id() and kind in (46, 47, 49, 50, 52, 55, 57, 61, 62) and json_to_tsvector('simple', properties, '["string"]') @@ to_tsquery('simple', words)
        and (i.occurred_at, i.interaction_id) < (before_at, before_id) 
      order by i.occurred_at desc, i.interaction_id desc
      limit most;
    else
      return query 
      select i.interaction_id
      from interaction i
      where i.workspace_id = current_workspace_id() and kind in (46, 47, 49, 50, 52, 55, 57, 61, 62) and json_to_tsvector('simple', properties, '["string"]') @@ to_tsquery('simple', words)
        and (i.occurred_at, i.interaction_id) < (before_at, before_id) and i.identifier_id = any (identifiers)
      order by i.occurred_at desc, i.interaction_id desc
      limit most;
    end if;
  end $function$
;
comment on function find_conversation_words(text,bigint[],timestamp with time zone,uuid,integer) is 'What was said in conversations and feedback that holds all words of a tsquery, the newest first, older than a place; of these identifiers, or of the whole workspace.';
grant execute on function find_conversation_words(text,bigint[],timestamp with time zone,uuid,integer) to throughline_app;

CREATE OR REPLACE FUNCTION public.find_credential(hash bytea)
 RETURNS TABLE(workspace_id integer, credential_id uuid, source_id integer, name text, scopes text[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ select k.workspace_id, k.credential_id, k.source_id, k.name, k.scopes from find_key(hash) k where k.expires_at is null or k.expires_at > now() $function$
;
grant execute on function find_credential(bytea) to throughline_app;

CREATE OR REPLACE FUNCTION public.find_key(hash bytea)
 RETURNS TABLE(workspace_id integer, credential_id uuid, source_id integer, name text, scopes text[], expires_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ select c.workspace_id, c.credential_id, c.source_id, c.name, c.scopes, c.expires_at from credential c where c.key_hash = hash and c.revoked_at is null $function$
;
grant execute on function find_key(bytea) to throughline_app;

CREATE OR REPLACE FUNCTION public.find_search_terms(asked text[], prefixes text[], resembling text, exactly boolean)
 RETURNS TABLE(identifier_id bigint, rank integer)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
 SET "pg_trgm.word_similarity_threshold" TO '0.45'
AS $function$
  begin
    if exactly then
      return query
        select s.identifier_id, 10000 from search_term s where s.workspace_id = current_workspace_id() and s.term = any (asked);
    else
      return query
        select s.identifier_id,
          case
            when s.term = any (asked) then 10000
            when s.term like any (prefixes) then 8000
            when s.term like '% ' || prefixes[1] then 7000
            else (5000 * word_similarity(resembling, s.term))::integer
          end + (999 * similarity(resembling, s.term))::integer
        from search_term s
        where s.workspace_id = current_workspace_id()
          and (s.term = any (asked) or s.term like any (prefixes) or s.term like '% ' || prefixes[1] or resembling <% s.term);
    end if;
  end $function$
;
comment on function find_search_terms(text[],text[],text,boolean) is 'Terms that equal, begin with or resemble what was asked, with how well they match: 10000 and above is equal.';
grant execute on function find_search_terms(text[],text[],text,boolean) to throughline_app;

CREATE OR REPLACE FUNCTION public.find_timeline_words(words text, identifiers bigint[], before_at timestamp with time zone, before_id uuid, after_at timestamp with time zone, after_id uuid, departments smallint[], channels smallint[], kinds smallint[], names text[], most integer, newest boolean)
 RETURNS TABLE(interaction_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
  begin
    if words is null then
      return;
    elsif newest then
      return query 
      select i.interaction_id
      from interaction i
      where i.workspace_id = current_workspace_id() and i.kind in (46, 47, 49, 50, 52, 55, 57, 61, 62)
        and json_to_tsvector('simple', i.properties, '["string"]') @@ to_tsquery('simple', words)
        and i.identifier_id = any (identifiers)
        and (i.occurred_at, i.interaction_id) < (before_at, before_id) and (i.occurred_at, i.interaction_id) > (after_at, after_id)
        and (departments is null or i.department = any (departments)) and (channels is null or i.channel = any (channels))
        and (kinds is null or i.kind = any (kinds)) and (names is null or i.name = any (names))
      order by i.occurred_at desc, i.interaction_id desc
      limit most;
    else
      return query 
      select i.interaction_id
      from interaction i
      where i.workspace_id = current_workspace_id() and i.kind in (46, 47, 49, 50, 52, 55, 57, 61, 62)
        and json_to_tsvector('simple', i.properties, '["string"]') @@ to_tsquery('simple', words)
        and i.identifier_id = any (identifiers)
        and (i.occurred_at, i.interaction_id) < (before_at, before_id) and (i.occurred_at, i.interaction_id) > (after_at, after_id)
        and (departments is null or i.department = any (departments)) and (channels is null or i.channel = any (channels))
        and (kinds is null or i.kind = any (kinds)) and (names is null or i.name = any (names))
      order by i.occurred_at asc, i.interaction_id asc
      limit most;
    end if;
  end $function$
;
comment on function find_timeline_words(text,bigint[],timestamp with time zone,uuid,timestamp with time zone,uuid,smallint[],smallint[],smallint[],text[],integer,boolean) is 'What was said in conversations and feedback of these identifiers that holds all words of a tsquery, between two places, from the newest or the oldest on.';
grant execute on function find_timeline_words(text,bigint[],timestamp with time zone,uuid,timestamp with time zone,uuid,smallint[],smallint[],smallint[],text[],integer,boolean) to throughline_app;

CREATE OR REPLACE FUNCTION public.find_webhook_sources(number integer)
 RETURNS TABLE(workspace_id integer, source_id integer, type text, settings jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ select s.workspace_id, s.source_id, s.type, s.settings from source s where s.source_id = number order by s.workspace_id $function$
;
grant execute on function find_webhook_sources(integer) to throughline_app;

CREATE OR REPLACE FUNCTION public.inbox_backlog()
 RETURNS TABLE(workspace_id integer, first_position bigint, last_position bigint, requests bigint, messages bigint, oldest_received_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ select i.workspace_id, min(i.position), max(i.position), count(*), sum(i.message_count), min(i.received_at) from inbox i group by i.workspace_id $function$
;
grant execute on function inbox_backlog() to throughline_app;

CREATE OR REPLACE FUNCTION public.instant_of(said text)
 RETURNS bigint
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  declare
    part text[];
    day date;
  begin
    if length(said) not between 10 and 35 or said !~ '^[0-9]{4}-' then return null; end if;
    part := regexp_match(said,
      '^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.]([0-9]{1,9}))?)?(?:Z|([+-])([0-9]{2}):?([0-9]{2}))?)?$');
    if part is null or part[1] = '0000' or part[2] not between '01' and '12' or part[3] not between '01' and '31' then return null; end if;
    if part[4] > '23' or part[5] > '59' or part[6] > '59' or part[9] > '23' or part[10] > '59' then return null; end if;
    day := make_date(part[1]::integer, part[2]::integer, 1) + (part[3]::integer - 1);
    if extract(month from day) <> part[2]::integer then return null; end if;
    return (day - date '1970-01-01') * 86400000::bigint
      + ((coalesce(part[4], '0')::bigint * 60 + coalesce(part[5], '0')::bigint) * 60 + coalesce(part[6], '0')::bigint) * 1000
      + coalesce(rpad(part[7], 3, '0'), '0')::bigint
      - (case when part[8] = '-' then -60000 else 60000 end) * (coalesce(part[9], '0')::bigint * 60 + coalesce(part[10], '0')::bigint);
  end $function$
;
comment on function instant_of(text) is 'Milliseconds since 1970 of an ISO 8601 date or time, without a zone UTC; null of what is none.';
grant execute on function instant_of(text) to public;

CREATE OR REPLACE FUNCTION public.json_as_parsed(value json)
 RETURNS json
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  declare
    said text;
    number double precision;
  begin
    if value::text !~ '[0-9]{16}|[0-9][eE][+-]?[0-9]{3}' then return value; end if;
    case json_typeof(value)
      when 'number' then
        said := value #>> '{}';
        if said ~ '^-?[0-9]+$' then
          return case when length(said) <= 17 and abs(said::numeric) <= 9007199254740991 then value else to_json(said) end;
        end if;
        number := json_number(value);
        return case when number is null then to_json(said) else to_json(number) end;
      when 'array' then
        return (select json_agg(json_as_parsed(item.value) order by item.place) from json_array_elements(value) with ordinality as item (value, place));
      when 'object' then
        return (select json_object_agg(member.key, json_as_parsed(member.value)) from json_each(value) as member);
      else
        return value;
    end case;
  end $function$
;
comment on function json_as_parsed(json) is 'Numbers as doubles; whole numbers beyond 2^53, and those beyond all doubles, as strings of what was written.';
grant execute on function json_as_parsed(json) to public;

CREATE OR REPLACE FUNCTION public.json_number(value json)
 RETURNS double precision
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  declare
    said text := value #>> '{}';
    exact numeric;
  begin
    if length(said) <= 17 and said !~ '[eE]' then return said::double precision; end if;
    if said ~ '[eE]-0*[1-9][0-9]{3}' then return 0; end if;
    if said ~ '[eE][+]?0*[1-9][0-9]{3}' then return case when said ~ '^-?0+([.]0*)?[eE]' then 0 end; end if;
    exact := regexp_replace(said, '([.](?:[0-9]{200}){4})[0-9]*', '\1')::numeric;
    if abs(exact) >= 1.797693134862315808e308 then return null; end if;
    if abs(exact) <= 2.47e-324 then return 0; end if;
    return exact::double precision;
  end $function$
;
comment on function json_number(json) is 'Of a JSON number the nearest double; null where it is beyond all of them.';
grant execute on function json_number(json) to public;

CREATE OR REPLACE FUNCTION public.lock_lane(workspace integer, expected_generation bigint)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'public'
AS $function$
    begin
      perform from lane l where l.workspace_id = workspace and l.generation = expected_generation for update;
      if not found then raise exception 'The workspace changed after the batch was decided.' using errcode = 'TLS01'; end if;
    end
  $function$
;
grant execute on function lock_lane(integer,bigint) to throughline_app;

CREATE OR REPLACE FUNCTION public.pending_change_upkeep(notes_before timestamp with time zone, changes_before timestamp with time zone, told_before timestamp with time zone)
 RETURNS TABLE(workspace_id integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
    select w.workspace_id from workspace w
    where exists (select from change_note n where n.workspace_id = w.workspace_id and n.at < notes_before and n.is_followed)
      or exists (select from change c where c.workspace_id = w.workspace_id and c.at < changes_before)
      or exists (select from told_friction t where t.workspace_id = w.workspace_id and t.detected_at < told_before)
  $function$
;
grant execute on function pending_change_upkeep(timestamp with time zone,timestamp with time zone,timestamp with time zone) to throughline_app;

CREATE OR REPLACE FUNCTION public.pending_deliveries(moment timestamp with time zone)
 RETURNS TABLE(workspace_id integer, destination_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
    select t.workspace_id, t.destination_id from destination t
    where t.is_enabled
      and case
        when t.open_until is null then exists (
          select from delivery d
          where d.workspace_id = t.workspace_id and d.destination_id = t.destination_id and d.status = 'PENDING'
            and d.next_at <= moment and (d.leased_until is null or d.leased_until <= moment))
        else t.open_until <= moment and exists (
          select from delivery d where d.workspace_id = t.workspace_id and d.destination_id = t.destination_id and d.status = 'PENDING')
      end
  $function$
;
grant execute on function pending_deliveries(timestamp with time zone) to throughline_app;

CREATE OR REPLACE FUNCTION public.pending_erasures()
 RETURNS TABLE(workspace_id integer, erasure_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ select e.workspace_id, e.erasure_id from erasure e where e.finished_at is null order by e.requested_at, e.erasure_id limit 100 $function$
;
grant execute on function pending_erasures() to throughline_app;

CREATE OR REPLACE FUNCTION public.pending_experience(at timestamp with time zone)
 RETURNS TABLE(workspace_id integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
    select w.workspace_id from workspace w
    left join experience_progress p on p.workspace_id = w.workspace_id
    where p.is_marked is not true or exists (select from experience_due d where d.workspace_id = w.workspace_id and d.due_at <= at)
  $function$
;
grant execute on function pending_experience(timestamp with time zone) to throughline_app;

CREATE OR REPLACE FUNCTION public.pending_matching()
 RETURNS TABLE(workspace_id integer, steps bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
    select m.workspace_id, m.steps from match_model m
    where not m.is_examined or exists (select from match_due d where d.workspace_id = m.workspace_id)
  $function$
;
grant execute on function pending_matching() to throughline_app;

CREATE OR REPLACE FUNCTION public.pending_ranges()
 RETURNS TABLE(workspace_id integer, first_position bigint, last_position bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
    select w.workspace_id, f.position, l.position
    from workspace w
    cross join lateral (select i.position from inbox i where i.workspace_id = w.workspace_id order by i.position limit 1) f
    cross join lateral (select i.position from inbox i where i.workspace_id = w.workspace_id order by i.position desc limit 1) l
  $function$
;
grant execute on function pending_ranges() to throughline_app;

CREATE OR REPLACE FUNCTION public.pending_retention(ended_before timestamp with time zone)
 RETURNS TABLE(workspace_id integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
    select w.workspace_id from workspace w
    left join retention_progress p on p.workspace_id = w.workspace_id
    where w.settings ? 'privacy' and (w.settings #> '{privacy,retentionDays}' <> '{}' or w.settings #> '{privacy,deadLetterDays}' <> 'null')
      and (p.workspace_id is null or p.looked_to > 0 or p.round_ended_at is null or p.round_ended_at < ended_before)
  $function$
;
grant execute on function pending_retention(timestamp with time zone) to throughline_app;

CREATE OR REPLACE FUNCTION public.pending_rule_changes()
 RETURNS TABLE(workspace_id integer, generation bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ select r.workspace_id, l.generation from rule_change r join lane l on l.workspace_id = r.workspace_id where r.finished_at is null $function$
;
grant execute on function pending_rule_changes() to throughline_app;

CREATE OR REPLACE FUNCTION public.pending_segments(at timestamp with time zone)
 RETURNS TABLE(workspace_id integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
    select w.workspace_id from workspace w
    where exists (select from change_note n where n.workspace_id = w.workspace_id and not n.is_followed)
      or exists (select from segment_wake k where k.workspace_id = w.workspace_id and k.wake_at <= at)
      or exists (select from segment s where s.workspace_id = w.workspace_id and s.status = 'COMPUTING')
      or exists (select from tracked_event t where t.workspace_id = w.workspace_id and not t.is_ready)
      or exists (select from dropped_segment d where d.workspace_id = w.workspace_id)
      or exists (select from dropped_event d where d.workspace_id = w.workspace_id)
  $function$
;
grant execute on function pending_segments(timestamp with time zone) to throughline_app;

CREATE OR REPLACE FUNCTION public.pending_touches()
 RETURNS TABLE(workspace_id integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
    select b.workspace_id from touch_backfill b where not b.is_finished
    union
    select c.workspace_id from touch_chunk c where c.level < 9
    group by c.workspace_id, c.level
    having count(*) >= 16 and (count(*) >= 200 or not exists (select from inbox i where i.workspace_id = c.workspace_id))
  $function$
;
grant execute on function pending_touches() to throughline_app;

CREATE OR REPLACE FUNCTION public.seal_audit_entries(most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
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
    head.hash := sha256(head.hash || convert_to(head.sealed || E'\n' || waiting.content, 'UTF8'));
    update audit_entry e set sequence = head.sealed, subject_hash = waiting.subject_hash, hash = head.hash
    where e.workspace_id = head.workspace_id and e.audit_id = waiting.audit_id;
  end loop;
  update audit_head h set sealed = head.sealed, hash = head.hash where h.workspace_id = head.workspace_id and done > 0;
  return done;
end
$function$
;
grant execute on function seal_audit_entries(integer) to throughline_app;

CREATE OR REPLACE FUNCTION public.work_backlogs(as_of timestamp with time zone, most integer)
 RETURNS TABLE(unfollowed_notes bigint, unfollowed_since timestamp with time zone, evaluation_due_since timestamp with time zone, pending_deliveries bigint, delivery_due_since timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
    select coalesce(sum(notes.waiting), 0)::bigint, min(least(notes.since, woken.since)), min(evaluations.since),
      coalesce(sum(deliveries.waiting), 0)::bigint, min(deliveries.since)
    from workspace w
    cross join lateral (
      select count(*) as waiting, min(n.at) as since
      from (select x.at from change_note x where x.workspace_id = w.workspace_id and not x.is_followed order by x.note_id limit most) n) notes
    cross join lateral (select min(k.wake_at) as since from segment_wake k where k.workspace_id = w.workspace_id and k.wake_at <= as_of) woken
    cross join lateral (select min(d.due_at) as since from experience_due d where d.workspace_id = w.workspace_id and d.due_at <= as_of) evaluations
    cross join lateral (
      select count(*) as waiting, min(p.next_at) filter (where p.next_at <= as_of) as since
      from (select x.next_at from delivery x where x.workspace_id = w.workspace_id and x.status = 'PENDING' limit most) p) deliveries
  $function$
;
comment on function work_backlogs(timestamp with time zone,integer) is 'One row: what waits to be followed, evaluated and delivered in all workspaces, and since when at the longest; counts stop at "most" a workspace.';
grant execute on function work_backlogs(timestamp with time zone,integer) to throughline_app;

CREATE OR REPLACE FUNCTION public.workspaces_with_deliveries()
 RETURNS TABLE(workspace_id integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ select w.workspace_id from workspace w where exists (select from delivery d where d.workspace_id = w.workspace_id) $function$
;
grant execute on function workspaces_with_deliveries() to throughline_app;

CREATE OR REPLACE FUNCTION public.workspaces_with_unsealed_audit()
 RETURNS TABLE(workspace_id integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
    select w.workspace_id from workspace w
    where exists (select from audit_entry e where e.workspace_id = w.workspace_id and e.sequence is null)
  $function$
;
grant execute on function workspaces_with_unsealed_audit() to throughline_app;

create table account (
  workspace_id integer not null,
  account_id uuid not null,
  external_id text not null,
  traits json not null,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  constraint account_pkey primary key (workspace_id, account_id)
) with ();
comment on table account is 'A company or household, from group calls; its id is named by the external id. distribution: workspace_id';
alter table account enable row level security;
create policy account_wall on account for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on account to throughline_app;

create table account_member (
  workspace_id integer not null,
  identifier_id bigint not null,
  account_id uuid not null,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  constraint account_member_pkey primary key (workspace_id, identifier_id, account_id)
) with ();
comment on table account_member is 'An identifier that a group call put into an account. distribution: workspace_id';
CREATE INDEX account_member_by_account ON account_member USING btree (workspace_id, account_id, identifier_id);
alter table account_member enable row level security;
create policy account_member_wall on account_member for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on account_member to throughline_app;

create table audit_entry (
  workspace_id integer not null,
  audit_id uuid not null,
  at timestamp with time zone not null,
  actor text not null,
  action text not null,
  target text,
  detail json not null,
  note_hash bytea,
  sequence bigint,
  subject_hash bytea,
  hash bytea,
  constraint audit_entry_pkey primary key (workspace_id, audit_id)
) with (fillfactor=70, autovacuum_vacuum_scale_factor=0.005, autovacuum_vacuum_threshold=5000);
comment on table audit_entry is 'Who changed and who saw what. Only ever grows; whom an entry was about goes with that customer. distribution: workspace_id';
comment on column audit_entry.target is 'The public id of what it was done to.';
comment on column audit_entry.detail is 'Ids, counts and words of the schema; never what a customer is known by.';
comment on column audit_entry.note_hash is 'SHA-256 of the salt and the text of its note; null where it came without one.';
comment on column audit_entry.sequence is 'From 1 without a gap in each workspace; null until it is sealed.';
comment on column audit_entry.subject_hash is 'SHA-256 of target and detail as they were sealed; stays where an erasure has taken these.';
comment on column audit_entry.hash is 'SHA-256 of the hash of the entry before, the sequence and the content.';
CREATE UNIQUE INDEX audit_entry_by_sequence ON audit_entry USING btree (workspace_id, sequence);
CREATE INDEX audit_entry_by_subject ON audit_entry USING gin (audit_subjects(target, detail));
CREATE INDEX audit_entry_by_time ON audit_entry USING btree (workspace_id, at DESC, audit_id DESC);
CREATE INDEX audit_entry_unsealed ON audit_entry USING btree (workspace_id, at, audit_id) WHERE (sequence IS NULL);
alter table audit_entry enable row level security;
create policy audit_entry_wall on audit_entry for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant select on audit_entry to throughline_app;
grant insert (workspace_id, audit_id, at, actor, action, target, detail, note_hash) on audit_entry to throughline_app;
grant update (target, detail) on audit_entry to throughline_app;

create table audit_head (
  workspace_id integer not null,
  sealed bigint not null,
  hash bytea not null,
  constraint audit_head_pkey primary key (workspace_id)
) with (fillfactor=50);
comment on table audit_head is 'How many entries are sealed, and the hash of the last one. distribution: workspace_id';
alter table audit_head enable row level security;
create policy audit_head_wall on audit_head for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant select on audit_head to throughline_app;

create table audit_note (
  workspace_id integer not null,
  audit_id uuid not null,
  salt uuid not null,
  note json not null,
  constraint audit_note_pkey primary key (workspace_id, audit_id)
) with ();
comment on table audit_note is 'What an entry says in free words and values, until it is forgotten. distribution: workspace_id';
comment on column audit_note.salt is 'So that a hash without its note tells nothing, whatever one guesses.';
alter table audit_note enable row level security;
create policy audit_note_wall on audit_note for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select on audit_note to throughline_app;

create table change (
  workspace_id integer not null,
  change_id uuid not null,
  transaction_id bigint not null default ((pg_current_xact_id())::text)::bigint,
  type text not null,
  profile_id uuid not null,
  at timestamp with time zone not null,
  segment_id uuid,
  friction_kind text,
  data json not null,
  constraint change_pkey primary key (workspace_id, change_id)
) with ();
comment on table change is 'What subscribers and destinations are told, written with what it tells of; ids and nothing personal. Kept for some hours. distribution: workspace_id';
comment on column change.transaction_id is 'Read in the order of this, up to the oldest that still runs, and none is missed.';
CREATE INDEX change_by_time ON change USING btree (workspace_id, at);
CREATE INDEX change_in_order ON change USING btree (workspace_id, transaction_id, change_id);
alter table change enable row level security;
create policy change_wall on change for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on change to throughline_app;

create table change_note (
  workspace_id integer not null,
  note_id bigint not null generated always as identity,
  at timestamp with time zone not null,
  profile_ids uuid[] not null storage external,
  due_ids uuid[] not null storage external,
  events json,
  is_followed boolean not null default false,
  transaction_id bigint not null default ((pg_current_xact_id())::text)::bigint,
  doer_ids uuid[] storage external,
  done_event_ids integer[] storage external,
  constraint change_note_pkey primary key (workspace_id, note_id)
) with (fillfactor=90, autovacuum_vacuum_scale_factor=0.05, autovacuum_vacuum_threshold=500);
comment on table change_note is 'What one batch, decision or evaluation changed; kept for a minute after it was followed. distribution: workspace_id';
comment on column change_note.profile_ids is 'Profiles that have new interactions, traits or identifiers.';
comment on column change_note.due_ids is 'Those of them, and others, whose memberships may be others now.';
comment on column change_note.events is 'Merges, partings and consents, as changes to be told: [{type, profileId, data}]. Null: none.';
comment on column change_note.transaction_id is 'Read in the order of this, up to the oldest that still runs, and none is missed.';
comment on column change_note.doer_ids is 'Once for each tracked event that one of those due did, of whom nothing else is new, in one order with done_event_ids. Null: nobody.';
CREATE INDEX change_note_by_time ON change_note USING btree (workspace_id, at);
CREATE INDEX change_note_in_order ON change_note USING btree (workspace_id, transaction_id, note_id);
CREATE INDEX change_note_to_follow ON change_note USING btree (workspace_id, note_id) WHERE (NOT is_followed);
alter table change_note enable row level security;
create policy change_note_wall on change_note for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on change_note to throughline_app;

create table computed_trait (
  workspace_id integer not null,
  key text not null,
  name text not null,
  definition json not null,
  tracked_event_id integer not null,
  created_at timestamp with time zone not null,
  constraint computed_trait_pkey primary key (workspace_id, key)
) with ();
comment on table computed_trait is 'A trait counted from interactions. distribution: workspace_id';
alter table computed_trait enable row level security;
create policy computed_trait_wall on computed_trait for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on computed_trait to throughline_app;

create table consent (
  workspace_id integer not null,
  identifier_id bigint not null,
  purpose text not null,
  granted boolean not null,
  at timestamp with time zone not null,
  message_id text not null,
  source_id integer not null,
  constraint consent_pkey primary key (workspace_id, identifier_id, purpose)
) with ();
comment on table consent is 'What was said last of a purpose by an identifier; of a profile the most restrictive of its identifiers. distribution: workspace_id';
alter table consent enable row level security;
create policy consent_wall on consent for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on consent to throughline_app;

create table conversation (
  workspace_id integer not null,
  profile_id uuid not null,
  conversation_key text not null,
  department smallint not null,
  channel smallint not null,
  status text not null,
  topic text,
  opened_at timestamp with time zone not null,
  last_solved_at timestamp with time zone,
  reopened_at timestamp with time zone[] not null,
  reopens integer not null,
  company_replies integer not null,
  was_solved boolean not null,
  is_one_touch boolean not null,
  is_repeat_contact boolean not null,
  is_inbound_call boolean not null,
  is_abandoned_call boolean not null,
  first_reply_ms bigint,
  first_reply_business_ms bigint,
  first_resolution_ms bigint,
  first_resolution_business_ms bigint,
  full_resolution_ms bigint,
  full_resolution_business_ms bigint,
  requester_wait_ms bigint,
  requester_wait_business_ms bigint,
  agent_wait_ms bigint,
  agent_wait_business_ms bigint,
  constraint conversation_pkey primary key (workspace_id, profile_id, conversation_key)
) with ();
comment on table conversation is 'A ticket, chat or call of a customer, as told from the facts. distribution: workspace_id';
comment on column conversation.full_resolution_ms is 'From when it was opened until it was solved last, time on hold and pending included; first: until it was solved first.';
comment on column conversation.full_resolution_business_ms is 'The part of it inside the schedule, as of all of these.';
comment on column conversation.requester_wait_ms is 'Open and on hold; null, as the wait of the agent, while it is not over.';
CREATE INDEX conversation_by_time ON conversation USING btree (workspace_id, opened_at);
alter table conversation enable row level security;
create policy conversation_wall on conversation for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on conversation to throughline_app;

create table credential (
  key_hash bytea not null,
  workspace_id integer not null,
  credential_id uuid not null,
  source_id integer,
  name text not null,
  scopes text[] not null,
  created_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  expires_at timestamp with time zone,
  replaced_at timestamp with time zone,
  last_used_at timestamp with time zone,
  constraint credential_pkey primary key (key_hash)
) with ();
comment on table credential is 'SHA-256 of a write key (with a source) or of an API key (with scopes). distribution: key_hash';
comment on column credential.expires_at is 'It does not work from then on; null: as long as it is not revoked.';
comment on column credential.replaced_at is 'When a newer secret took its place, under the same id for an API key, for the same source for a write key; until it expires both work.';
comment on column credential.last_used_at is 'Within some minutes.';
CREATE INDEX credential_by_workspace ON credential USING btree (workspace_id, credential_id);
alter table credential enable row level security;
create policy credential_wall on credential for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on credential to throughline_app;

create table customer (
  workspace_id integer not null,
  profile_id uuid not null,
  stage text not null,
  stages text[] not null,
  stages_at timestamp with time zone[] not null,
  customer_from timestamp with time zone[] not null,
  customer_to timestamp with time zone[] not null,
  orders integer not null,
  currency text not null,
  revenue numeric,
  last_order_at timestamp with time zone,
  order_days integer[] not null,
  day_values numeric[] not null,
  constraint customer_pkey primary key (workspace_id, profile_id)
) with ();
comment on table customer is 'A profile that has facts: where it stands in its lifecycle, when it was a customer, and what it has brought. distribution: workspace_id';
comment on column customer.stages is 'All stages so far, each from its time in stages_at on.';
comment on column customer.customer_from is 'When it was a customer: half-open spans, each to its time in customer_to, infinity where that has no end.';
comment on column customer.currency is 'Of most of its orders; revenue and day_values are of these alone.';
comment on column customer.order_days is 'The days (UTC, since 1970) with an order; day_values has what each brought, null where nothing in the currency.';
alter table customer enable row level security;
create policy customer_wall on customer for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on customer to throughline_app;

create table customer_order (
  workspace_id integer not null,
  profile_id uuid not null,
  order_key text not null,
  department smallint not null,
  channel smallint not null,
  placed_at timestamp with time zone not null,
  status text not null,
  items integer not null,
  amount numeric not null,
  net numeric not null,
  currency text not null,
  constraint customer_order_pkey primary key (workspace_id, profile_id, order_key)
) with ();
comment on table customer_order is 'An order of a customer, with what was paid back of it. distribution: workspace_id';
comment on column customer_order.net is 'Amount less refunds of the same currency; zero where it was cancelled.';
CREATE INDEX customer_order_by_time ON customer_order USING btree (workspace_id, placed_at);
alter table customer_order enable row level security;
create policy customer_order_wall on customer_order for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on customer_order to throughline_app;

create table dead_letter (
  workspace_id integer not null,
  dead_letter_id uuid not null,
  at timestamp with time zone not null,
  code text not null,
  reason text not null,
  source_id integer not null,
  message json not null,
  constraint dead_letter_pkey primary key (workspace_id, dead_letter_id)
) with ();
comment on table dead_letter is 'A message that was refused, as it came, and why. distribution: workspace_id';
CREATE INDEX dead_letter_by_time ON dead_letter USING btree (workspace_id, at DESC, dead_letter_id DESC);
alter table dead_letter enable row level security;
create policy dead_letter_wall on dead_letter for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on dead_letter to throughline_app;

create table decision (
  workspace_id integer not null,
  decision_id uuid not null,
  kind text not null,
  decided_at timestamp with time zone not null,
  rule text not null,
  actor text not null,
  low_id bigint,
  high_id bigint,
  probability double precision,
  revoked_at timestamp with time zone,
  constraint decision_pkey primary key (workspace_id, decision_id)
) with ();
comment on table decision is 'What somebody decided about who is one customer. distribution: workspace_id';
comment on column decision.kind is 'JOIN: the two identifiers are one customer. PART: no profile holds labels of both of its sides.';
CREATE INDEX decision_by_pair ON decision USING btree (workspace_id, low_id, high_id) WHERE (low_id IS NOT NULL);
alter table decision enable row level security;
create policy decision_wall on decision for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on decision to throughline_app;

create table delivery (
  workspace_id integer not null,
  destination_id uuid not null,
  change_id uuid not null,
  position bigint not null generated always as identity,
  profile_id uuid not null,
  type text not null,
  at timestamp with time zone not null,
  segment_id uuid,
  friction_kind text,
  data json not null,
  status text not null,
  attempts integer not null,
  tries integer not null,
  next_at timestamp with time zone not null,
  leased_until timestamp with time zone,
  give_up_at timestamp with time zone not null,
  last_status integer,
  last_error text,
  delivered_at timestamp with time zone,
  constraint delivery_pkey primary key (workspace_id, destination_id, change_id)
) with (fillfactor=70, autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_threshold=1000);
comment on table delivery is 'One change for one destination, written with the change; ids and nothing personal. Kept for 30 days. distribution: workspace_id';
comment on column delivery.position is 'Those of one profile leave in the order of this.';
comment on column delivery.profile_id is 'Of who answered for the profile of the change when it was written.';
comment on column delivery.status is 'PENDING, DELIVERED, FAILED or WITHHELD.';
comment on column delivery.attempts is 'Begun in all; an outcome counts only for the attempt begun last.';
comment on column delivery.tries is 'Those since it was written or replayed.';
comment on column delivery.leased_until is 'Somebody is sending it; when that is over without an outcome, another one does.';
comment on column delivery.give_up_at is 'An attempt that fails from then on was the last.';
comment on column delivery.last_error is 'A code of ours; nothing of the answer.';
CREATE INDEX delivery_by_profile ON delivery USING btree (workspace_id, destination_id, profile_id, at);
CREATE INDEX delivery_by_time ON delivery USING btree (workspace_id, destination_id, at DESC, change_id DESC);
CREATE INDEX delivery_due ON delivery USING btree (workspace_id, destination_id, next_at, "position") WHERE (status = 'PENDING'::text);
CREATE INDEX delivery_in_order ON delivery USING btree (workspace_id, destination_id, profile_id, "position") WHERE (status = 'PENDING'::text);
CREATE INDEX delivery_of_erasure ON delivery USING btree (workspace_id) WHERE (type = 'profile.erased'::text);
alter table delivery enable row level security;
create policy delivery_wall on delivery for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on delivery to throughline_app;

create table destination (
  workspace_id integer not null,
  destination_id uuid not null,
  name text not null,
  url text not null,
  events text[] not null,
  segment_ids uuid[] not null,
  friction_kinds text[] not null,
  min_severity text,
  purpose text,
  quiet_period_seconds integer not null,
  secrets json not null,
  is_enabled boolean not null,
  disabled_reason text,
  failures integer not null,
  openings integer not null,
  open_until timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint destination_pkey primary key (workspace_id, destination_id)
) with (fillfactor=70);
comment on table destination is 'Where changes are delivered. distribution: workspace_id';
comment on column destination.segment_ids is 'Of segment.entered and segment.left only those of these segments; empty: of all.';
comment on column destination.friction_kinds is 'Of friction.detected only these kinds; empty: all.';
comment on column destination.purpose is 'Only customers who grant it; null: all.';
comment on column destination.quiet_period_seconds is 'Of one trigger a customer is told of at most once in so long: the type with its segment or kind of friction.';
comment on column destination.secrets is '{current, previous, previousUntilMs}: both sign until then. For nobody to see.';
comment on column destination.disabled_reason is 'GONE where it answered 410; null where a person disabled it, or nobody did.';
comment on column destination.failures is 'Attempts that failed, one after the other.';
comment on column destination.openings is 'How often in a row the circuit was opened.';
comment on column destination.open_until is 'Nothing is sent before; then one delivery tries. Null: the circuit is closed.';
alter table destination enable row level security;
create policy destination_wall on destination for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on destination to throughline_app;

create table dropped_event (
  workspace_id integer not null,
  tracked_event_id integer not null,
  swept_to bigint,
  constraint dropped_event_pkey primary key (workspace_id, tracked_event_id)
) with ();
comment on table dropped_event is 'A tracked event that nobody asks about any more and that may have matches left. Its number is not given out again before they are gone. distribution: workspace_id';
comment on column dropped_event.swept_to is 'Matches go in the order of their identifiers, up to this one so far.';
alter table dropped_event enable row level security;
create policy dropped_event_wall on dropped_event for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on dropped_event to throughline_app;

create table dropped_segment (
  workspace_id integer not null,
  segment_id uuid not null,
  constraint dropped_segment_pkey primary key (workspace_id, segment_id)
) with ();
comment on table dropped_segment is 'A segment that was deleted and may have memberships left, which nobody reads. distribution: workspace_id';
alter table dropped_segment enable row level security;
create policy dropped_segment_wall on dropped_segment for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on dropped_segment to throughline_app;

create table erasure (
  workspace_id integer not null,
  erasure_id uuid not null,
  requested_at timestamp with time zone not null,
  requested_by text not null,
  phase text not null,
  places json not null,
  erased_at timestamp with time zone,
  finished_at timestamp with time zone,
  erased json not null,
  replays bigint not null,
  last_replay_at timestamp with time zone,
  constraint erasure_pkey primary key (workspace_id, erasure_id)
) with (fillfactor=70);
comment on table erasure is 'An erasure and its receipt: how many rows of which store are gone. distribution: workspace_id';
comment on column erasure.phase is 'REQUESTED, TOUCHES, INTERACTIONS, IDENTITY, INBOX, TEXTS, STRAYS or DONE.';
comment on column erasure.places is 'How far the phase has come; numbers and ids of rows that are not the customer''s.';
comment on column erasure.erased_at is 'What happened until then stays erased. Null until the identity is gone.';
comment on column erasure.replays is 'Messages that came again and stayed erased.';
CREATE INDEX erasure_by_time ON erasure USING btree (workspace_id, requested_at DESC, erasure_id DESC);
CREATE INDEX erasure_under_way ON erasure USING btree (workspace_id) WHERE (finished_at IS NULL);
alter table erasure enable row level security;
create policy erasure_wall on erasure for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on erasure to throughline_app;

create table erasure_identifier (
  workspace_id integer not null,
  erasure_id uuid not null,
  ordinal integer not null,
  type text not null,
  value text not null,
  identifier_id bigint,
  constraint erasure_identifier_pkey primary key (workspace_id, erasure_id, ordinal)
) with ();
comment on table erasure_identifier is 'The identifiers to erase; empty once it is done. distribution: workspace_id';
comment on column erasure_identifier.ordinal is 'Below 0: those by which a tool named the customer.';
comment on column erasure_identifier.identifier_id is 'Null of one that is not known.';
alter table erasure_identifier enable row level security;
create policy erasure_identifier_wall on erasure_identifier for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on erasure_identifier to throughline_app;

create table erasure_profile (
  workspace_id integer not null,
  erasure_id uuid not null,
  ordinal integer not null,
  profile_id uuid not null,
  constraint erasure_profile_pkey primary key (workspace_id, erasure_id, ordinal)
) with ();
comment on table erasure_profile is 'The profile to erase, and those that were merged into it; empty once it is done. distribution: workspace_id';
comment on column erasure_profile.ordinal is '0: the one that was asked for.';
alter table erasure_profile enable row level security;
create policy erasure_profile_wall on erasure_profile for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on erasure_profile to throughline_app;

create table event_match (
  workspace_id integer not null,
  identifier_id bigint not null,
  tracked_event_id integer not null,
  occurred_at timestamp with time zone not null,
  interaction_id uuid not null,
  value json,
  constraint event_match_pkey primary key (workspace_id, identifier_id, tracked_event_id, occurred_at, interaction_id)
) with ();
comment on table event_match is 'An interaction that a tracked event is about, once more by its identifier; immutable. distribution: workspace_id';
comment on column event_match.value is 'Of the property that the tracked event notes; null where it notes none or there is none.';
alter table event_match enable row level security;
create policy event_match_wall on event_match for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on event_match to throughline_app;

create table experience_due (
  workspace_id integer not null,
  profile_id uuid not null,
  due_at timestamp with time zone not null,
  marks integer not null,
  constraint experience_due_pkey primary key (workspace_id, profile_id)
) with (fillfactor=70, autovacuum_vacuum_scale_factor=0.05, autovacuum_vacuum_threshold=2000);
comment on table experience_due is 'A profile that is to be evaluated, and from when on: it has new facts or other identifiers, or its silence will mean something. distribution: workspace_id';
comment on column experience_due.marks is 'Counts how often it was marked; what was marked while it was evaluated stays due.';
CREATE INDEX experience_due_by_time ON experience_due USING btree (workspace_id, due_at);
alter table experience_due enable row level security;
create policy experience_due_wall on experience_due for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on experience_due to throughline_app;

create table experience_progress (
  workspace_id integer not null,
  marked_to uuid,
  is_marked boolean not null,
  steps bigint not null,
  constraint experience_progress_pkey primary key (workspace_id)
) with ();
comment on table experience_progress is 'How far all profiles have been marked to be evaluated; its row is the lock of who evaluates. distribution: workspace_id';
comment on column experience_progress.marked_to is 'They are marked in the order of their ids, up to this one so far.';
comment on column experience_progress.steps is 'Counts the steps of evaluating.';
alter table experience_progress enable row level security;
create policy experience_progress_wall on experience_progress for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on experience_progress to throughline_app;

create table friction_signal (
  workspace_id integer not null,
  profile_id uuid not null,
  signal_key text not null,
  kind text not null,
  severity text not null,
  department smallint not null,
  channel smallint not null,
  detected_at timestamp with time zone not null,
  resolved_at timestamp with time zone,
  message text not null,
  evidence uuid[] not null,
  previous_at timestamp with time zone,
  previous_in_channel_at timestamp with time zone,
  previous_of_any_at timestamp with time zone,
  constraint friction_signal_pkey primary key (workspace_id, profile_id, signal_key)
) with ();
comment on table friction_signal is 'A sign of bad experience, with the interactions that show it. distribution: workspace_id';
comment on column friction_signal.previous_at is 'When the sign before it was found, of the same customer, kind and department; null where it is the first. So in a period that began later, it is the first.';
comment on column friction_signal.previous_in_channel_at is 'The same, of the same channel, too.';
comment on column friction_signal.previous_of_any_at is 'The same, of the customer, whatever it was.';
CREATE INDEX friction_signal_by_time ON friction_signal USING btree (workspace_id, detected_at) INCLUDE (kind, department, channel, profile_id, resolved_at, previous_at, previous_in_channel_at, previous_of_any_at);
alter table friction_signal enable row level security;
create policy friction_signal_wall on friction_signal for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on friction_signal to throughline_app;

create table identifier (
  workspace_id integer not null,
  identifier_id bigint not null,
  profile_id uuid not null,
  home_profile_id uuid,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  interactions bigint not null,
  source_id integer not null,
  stronger_links integer not null,
  verified boolean not null,
  type text not null,
  value text not null,
  created_at timestamp with time zone,
  constraint identifier_pkey primary key (workspace_id, identifier_id)
) with (fillfactor=70);
comment on table identifier is 'A normalised identifier, the profile it resolves to now, and what was counted on it. distribution: workspace_id';
comment on column identifier.identifier_id is 'A 64-bit hash of type and value; the value is stored and compared.';
comment on column identifier.home_profile_id is 'The profile founded when it was first seen; that id comes back when it parts.';
comment on column identifier.stronger_links is 'Distinct identifiers of stronger types it was linked to; beyond the limit it is a hub.';
comment on column identifier.created_at is 'When the batch it first came with was written; null for those from before this was noted.';
CREATE INDEX identifier_by_profile ON identifier USING btree (workspace_id, profile_id);
alter table identifier enable row level security;
create policy identifier_wall on identifier for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on identifier to throughline_app;

create table inbox (
  workspace_id integer not null,
  position bigint not null default nextval('inbox_position'::regclass),
  source_id integer not null,
  received_at timestamp with time zone not null,
  message_count integer not null,
  call text,
  refused integer[],
  body bytea not null storage external,
  traceparent text,
  constraint inbox_pkey primary key (workspace_id, "position")
) with (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=2000, autovacuum_vacuum_cost_delay=0, autovacuum_vacuum_insert_threshold=-1, toast.autovacuum_vacuum_scale_factor=0, toast.autovacuum_vacuum_threshold=20000, toast.autovacuum_vacuum_cost_delay=0);
comment on table inbox is 'One row a request: its body as it came, durable, not yet processed. distribution: workspace_id';
comment on column inbox.call is 'The type of a single call; null for a batch; own for a batch that the server itself wrote; webhook where the body is a delivery of the source''s vendor.';
comment on column inbox.refused is 'Indexes of messages that were refused at the door.';
comment on column inbox.traceparent is 'W3C trace context of the request, where traces are kept; null otherwise.';
alter table inbox enable row level security;
create policy inbox_wall on inbox for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on inbox to throughline_app;

create table influence_case (
  workspace_id integer not null,
  profile_id uuid not null,
  pair text not null,
  at timestamp with time zone not null,
  has_signal boolean not null,
  has_outcome boolean not null,
  constraint influence_case_pkey primary key (workspace_id, profile_id, pair)
) with ();
comment on table influence_case is 'Whether a customer met a signal in one department, and came to an outcome in another after it. distribution: workspace_id';
comment on column influence_case.at is 'From when on the outcome is looked for.';
CREATE INDEX influence_case_by_time ON influence_case USING btree (workspace_id, at);
alter table influence_case enable row level security;
create policy influence_case_wall on influence_case for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on influence_case to throughline_app;

create table interaction (
  workspace_id integer not null default current_workspace_id(),
  interaction_id uuid not null,
  identifier_id bigint not null,
  occurred_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
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
  in_chunk boolean not null default true,
  constraint interaction_pkey primary key (workspace_id, interaction_id)
) with ();
comment on table interaction is 'One entry of the timeline; immutable, and for good on one identifier. distribution: workspace_id';
comment on column interaction.interaction_id is 'Named by source and message id, so that the primary key refuses a duplicate.';
comment on column interaction.in_chunk is 'Its touch was put into a chunk when it was written; false for those from before there were chunks.';
CREATE INDEX interaction_by_identifier ON interaction USING btree (workspace_id, identifier_id, occurred_at DESC, interaction_id DESC);
CREATE INDEX interaction_by_receipt ON interaction USING brin (received_at) WITH (pages_per_range='256', autosummarize='on');
CREATE INDEX interaction_facts ON interaction USING btree (workspace_id, identifier_id, occurred_at DESC) WHERE (kind <> ALL (ARRAY[0, 1, 15, 16, 18, 43, 44]));
CREATE INDEX interaction_words ON interaction USING gin (json_to_tsvector('simple'::regconfig, properties, '["string"]'::jsonb)) WHERE (kind = ANY (ARRAY[46, 47, 49, 50, 52, 55, 57, 61, 62]));
alter table interaction enable row level security;
create policy interaction_wall on interaction for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on interaction to throughline_app;
grant insert (interaction_id, identifier_id, occurred_at, received_at, source_id, kind, department, channel, direction, name, message_id, subject_type, subject_id, properties, context) on interaction to throughline_loader;

create table lane (
  workspace_id integer not null,
  generation bigint not null default 0,
  processed_position bigint not null default 0,
  processed_messages bigint not null default 0,
  messages_per_second double precision not null default 0,
  updated_at timestamp with time zone not null,
  constraint lane_pkey primary key (workspace_id)
) with (fillfactor=50);
comment on table lane is 'The one line in which a workspace''s changes are written; its row is the lock. distribution: workspace_id';
comment on column lane.generation is 'Rises with every change to identity, so that a cache of it can tell that it is stale.';
alter table lane enable row level security;
create policy lane_wall on lane for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on lane to throughline_app;

create table link (
  workspace_id integer not null,
  low_id bigint not null,
  high_id bigint not null,
  first_seen_at timestamp with time zone,
  last_seen_at timestamp with time zone,
  first_interaction_id uuid,
  last_interaction_id uuid,
  alias boolean not null,
  decided_at timestamp with time zone,
  decided_rule text,
  constraint link_pkey primary key (workspace_id, low_id, high_id)
) with (fillfactor=70);
comment on table link is 'Two identifiers seen in one message, and when; or decided to be one. distribution: workspace_id';
comment on column link.first_seen_at is 'Null, as the last and both interactions, where no message had both.';
comment on column link.decided_at is 'Since when somebody says that both are one customer; then it stands before all that was only seen.';
comment on column link.decided_rule is 'person, or match for an accepted match.';
CREATE INDEX link_by_high ON link USING btree (workspace_id, high_id, low_id);
alter table link enable row level security;
create policy link_wall on link for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on link to throughline_app;

create table match_candidate (
  workspace_id integer not null,
  candidate_id uuid not null,
  low_id bigint not null,
  high_id bigint not null,
  weight double precision not null,
  probability double precision not null,
  comparisons json not null,
  status text not null,
  created_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  decided_by text,
  decision_id uuid,
  constraint match_candidate_pkey primary key (workspace_id, candidate_id),
  constraint match_candidate_workspace_id_low_id_high_id_key unique (workspace_id, low_id, high_id)
) with ();
comment on table match_candidate is 'Two profiles that may be one customer, by an identifier of each. distribution: workspace_id';
comment on column match_candidate.weight is 'Log2 of the odds.';
comment on column match_candidate.comparisons is 'Field by field: field, left, right, level, matchWeight; left is the profile of low_id.';
comment on column match_candidate.status is 'PENDING, ACCEPTED or REJECTED; one that was accepted is rejected once its decision is revoked.';
comment on column match_candidate.decision_id is 'The JOIN that accepted it.';
CREATE INDEX match_candidate_by_high ON match_candidate USING btree (workspace_id, high_id);
CREATE INDEX match_candidate_by_weight ON match_candidate USING btree (workspace_id, status, weight DESC, candidate_id);
alter table match_candidate enable row level security;
create policy match_candidate_wall on match_candidate for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on match_candidate to throughline_app;

create table match_due (
  workspace_id integer not null,
  identifier_id bigint not null,
  generation bigint not null,
  constraint match_due_pkey primary key (workspace_id, identifier_id)
) with ();
comment on table match_due is 'An identifier whose profile is new or says something else, and is to be compared. distribution: workspace_id';
comment on column match_due.generation is 'Of the lane, when it was last changed; what was changed while it was compared stays due.';
alter table match_due enable row level security;
create policy match_due_wall on match_due for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on match_due to throughline_app;

create table match_key (
  workspace_id integer not null,
  key text not null,
  identifier_id bigint not null,
  constraint match_key_pkey primary key (workspace_id, key, identifier_id)
) with ();
comment on table match_key is 'Profiles that share a key are worth comparing; one identifier of a profile holds its keys, wherever it goes. distribution: workspace_id';
CREATE INDEX match_key_by_identifier ON match_key USING btree (workspace_id, identifier_id);
alter table match_key enable row level security;
create policy match_key_wall on match_key for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on match_key to throughline_app;

create table match_model (
  workspace_id integer not null,
  trained_at timestamp with time zone,
  profiles bigint not null,
  model json,
  examined_to uuid,
  is_examined boolean not null,
  steps bigint not null,
  sole_sources integer[] not null default '{}'::integer[],
  constraint match_model_pkey primary key (workspace_id)
) with ();
comment on table match_model is 'By which model a workspace''s profiles are compared, and how far all of them have been under it. distribution: workspace_id';
comment on column match_model.trained_at is 'Null, as the model, as long as there are too few profiles to learn from; then expectations stand in for it.';
comment on column match_model.profiles is 'How many there were when it was trained.';
comment on column match_model.examined_to is 'All profiles are compared once in the order of their ids, up to this one so far.';
comment on column match_model.steps is 'Counts the steps of comparing.';
comment on column match_model.sole_sources is 'Sources of which two profiles were measured to be two people.';
alter table match_model enable row level security;
create policy match_model_wall on match_model for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on match_model to throughline_app;

create table part_label (
  workspace_id integer not null,
  identifier_id bigint not null,
  decision_id uuid not null,
  side smallint not null,
  superseded_by uuid,
  constraint part_label_pkey primary key (workspace_id, identifier_id, decision_id)
) with ();
comment on table part_label is 'On which side of a PART an identifier stands. distribution: workspace_id';
comment on column part_label.superseded_by is 'A later JOIN that says otherwise of this identifier; as long as it stands, the label does not.';
CREATE INDEX part_label_by_decision ON part_label USING btree (workspace_id, decision_id);
CREATE INDEX part_label_by_superseding ON part_label USING btree (workspace_id, superseded_by) WHERE (superseded_by IS NOT NULL);
alter table part_label enable row level security;
create policy part_label_wall on part_label for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on part_label to throughline_app;

create table perception (
  workspace_id integer not null,
  profile_id uuid not null,
  ordinal integer not null,
  department smallint not null,
  is_internal boolean not null,
  score double precision not null,
  at timestamp with time zone not null,
  constraint perception_pkey primary key (workspace_id, profile_id, ordinal)
) with ();
comment on table perception is 'What the company or a customer says of one department, on 0 to 100. distribution: workspace_id';
CREATE INDEX perception_by_time ON perception USING btree (workspace_id, at);
alter table perception enable row level security;
create policy perception_wall on perception for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on perception to throughline_app;

create table profile (
  workspace_id integer not null,
  profile_id uuid not null,
  merged_into uuid,
  contested boolean not null,
  identifier_count integer not null,
  type_counts jsonb not null,
  first_seen_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  rules_version integer not null default 0,
  constraint profile_pkey primary key (workspace_id, profile_id)
) with ();
comment on table profile is 'One customer; ids never die, a merged one points to its survivor. distribution: workspace_id';
comment on column profile.contested is 'Some link of its identifiers was refused by a limit, so a change needs a replay.';
comment on column profile.rules_version is 'The version of the rules under which it was last resolved.';
CREATE INDEX profile_by_survivor ON profile USING btree (workspace_id, merged_into) WHERE (merged_into IS NOT NULL);
alter table profile enable row level security;
create policy profile_wall on profile for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on profile to throughline_app;

create table profile_merge (
  workspace_id integer not null,
  merge_id uuid not null,
  merged_at timestamp with time zone not null,
  rule text not null,
  actor text not null,
  survivor_id uuid not null,
  absorbed_id uuid not null,
  absorbed_identifier_ids bigint[] not null,
  evidence json not null,
  undone_at timestamp with time zone,
  decision_id uuid,
  repointed_ids uuid[],
  constraint profile_merge_pkey primary key (workspace_id, merge_id)
) with ();
comment on table profile_merge is 'A merge that happened. distribution: workspace_id';
comment on column profile_merge.decision_id is 'The join that brought it about, or made room for the link that did; null where a message alone did.';
comment on column profile_merge.repointed_ids is 'Ids that pointed to the absorbed profile; null where nobody decided the merge.';
CREATE INDEX profile_merge_by_absorbed ON profile_merge USING btree (workspace_id, absorbed_id);
CREATE INDEX profile_merge_by_decision ON profile_merge USING btree (workspace_id, decision_id) WHERE (decision_id IS NOT NULL);
CREATE INDEX profile_merge_by_survivor ON profile_merge USING btree (workspace_id, survivor_id);
alter table profile_merge enable row level security;
create policy profile_merge_wall on profile_merge for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on profile_merge to throughline_app;

create table retention_progress (
  workspace_id integer not null,
  looked_to bigint not null,
  round_ended_at timestamp with time zone,
  constraint retention_progress_pkey primary key (workspace_id)
) with (fillfactor=50);
comment on table retention_progress is 'Its row is the lock of who takes out what is older than the workspace keeps it. distribution: workspace_id';
comment on column retention_progress.looked_to is 'Chunks of touches are looked at in the order of their numbers, up to this one so far; 0 between rounds.';
comment on column retention_progress.round_ended_at is 'When all had been looked at last; null before.';
alter table retention_progress enable row level security;
create policy retention_progress_wall on retention_progress for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on retention_progress to throughline_app;

create table rule_change (
  workspace_id integer not null,
  version integer not null,
  reach text not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  resolved_to uuid,
  round integer not null,
  is_clean_round boolean not null,
  profiles_examined bigint not null,
  profiles_total bigint not null,
  constraint rule_change_pkey primary key (workspace_id)
) with ();
comment on table rule_change is 'The last change of a workspace''s identity rules, and how far its profiles have been resolved anew. distribution: workspace_id';
comment on column rule_change.version is 'Counts the changes; profiles bear the version they were last resolved under.';
comment on column rule_change.reach is 'LIMITED: only profiles that meet a limit may be others now; ANY: each may.';
comment on column rule_change.resolved_to is 'Profiles are looked at in the order of their ids, up to this one so far.';
comment on column rule_change.round is 'How often it has begun with the first profile.';
comment on column rule_change.is_clean_round is 'Whether this round over the profiles has found none to resolve yet; the first such round is the last.';
CREATE INDEX rule_change_under_way ON rule_change USING btree (workspace_id) WHERE (finished_at IS NULL);
alter table rule_change enable row level security;
create policy rule_change_wall on rule_change for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on rule_change to throughline_app;

create table schema_migration (
  id integer not null default nextval('schema_migration_id_seq'::regclass),
  timestamp bigint not null,
  name character varying not null,
  constraint PK_0edff5015b71cc0389ae0f4b9a1 primary key (id)
) with ();
comment on table schema_migration is NULL;

create table search_term (
  workspace_id integer not null,
  identifier_id bigint not null,
  field text not null,
  term text not null,
  constraint search_term_pkey primary key (workspace_id, identifier_id, field)
) with ();
comment on table search_term is 'What an agent''s search box can find: names and identifiers, in lower case. distribution: workspace_id';
CREATE INDEX search_term_by_trigram ON search_term USING gin (term gin_trgm_ops);
alter table search_term enable row level security;
create policy search_term_wall on search_term for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on search_term to throughline_app;

create table segment (
  workspace_id integer not null,
  segment_id uuid not null,
  key text not null,
  name text not null,
  description text,
  definition json not null,
  status text not null,
  failure text,
  size integer not null,
  computed_to uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  is_revised boolean not null default false,
  constraint segment_pkey primary key (workspace_id, segment_id),
  constraint segment_workspace_id_key_key unique (workspace_id, key)
) with (fillfactor=70);
comment on table segment is 'A rule over profiles. distribution: workspace_id';
comment on column segment.status is 'COMPUTING, LIVE or FAILED.';
comment on column segment.size is 'How many memberships there are.';
comment on column segment.computed_to is 'The first computation goes through the profiles in the order of their ids, up to this one so far.';
comment on column segment.is_revised is 'While it is computed: it was computed before by another definition, so that some may have to leave.';
alter table segment enable row level security;
create policy segment_wall on segment for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on segment to throughline_app;

create table segment_membership (
  workspace_id integer not null,
  segment_id uuid not null,
  profile_id uuid not null,
  entered_at timestamp with time zone not null,
  reason text not null,
  constraint segment_membership_pkey primary key (workspace_id, segment_id, profile_id)
) with ();
comment on table segment_membership is 'Who is in, since when, and why in words. distribution: workspace_id';
CREATE INDEX segment_membership_by_profile ON segment_membership USING btree (workspace_id, profile_id);
alter table segment_membership enable row level security;
create policy segment_membership_wall on segment_membership for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on segment_membership to throughline_app;

create table segment_progress (
  workspace_id integer not null,
  steps bigint not null,
  generation bigint not null default 0,
  heeding_steps bigint not null default 0,
  constraint segment_progress_pkey primary key (workspace_id)
) with ();
comment on table segment_progress is 'Its row is the lock of who follows the changes of a workspace. distribution: workspace_id';
comment on column segment_progress.generation is 'Rises with every change of a segment''s definition or status, a computed trait or what is tracked.';
comment on column segment_progress.heeding_steps is 'Those of its steps that told what profiles heed; fewer where a version of the program that does not took steps.';
alter table segment_progress enable row level security;
create policy segment_progress_wall on segment_progress for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on segment_progress to throughline_app;

create table segment_stay (
  workspace_id integer not null,
  profile_id uuid not null,
  segment_id uuid not null,
  left_at timestamp with time zone not null,
  entered_at timestamp with time zone not null,
  reason text not null,
  constraint segment_stay_pkey primary key (workspace_id, profile_id, segment_id, left_at)
) with ();
comment on table segment_stay is 'A membership that ended. distribution: workspace_id';
comment on column segment_stay.reason is 'Why the profile was in, in words.';
CREATE INDEX segment_stay_by_segment ON segment_stay USING btree (workspace_id, segment_id);
alter table segment_stay enable row level security;
create policy segment_stay_wall on segment_stay for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on segment_stay to throughline_app;

create table segment_tally (
  workspace_id integer not null,
  segment_id uuid not null,
  hour timestamp with time zone not null,
  entered integer not null,
  left_count integer not null,
  constraint segment_tally_pkey primary key (workspace_id, segment_id, hour)
) with (fillfactor=70);
comment on table segment_tally is 'How many entered and left a segment in an hour. distribution: workspace_id';
alter table segment_tally enable row level security;
create policy segment_tally_wall on segment_tally for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on segment_tally to throughline_app;

create table segment_wake (
  workspace_id integer not null,
  profile_id uuid not null,
  wake_at timestamp with time zone not null,
  heeded_event_ids integer[],
  places bytea,
  told_by text,
  constraint segment_wake_pkey primary key (workspace_id, profile_id)
) with (fillfactor=70);
comment on table segment_wake is 'What may change a membership of a profile next, time and events, and what it is in now. distribution: workspace_id';
comment on column segment_wake.wake_at is 'When time alone may, at the earliest; infinity: never.';
comment on column segment_wake.heeded_event_ids is 'The tracked events of which more may before that. Null: not known, so whatever happens may.';
comment on column segment_wake.places is 'The live segments that it is in: two bytes of its place among the segments of that version, four of a checksum of the reason, each.';
comment on column segment_wake.told_by is 'The version of the definitions that heeded_event_ids and places are of. Null: neither is known.';
CREATE INDEX segment_wake_by_time ON segment_wake USING btree (workspace_id, wake_at);
alter table segment_wake enable row level security;
create policy segment_wake_wall on segment_wake for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on segment_wake to throughline_app;

create table source (
  workspace_id integer not null,
  source_id integer not null,
  name text not null,
  type text not null,
  department smallint not null,
  settings jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  constraint source_pkey primary key (workspace_id, source_id)
) with ();
comment on table source is 'A connected system. distribution: workspace_id';
CREATE INDEX source_by_number ON source USING btree (source_id);
alter table source enable row level security;
create policy source_wall on source for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on source to throughline_app;

create table subscription (
  workspace_id integer not null,
  profile_id uuid not null,
  subscription_key text not null,
  started_at timestamp with time zone not null,
  cancelled_at timestamp with time zone,
  runs_from timestamp with time zone[] not null,
  runs_to timestamp with time zone[] not null,
  steps_at timestamp with time zone[] not null,
  monthly_amounts numeric[] not null,
  currencies text[] not null,
  constraint subscription_pkey primary key (workspace_id, profile_id, subscription_key)
) with ();
comment on table subscription is 'A subscription of a customer and what it brings a month, step by step. distribution: workspace_id';
comment on column subscription.cancelled_at is 'Null while it runs, or was resumed.';
comment on column subscription.runs_from is 'When it ran: half-open spans, each to its time in runs_to, infinity while it runs.';
comment on column subscription.monthly_amounts is 'What it brings a month from each time in steps_at on; null at a price that nobody said.';
alter table subscription enable row level security;
create policy subscription_wall on subscription for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on subscription to throughline_app;

create table suppression (
  workspace_id integer not null,
  identifier_id bigint not null,
  at timestamp with time zone not null,
  actor text not null,
  reason text,
  constraint suppression_pkey primary key (workspace_id, identifier_id)
) with ();
comment on table suppression is 'Identifiers whose profile is stored but delivered nowhere. distribution: workspace_id';
alter table suppression enable row level security;
create policy suppression_wall on suppression for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on suppression to throughline_app;

create table survey_answer (
  workspace_id integer not null,
  profile_id uuid not null,
  interaction_id uuid not null,
  survey text not null,
  answered_at timestamp with time zone not null,
  department smallint not null,
  channel smallint not null,
  score double precision not null,
  scale_min double precision not null,
  scale_max double precision not null,
  version text,
  is_valid boolean not null,
  is_favourable boolean not null,
  constraint survey_answer_pkey primary key (workspace_id, profile_id, interaction_id)
) with ();
comment on table survey_answer is 'An answer to a survey, on its own scale. distribution: workspace_id';
comment on column survey_answer.survey is 'nps, csat or ces.';
comment on column survey_answer.is_favourable is 'Promoter, satisfied, or had it easy.';
CREATE INDEX survey_answer_by_time ON survey_answer USING btree (workspace_id, answered_at);
alter table survey_answer enable row level security;
create policy survey_answer_wall on survey_answer for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on survey_answer to throughline_app;

create table told_friction (
  workspace_id integer not null,
  signal_key text not null,
  detected_at timestamp with time zone not null,
  constraint told_friction_pkey primary key (workspace_id, signal_key)
) with ();
comment on table told_friction is 'Signs of friction that were told of, so that each is once, whatever becomes of profiles; kept for two days. distribution: workspace_id';
CREATE INDEX told_friction_by_time ON told_friction USING btree (workspace_id, detected_at);
alter table told_friction enable row level security;
create policy told_friction_wall on told_friction for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on told_friction to throughline_app;

create table tombstone (
  workspace_id integer not null,
  hash bytea not null,
  erasure_id uuid not null,
  erased_at timestamp with time zone not null,
  constraint tombstone_pkey primary key (workspace_id, hash)
) with ();
comment on table tombstone is 'What was erased, as keyed hashes: identifiers, messages and profile ids. distribution: workspace_id';
comment on column tombstone.hash is 'The first 16 bytes of HMAC-SHA-256 over what it stands for.';
comment on column tombstone.erased_at is 'Of an identifier erased more than once, the last time.';
alter table tombstone enable row level security;
create policy tombstone_wall on tombstone for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on tombstone to throughline_app;

create table tombstone_key (
  workspace_id integer not null,
  key bytea not null,
  latest_at timestamp with time zone,
  constraint tombstone_key_pkey primary key (workspace_id)
) with ();
comment on table tombstone_key is 'The key of a workspace''s tombstones, made with its first erasure. distribution: workspace_id';
comment on column tombstone_key.latest_at is 'Up to when what happened may be erased; null while nobody has been erased yet.';
alter table tombstone_key enable row level security;
create policy tombstone_key_wall on tombstone_key for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on tombstone_key to throughline_app;

create table touch_backfill (
  workspace_id integer not null,
  looked_to uuid,
  is_finished boolean not null,
  constraint touch_backfill_pkey primary key (workspace_id)
) with ();
comment on table touch_backfill is 'How far the interactions from before there were chunks have been put into some. distribution: workspace_id';
comment on column touch_backfill.looked_to is 'They are looked at in the order of their ids, up to this one so far.';
alter table touch_backfill enable row level security;
create policy touch_backfill_wall on touch_backfill for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on touch_backfill to throughline_app;

create table touch_chunk (
  workspace_id integer not null,
  chunk_id bigint not null generated always as identity,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  touches integer not null,
  level smallint not null,
  columns bytea not null storage external,
  message_ids bytea not null storage external,
  constraint touch_chunk_pkey primary key (workspace_id, chunk_id)
) with ();
comment on table touch_chunk is 'Interactions as columns, in the order of time and message id; immutable, and replaced by larger ones. distribution: workspace_id';
comment on column touch_chunk.level is '0: of one batch; one more each time that several were merged; 9: as large as it is to get.';
comment on column touch_chunk.message_ids is 'Apart, as only touches at the same time need them.';
CREATE INDEX touch_chunk_to_merge ON touch_chunk USING btree (workspace_id, level, chunk_id) WHERE (level < 9);
alter table touch_chunk enable row level security;
create policy touch_chunk_wall on touch_chunk for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on touch_chunk to throughline_app;

create table tracked_event (
  workspace_id integer not null,
  tracked_event_id integer not null,
  event_key text not null,
  spec json not null,
  is_ready boolean not null,
  constraint tracked_event_pkey primary key (workspace_id, tracked_event_id),
  constraint tracked_event_workspace_id_event_key_key unique (workspace_id, event_key)
) with ();
comment on table tracked_event is 'Interactions that some definition asks about. distribution: workspace_id';
comment on column tracked_event.event_key is 'A digest of the spec: one row however many definitions ask.';
comment on column tracked_event.is_ready is 'Those from before somebody asked are noted, too.';
alter table tracked_event enable row level security;
create policy tracked_event_wall on tracked_event for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on tracked_event to throughline_app;

create table trait_state (
  workspace_id integer not null,
  identifier_id bigint not null,
  traits json not null,
  constraint trait_state_pkey primary key (workspace_id, identifier_id)
) with ();
comment on table trait_state is 'The traits said of one identifier, with their provenance. distribution: workspace_id';
alter table trait_state enable row level security;
create policy trait_state_wall on trait_state for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on trait_state to throughline_app;

create table value_model (
  workspace_id integer not null,
  fitted_at timestamp with time zone not null,
  customers integer not null,
  model json not null,
  constraint value_model_pkey primary key (workspace_id)
) with ();
comment on table value_model is 'Models of customers'' value as fitted last, with the cuts of their RFM scores. distribution: workspace_id';
alter table value_model enable row level security;
create policy value_model_wall on value_model for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on value_model to throughline_app;

create table workspace (
  workspace_id integer not null generated always as identity,
  name text not null,
  default_country text not null default 'US'::text,
  settings jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  constraint workspace_pkey primary key (workspace_id)
) with ();
comment on table workspace is 'One tenant. distribution: workspace_id';
alter table workspace enable row level security;
create policy workspace_wall on workspace for all to throughline_app
  using ((workspace_id = current_workspace_id()))
  with check ((workspace_id = current_workspace_id()));
grant delete, insert, select, update on workspace to throughline_app;
