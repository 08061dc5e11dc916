import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A batch may be the server's own. */
export class SayWhoWroteABatch1795950000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
comment on column inbox.call is 'The type of a single call; null for a batch; own for a batch that the server itself wrote; webhook where the body is a delivery of the source''s vendor.'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
comment on column inbox.call is 'The type of a single call; null for a batch; webhook where the body is a delivery of the source''s vendor.'`);
  }
}
