import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { aloneOnDatabase } from './aloneOnDatabase';
import { createDataSource } from './dataSource';
import { migrationState } from './migrationState';

/** The database was migrated by a newer version, which has taken away what this one needs. */
export class DatabaseIsNewer extends Error {}

export interface MigrationPace {
  /** For so long at most a statement of a migration stands in the way of others while it waits for a lock. */
  readonly lockTimeoutMs: number;
  /** Before it tries again. */
  readonly pauseMs: number;
  /** What a migration that never gets its lock fails after. */
  readonly patienceMs: number;
}

const PACE: MigrationPace = { lockTimeoutMs: 2_000, pauseMs: 1_000, patienceMs: 600_000 };
/** SQLSTATE lock_not_available. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Brings the database to this version's schema; nothing happens when it is there already, or ahead by what was only added. Any number of machines may
 * call this at once, while any number of others work: one migrates, the others wait for it. Needs the owner's rights. Answers which migrations the
 * database has that this version does not know. Throws DatabaseIsNewer.
 */
export function migrate(databaseUrl: string, pace: MigrationPace = PACE): Promise<{ readonly ahead: readonly string[] }> {
  return underMigrationLock(databaseUrl, pace, async (dataSource) => {
    const { unknown, contracting } = migrationState(await appliedMigrations(dataSource));
    if (contracting.length > 0) throw databaseIsNewer(contracting);
    await runPatiently(dataSource, pace);
    return { ahead: unknown };
  });
}

/** Takes the newest migration back; what its tables held is lost. */
export async function revertNewestMigration(databaseUrl: string): Promise<void> {
  await underMigrationLock(databaseUrl, PACE, (dataSource) => dataSource.undoLastMigration());
}

/** A migration waits for its locks for a moment only, since everybody else who needs the table waits behind it; then it lets them through and tries again. */
async function runPatiently(dataSource: DataSource, { pauseMs, patienceMs }: MigrationPace): Promise<void> {
  for (const startedAt = Date.now(); ; await sleep(pauseMs)) {
    try {
      await dataSource.runMigrations();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE || Date.now() - startedAt > patienceMs) throw error;
    }
  }
}

function underMigrationLock<Result>(
  databaseUrl: string,
  pace: MigrationPace,
  work: (dataSource: DataSource) => Promise<Result>,
): Promise<Result> {
  return aloneOnDatabase(databaseUrl, async () => {
    const dataSource = await createDataSource(databaseUrl, pace.lockTimeoutMs).initialize();
    try {
      return await work(dataSource);
    } finally {
      await dataSource.destroy();
    }
  });
}

async function appliedMigrations(dataSource: DataSource): Promise<string[]> {
  const [{ exists }] = (await dataSource.query(`select to_regclass('schema_migration') is not null as exists`)) as [{ exists: boolean }];
  if (!exists) return [];
  const rows = (await dataSource.query('select m.name from schema_migration m order by m.id')) as { name: string }[];
  return rows.map(({ name }) => name);
}

function databaseIsNewer(contracting: readonly string[]): DatabaseIsNewer {
  return new DatabaseIsNewer(
    `The database was migrated by a newer version of Throughline (${contracting.join(', ')} took away what this version needs). ` +
      'Start that version or a later one, or use another database.',
  );
}
