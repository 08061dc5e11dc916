import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which sources hold nobody twice is measured with the model. */
export class KeepSoleSources1795600100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table match_model add column sole_sources integer[] not null default '{}'`);
    await runner.query(`comment on column match_model.sole_sources is 'Sources of which two profiles were measured to be two people.'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table match_model drop column sole_sources');
  }
}
