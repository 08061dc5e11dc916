import type { MigrationInterface, QueryRunner } from 'typeorm';

/** With a decided merge it is noted which ids it repointed, so that undoing it points each of them back. */
export class NoteRepointedIds1795400050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table profile_merge add column repointed_ids uuid[]');
    await runner.query(`comment on column profile_merge.repointed_ids is 'Ids that pointed to the absorbed profile; null where nobody decided the merge.'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table profile_merge drop column repointed_ids');
  }
}
