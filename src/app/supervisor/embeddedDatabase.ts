import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeOf, prepareClusterHome } from './clusterHome';
import { lockDataDir } from './dataDirLock';
import { DATABASE, OWNER, startEmbeddedPostgres } from './embeddedPostgres';
import { readPostmasterFile } from './postmasterFile';
import { isAlive } from './processIdentity';
import { serverUser } from './serverUser';

export interface OpenDatabase {
  /** The owner's connection string. */
  readonly url: string;
  close(): Promise<void>;
}

const STOP_GRACE_MS = 10_000;

/**
 * The embedded database of a data directory for a command beside `npm start`: the running one, or started until it is closed. Throws where there is none,
 * and DataDirInUse where somebody is just starting or stopping it.
 */
export async function openEmbeddedDatabase(dataDir: string): Promise<OpenDatabase> {
  const homeDir = join(dataDir, 'postgres');
  const clusterDir = join(placeOf(homeDir), 'cluster');
  if (!existsSync(join(clusterDir, 'PG_VERSION'))) throw new Error(`There is no database in ${dataDir}; set DATA_DIR or DATABASE_URL.`);
  const running = readPostmasterFile(clusterDir);
  if (running?.state === 'ready' && isAlive(running.pid)) return { url: urlOf(homeDir), close: () => Promise.resolve() };
  const lock = await lockDataDir(dataDir);
  const server = await startEmbeddedPostgres({ homeDir });
  return {
    url: server.url(DATABASE),
    async close() {
      await server.stop(STOP_GRACE_MS);
      lock.release();
    },
  };
}

function urlOf(homeDir: string): string {
  const { socketDir, password, portFile } = prepareClusterHome(homeDir, serverUser());
  const url = new URL(`postgres://${OWNER}@127.0.0.1:${readFileSync(portFile, 'utf8').trim()}/${DATABASE}`);
  url.password = password;
  if (socketDir) url.searchParams.set('host', socketDir);
  return url.toString();
}
