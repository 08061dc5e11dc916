import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Followers leave alone who did something that can't change any of their memberships. A version of the program from before that works beside this one: it
 * sees to everybody who is named as due, and its steps count no `heeding_steps`, so nothing that it leaves as it was is trusted.
 */
export class HeedEvents1795960000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
alter table change_note add column doer_ids uuid[], add column done_event_ids integer[];
alter table change_note alter column doer_ids set storage external, alter column done_event_ids set storage external;
comment on column change_note.doer_ids is
  'Once for each tracked event that one of those due did, of whom nothing else is new, in one order with done_event_ids. Null: nobody.';
alter table segment_wake add column heeded_event_ids integer[], add column places bytea, add column told_by text;
comment on table segment_wake is 'What may change a membership of a profile next, time and events, and what it is in now. distribution: workspace_id';
comment on column segment_wake.wake_at is 'When time alone may, at the earliest; infinity: never.';
comment on column segment_wake.heeded_event_ids is 'The tracked events of which more may before that. Null: not known, so whatever happens may.';
comment on column segment_wake.places is
  'The live segments that it is in: two bytes of its place among the segments of that version, four of a checksum of the reason, each.';
comment on column segment_wake.told_by is 'The version of the definitions that heeded_event_ids and places are of. Null: neither is known.';
alter table segment_progress add column heeding_steps bigint not null default 0;
comment on column segment_progress.heeding_steps is
  'Those of its steps that told what profiles heed; fewer where a version of the program that does not took steps.';
`;

const DOWN = `
delete from segment_wake where wake_at = 'infinity';
alter table change_note drop column doer_ids, drop column done_event_ids;
alter table segment_wake drop column heeded_event_ids, drop column places, drop column told_by;
comment on table segment_wake is 'When time alone may change a membership of a profile next, at the earliest. distribution: workspace_id';
comment on column segment_wake.wake_at is null;
alter table segment_progress drop column heeding_steps;
`;
