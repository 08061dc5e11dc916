import { setTimeout as sleep } from 'node:timers/promises';
import { aloneOnDatabase } from '../../storage/aloneOnDatabase';
import { isMigrated } from '../../storage/isMigrated';
import { ownerPool } from '../../storage/pool';
import { bootstrap } from '../bootstrap';
import type { DevelopmentKeys } from './developmentKeys';

/** A database that is just being started by something else gets this long to answer. */
const PATIENCE_MS = 15_000;
/** SQLSTATE 57P03: the server starts up or shuts down. */
const NOT_YET = new Set(['ECONNREFUSED', 'ENOENT', '57P03']);

/** Brings the database to this version's schema, with a first workspace and the development keys in it. */
export async function prepareDatabase(
  databaseUrl: string,
  keys: DevelopmentKeys,
  nowMs: number,
): Promise<{ readonly workspaceId: number }> {
  await whenItAnswers(() => bringUpToDate(databaseUrl));
  const pool = ownerPool({
    databaseUrl,
    maxConnections: 1,
    statementTimeoutMs: 60_000,
    applicationName: 'throughline bootstrap',
    onConnectionLost: () => undefined,
  });
  try {
    return await aloneOnDatabase(databaseUrl, () => bootstrap(pool, { devApiKey: keys.apiKey, devWriteKey: keys.writeKey, nowMs }));
  } finally {
    await pool.end();
  }
}

/** Most starts find nothing to do, and are spared loading TypeORM. */
async function bringUpToDate(databaseUrl: string): Promise<void> {
  if (await isMigrated(databaseUrl)) return;
  const { migrate } = await import('../../storage/migrate.js');
  await migrate(databaseUrl);
}

async function whenItAnswers(work: () => Promise<void>): Promise<void> {
  for (const startedAt = Date.now(); ; await sleep(250)) {
    try {
      await work();
      return;
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (!NOT_YET.has(code) || Date.now() - startedAt > PATIENCE_MS) throw error;
    }
  }
}
