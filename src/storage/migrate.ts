import type { DataSource } from 'typeorm';
import { aloneOnDatabase } from './aloneOnDatabase';
import { createDataSource } from './dataSource';

/** The database was migrated by a newer version than this one, which would not know its tables. */
export class DatabaseIsNewer extends Error {}

/**
 * Brings the database to this version's schema; nothing happens when it is there already. Any number of machines may call
 * this at once: one migrates, the others wait for it. Needs the owner's rights.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  await underMigrationLock(databaseUrl, async (dataSource) => {
    await refuseNewerDatabase(dataSource);
    await dataSource.runMigrations();
  });
}

/** Takes the newest migration back; what its tables held is lost. */
export async function revertNewestMigration(databaseUrl: string): Promise<void> {
  await underMigrationLock(databaseUrl, (dataSource) => dataSource.undoLastMigration());
}

async function underMigrationLock(databaseUrl: string, work: (dataSource: DataSource) => Promise<void>): Promise<void> {
  await aloneOnDatabase(databaseUrl, async () => {
    const dataSource = await createDataSource(databaseUrl).initialize();
    try {
      await work(dataSource);
    } finally {
      await dataSource.destroy();
    }
  });
}

async function refuseNewerDatabase(dataSource: DataSource): Promise<void> {
  const [{ exists }] = (await dataSource.query(`select to_regclass('schema_migration') is not null as exists`)) as [{ exists: boolean }];
  if (!exists) return;
  const applied = (await dataSource.query('select m.name from schema_migration m order by m.id')) as { name: string }[];
  const known = new Set(dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name));
  const unknown = applied.map((row) => row.name).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new DatabaseIsNewer(
    `The database was migrated by a newer version of Throughline (it has ${unknown.join(', ')}, which this version does not know). ` +
      'Start that version or a later one, or use another database.',
  );
}
