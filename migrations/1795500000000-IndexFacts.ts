import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What measures are computed from, by the customer's identifiers. The kinds are those of which an interaction says no more than having been there
 * (CUSTOM, AD_SEEN, PAGE_VIEWED, SCREEN_VIEWED, PRODUCT_VIEWED, FEATURE_USED, APP_OPENED): they cost nothing here.
 */
export class IndexFacts1795500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index interaction_facts on interaction (workspace_id, identifier_id, occurred_at desc) where kind not in (0, 1, 15, 16, 18, 43, 44)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index interaction_facts');
  }
}
