import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What made customers due who are so by what they did alone, so that followers need not read everything about them again. */
export class NoteMatches1795960000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MATCHED);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table change_note ${COLUMNS.map((column) => `drop column ${column}`).join(', ')}`);
  }
}

const COLUMNS = ['matched_profiles', 'matched_events', 'matched_at', 'matched_interactions'];

const MATCHED = `
alter table change_note
  add column matched_profiles uuid[], add column matched_events integer[], add column matched_at timestamptz[], add column matched_interactions uuid[];
alter table change_note
  alter column matched_profiles set storage external, alter column matched_events set storage external,
  alter column matched_at set storage external, alter column matched_interactions set storage external;
comment on column change_note.matched_profiles is
  'Of those due, once for each match of a tracked event: those of whom nothing else than these matches is new. In one order with the other three. Null: none.';
`;
