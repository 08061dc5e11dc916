import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where changes are delivered to, and the outbox that they leave through, which is the log of it as well. */
export class CreateActivation1795800500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [DESTINATION, DELIVERY]) await runner.query(statement);
    for (const table of TABLES) await runner.query(wallAround(table));
    for (const statement of [PENDING, KEPT]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function pending_deliveries(timestamptz), workspaces_with_deliveries()');
    await runner.query(`drop table ${TABLES.join(', ')}`);
  }
}

const TABLES = ['destination', 'delivery'];

const DESTINATION = `
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
  open_until timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, destination_id)
) with (fillfactor = 70);
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
`;

const DELIVERY = `
create table delivery (
  workspace_id integer not null,
  destination_id uuid not null,
  change_id uuid not null,
  position bigint generated always as identity,
  profile_id uuid not null,
  type text not null,
  at timestamptz not null,
  segment_id uuid,
  friction_kind text,
  data json not null,
  status text not null,
  attempts integer not null,
  tries integer not null,
  next_at timestamptz not null,
  leased_until timestamptz,
  give_up_at timestamptz not null,
  last_status integer,
  last_error text,
  delivered_at timestamptz,
  primary key (workspace_id, destination_id, change_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
create index delivery_due on delivery (workspace_id, destination_id, next_at, position) where status = 'PENDING';
create index delivery_in_order on delivery (workspace_id, destination_id, profile_id, position) where status = 'PENDING';
create index delivery_by_profile on delivery (workspace_id, destination_id, profile_id, at);
create index delivery_by_time on delivery (workspace_id, destination_id, at desc, change_id desc);
comment on table delivery is 'One change for one destination, written with the change; ids and nothing personal. Kept for 30 days. distribution: workspace_id';
comment on column delivery.position is 'Those of one profile leave in the order of this.';
comment on column delivery.profile_id is 'Of who answered for the profile of the change when it was written.';
comment on column delivery.status is 'PENDING, DELIVERED, FAILED or WITHHELD.';
comment on column delivery.attempts is 'Begun in all; an outcome counts only for the attempt begun last.';
comment on column delivery.tries is 'Those since it was written or replayed.';
comment on column delivery.leased_until is 'Somebody is sending it; when that is over without an outcome, another one does.';
comment on column delivery.give_up_at is 'An attempt that fails from then on was the last.';
comment on column delivery.last_error is 'A code of ours; nothing of the answer.';
`;

/** Past the wall no more than where there is work. A destination whose circuit is open is left alone until a delivery may try. */
const PENDING = `
create function pending_deliveries(moment timestamptz) returns table (workspace_id integer, destination_id uuid)
  language sql stable security definer set search_path = public
  as $$
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
  $$;
revoke all on function pending_deliveries(timestamptz) from public;
grant execute on function pending_deliveries(timestamptz) to throughline_app;
`;

const KEPT = `
create function workspaces_with_deliveries() returns table (workspace_id integer)
  language sql stable security definer set search_path = public
  as $$ select w.workspace_id from workspace w where exists (select from delivery d where d.workspace_id = w.workspace_id) $$;
revoke all on function workspaces_with_deliveries() from public;
grant execute on function workspaces_with_deliveries() to throughline_app;
`;

function wallAround(table: string): string {
  return `
alter table ${table} enable row level security;
create policy ${table}_wall on ${table} to throughline_app
  using (workspace_id = current_workspace_id()) with check (workspace_id = current_workspace_id());
grant select, insert, update, delete on ${table} to throughline_app;`;
}
