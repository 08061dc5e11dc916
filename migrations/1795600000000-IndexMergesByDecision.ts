import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Undoing a decided merge looks for all that the decision brought about. */
export class IndexMergesByDecision1795600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create index profile_merge_by_decision on profile_merge (workspace_id, decision_id) where decision_id is not null',
    );
    await runner.query(`comment on column profile_merge.decision_id is '${DECISION}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index profile_merge_by_decision');
  }
}

const DECISION = 'The join that brought it about, or made room for the link that did; null where a message alone did.';
