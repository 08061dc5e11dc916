import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators watch beside the inbox, over all workspaces, in figures and times alone; and whether the schema is the one that a process was built for. */
export class TellBacklogs1795930000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [BACKLOGS, MIGRATIONS, TRACES]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table inbox drop column traceparent; drop function applied_migrations(); drop function work_backlogs(timestamptz, integer)',
    );
  }
}

/** A few index look-ups a workspace, and of what is counted at most so many rows a workspace. */
const BACKLOGS = `
create function work_backlogs(as_of timestamptz, most integer)
  returns table (unfollowed_notes bigint, unfollowed_since timestamptz, evaluation_due_since timestamptz, pending_deliveries bigint, delivery_due_since timestamptz)
  language sql stable security definer set search_path = public
  as $$
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
  $$;
comment on function work_backlogs(timestamptz, integer) is 'One row: what waits to be followed, evaluated and delivered in all workspaces, and since when at the longest; counts stop at "most" a workspace.';
revoke all on function work_backlogs(timestamptz, integer) from public;
grant execute on function work_backlogs(timestamptz, integer) to throughline_app;
`;

/** The table itself belongs to whoever migrates. */
const MIGRATIONS = `
create function applied_migrations()
  returns table (name text)
  language sql stable security definer set search_path = public
  as $$ select m.name::text from schema_migration m $$;
revoke all on function applied_migrations() from public;
grant execute on function applied_migrations() to throughline_app;
`;

/** Null unless traces are switched on. */
const TRACES = `
alter table inbox add column traceparent text;
comment on column inbox.traceparent is 'W3C trace context of the request, where traces are kept; null otherwise.';
`;
