import type { MigrationInterface, QueryRunner } from 'typeorm';

/** With each sign of friction stands when the one before it was found, so that customers of any period are counted without being grouped. */
export class TellSignsBefore1795700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(FILL);
    await runner.query(INDEX);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index friction_signal_by_time;
alter table friction_signal drop column previous_at, drop column previous_in_channel_at, drop column previous_of_any_at;
create index friction_signal_by_time on friction_signal (workspace_id, detected_at) include (kind, department, channel, profile_id, resolved_at);`);
  }
}

const COLUMNS = `
alter table friction_signal add column previous_at timestamptz, add column previous_in_channel_at timestamptz, add column previous_of_any_at timestamptz;
comment on column friction_signal.previous_at is 'When the sign before it was found, of the same customer, kind and department; null where it is the first. So in a period that began later, it is the first.';
comment on column friction_signal.previous_in_channel_at is 'The same, of the same channel, too.';
comment on column friction_signal.previous_of_any_at is 'The same, of the customer, whatever it was.';
`;

const FILL = `
update friction_signal f
set previous_at = told.previous_at, previous_in_channel_at = told.previous_in_channel_at, previous_of_any_at = told.previous_of_any_at
from (
  select s.workspace_id, s.profile_id, s.signal_key,
    lag(s.detected_at) over (partition by s.workspace_id, s.profile_id, s.kind, s.department order by s.detected_at, s.signal_key collate "C") as previous_at,
    lag(s.detected_at) over (partition by s.workspace_id, s.profile_id, s.kind, s.department, s.channel order by s.detected_at, s.signal_key collate "C") as previous_in_channel_at,
    lag(s.detected_at) over (partition by s.workspace_id, s.profile_id order by s.detected_at, s.signal_key collate "C") as previous_of_any_at
  from friction_signal s
) as told
where (f.workspace_id, f.profile_id, f.signal_key) = (told.workspace_id, told.profile_id, told.signal_key) and told.previous_of_any_at is not null
`;

const INDEX = `
drop index friction_signal_by_time;
create index friction_signal_by_time on friction_signal (workspace_id, detected_at)
  include (kind, department, channel, profile_id, resolved_at, previous_at, previous_in_channel_at, previous_of_any_at);
`;
