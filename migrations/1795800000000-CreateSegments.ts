import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Segments, computed traits, what they ask about, who is in, and what batches say changed; consents, and who is to be left alone. */
export class CreateSegments1795800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [SEGMENT, COMPUTED, TRACKED, MATCH, MEMBERSHIP, WAKE, TALLY, NOTE, PROGRESS, CONSENT, SUPPRESSION, CHANGE]) await runner.query(statement);
    for (const table of TABLES) await runner.query(wallAround(table));
    await runner.query(PENDING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function pending_segments(timestamptz); drop table ${TABLES.join(', ')}`);
  }
}

const TABLES = [
  'segment', 'computed_trait', 'tracked_event', 'event_match', 'segment_membership', 'segment_wake', 'segment_tally', 'change_note', 'segment_progress', 'consent', 'suppression', 'change',
];

const SEGMENT = `
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
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, segment_id),
  unique (workspace_id, key)
) with (fillfactor = 70);
comment on table segment is 'A rule over profiles. distribution: workspace_id';
comment on column segment.status is 'COMPUTING, LIVE or FAILED.';
comment on column segment.size is 'How many memberships there are.';
comment on column segment.computed_to is 'The first computation goes through the profiles in the order of their ids, up to this one so far.';
`;

const COMPUTED = `
create table computed_trait (
  workspace_id integer not null,
  key text not null,
  name text not null,
  definition json not null,
  tracked_event_id integer not null,
  created_at timestamptz not null,
  primary key (workspace_id, key)
);
comment on table computed_trait is 'A trait counted from interactions. distribution: workspace_id';
`;

const TRACKED = `
create table tracked_event (
  workspace_id integer not null,
  tracked_event_id integer not null,
  event_key text not null,
  spec json not null,
  is_ready boolean not null,
  primary key (workspace_id, tracked_event_id),
  unique (workspace_id, event_key)
);
comment on table tracked_event is 'Interactions that some definition asks about. distribution: workspace_id';
comment on column tracked_event.event_key is 'A digest of the spec: one row however many definitions ask.';
comment on column tracked_event.is_ready is 'Those from before somebody asked are noted, too.';
`;

const MATCH = `
create table event_match (
  workspace_id integer not null,
  identifier_id bigint not null,
  tracked_event_id integer not null,
  occurred_at timestamptz not null,
  interaction_id uuid not null,
  value json,
  primary key (workspace_id, identifier_id, tracked_event_id, occurred_at, interaction_id)
);
comment on table event_match is 'An interaction that a tracked event is about, once more by its identifier; immutable. distribution: workspace_id';
comment on column event_match.value is 'Of the property that the tracked event notes; null where it notes none or there is none.';
`;

const MEMBERSHIP = `
create table segment_membership (
  workspace_id integer not null,
  segment_id uuid not null,
  profile_id uuid not null,
  entered_at timestamptz not null,
  reason text not null,
  primary key (workspace_id, segment_id, profile_id)
);
create index segment_membership_by_profile on segment_membership (workspace_id, profile_id);
comment on table segment_membership is 'Who is in, since when, and why in words. distribution: workspace_id';
`;

const WAKE = `
create table segment_wake (
  workspace_id integer not null,
  profile_id uuid not null,
  wake_at timestamptz not null,
  primary key (workspace_id, profile_id)
) with (fillfactor = 70);
create index segment_wake_by_time on segment_wake (workspace_id, wake_at);
comment on table segment_wake is 'When time alone may change a membership of a profile next, at the earliest. distribution: workspace_id';
`;

const TALLY = `
create table segment_tally (
  workspace_id integer not null,
  segment_id uuid not null,
  hour timestamptz not null,
  entered integer not null,
  left_count integer not null,
  primary key (workspace_id, segment_id, hour)
) with (fillfactor = 70);
comment on table segment_tally is 'How many entered and left a segment in an hour. distribution: workspace_id';
`;

const NOTE = `
create table change_note (
  workspace_id integer not null,
  note_id bigint generated always as identity,
  at timestamptz not null,
  profile_ids uuid[] not null,
  due_ids uuid[] not null,
  events json,
  is_followed boolean not null default false,
  primary key (workspace_id, note_id)
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
alter table change_note alter column profile_ids set storage external, alter column due_ids set storage external;
create index change_note_to_follow on change_note (workspace_id, note_id) where not is_followed;
create index change_note_by_time on change_note (workspace_id, at);
comment on table change_note is 'What one batch, decision or evaluation changed; kept for a minute after it was followed. distribution: workspace_id';
comment on column change_note.profile_ids is 'Profiles that have new interactions, traits or identifiers.';
comment on column change_note.due_ids is 'Those of them, and others, whose memberships may be others now.';
comment on column change_note.events is 'Merges, partings and consents, as changes to be told: [{type, profileId, data}]. Null: none.';
`;

const PROGRESS = `
create table segment_progress (
  workspace_id integer primary key,
  steps bigint not null
);
comment on table segment_progress is 'Its row is the lock of who follows the changes of a workspace. distribution: workspace_id';
`;

const CONSENT = `
create table consent (
  workspace_id integer not null,
  identifier_id bigint not null,
  purpose text not null,
  granted boolean not null,
  at timestamptz not null,
  message_id text not null,
  source_id integer not null,
  primary key (workspace_id, identifier_id, purpose)
);
comment on table consent is 'What was said last of a purpose by an identifier; of a profile the most restrictive of its identifiers. distribution: workspace_id';
`;

const SUPPRESSION = `
create table suppression (
  workspace_id integer not null,
  identifier_id bigint not null,
  at timestamptz not null,
  actor text not null,
  reason text,
  primary key (workspace_id, identifier_id)
);
comment on table suppression is 'Identifiers whose profile is stored but delivered nowhere. distribution: workspace_id';
`;

const CHANGE = `
create table change (
  workspace_id integer not null,
  change_id uuid not null,
  transaction_id bigint not null default (pg_current_xact_id())::text::bigint,
  type text not null,
  profile_id uuid not null,
  at timestamptz not null,
  segment_id uuid,
  friction_kind text,
  data json not null,
  primary key (workspace_id, change_id)
);
create index change_in_order on change (workspace_id, transaction_id, change_id);
create index change_by_time on change (workspace_id, at);
comment on table change is 'What subscribers and destinations are told, written with what it tells of; ids and nothing personal. Kept for some hours. distribution: workspace_id';
comment on column change.transaction_id is 'Read in the order of this, up to the oldest that still runs, and none is missed.';
`;

/** A way past the wall that answers no more than the workers need to know where there is work. */
const PENDING = `
create function pending_segments(at timestamptz) returns table (workspace_id integer)
  language sql stable security definer set search_path = public
  as $$
    select w.workspace_id from workspace w
    where exists (select from change_note n where n.workspace_id = w.workspace_id and not n.is_followed)
      or exists (select from segment_wake k where k.workspace_id = w.workspace_id and k.wake_at <= at)
      or exists (select from segment s where s.workspace_id = w.workspace_id and s.status = 'COMPUTING')
      or exists (select from tracked_event t where t.workspace_id = w.workspace_id and not t.is_ready)
  $$;
revoke all on function pending_segments(timestamptz) from public;
grant execute on function pending_segments(timestamptz) to throughline_app;
`;

function wallAround(table: string): string {
  return `
alter table ${table} enable row level security;
create policy ${table}_wall on ${table} to throughline_app
  using (workspace_id = current_workspace_id()) with check (workspace_id = current_workspace_id());
grant select, insert, update, delete on ${table} to throughline_app;`;
}
