import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Notes are read in the order of their transactions, as changes are, so that subscribers miss none; and interactions are found by when they were received
 * without an index that every one of them would have to be put into: a timeline lies on disk as it came in.
 */
export class ReadNotesInOrder1795800700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [ORDER, RECEIVED]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index interaction_by_receipt; drop index change_note_in_order; alter table change_note drop column transaction_id');
  }
}

const ORDER = `
alter table change_note add column transaction_id bigint not null default (pg_current_xact_id())::text::bigint;
create index change_note_in_order on change_note (workspace_id, transaction_id, note_id);
comment on column change_note.transaction_id is 'Read in the order of this, up to the oldest that still runs, and none is missed.';
`;

const RECEIVED = `
create index interaction_by_receipt on interaction using brin (received_at) with (pages_per_range = 256, autosummarize = on);
`;
