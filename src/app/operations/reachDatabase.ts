import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase } from '../../storage/createDatabase';
import type { Config } from '../config';
import { placeOf } from '../supervisor/clusterHome';
import { lockDataDir } from '../supervisor/dataDirLock';
import { DATABASE, OWNER, startEmbeddedPostgres } from '../supervisor/embeddedPostgres';
import { readPostmasterFile } from '../supervisor/postmasterFile';
import { isAlive } from '../supervisor/processIdentity';

/** Whose database it is, and whether it was there before. */
export type DatabaseState = 'own' | 'running' | 'started';

const STOP_GRACE_MS = 5_000;

/**
 * Runs `work` on the database of the configuration: the user's own, the embedded one that is running, or the embedded one started for as long as the work
 * takes, and made where there is none. Throws DataDirInUse where somebody is just starting or stopping it.
 */
export async function reachDatabase<Result>(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  work: (databaseUrl: string, state: DatabaseState) => Promise<Result>,
): Promise<Result> {
  if (config.databaseUrl !== null) return work(config.databaseUrl, 'own');
  const running = runningUrl(config.dataDir);
  if (running !== null) return work(running, 'running');
  const lock = await lockDataDir(config.dataDir);
  try {
    const server = await startEmbeddedPostgres({ homeDir: join(config.dataDir, 'postgres') });
    try {
      await createDatabase(server.url('postgres'), DATABASE);
      return await work(server.url(DATABASE), 'started');
    } finally {
      await server.stop(STOP_GRACE_MS);
    }
  } finally {
    lock.release();
  }
}

/** Whether there is one: the user's own, which may not be there, or an embedded one that was made before. */
export function hasDatabase({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): boolean {
  return databaseUrl !== null || existsSync(join(placeOf(join(dataDir, 'postgres')), 'cluster', 'PG_VERSION'));
}

/** Null while it does not run. */
function runningUrl(dataDir: string): string | null {
  const home = join(dataDir, 'postgres');
  const file = readPostmasterFile(join(placeOf(home), 'cluster'));
  if (file === null || file.state !== 'ready' || !isAlive(file.pid)) return null;
  const part = (name: string) => readFileSync(join(home, name), 'utf8').trim();
  return `postgres://${OWNER}:${part('password')}@127.0.0.1:${part('port')}/${DATABASE}`;
}
