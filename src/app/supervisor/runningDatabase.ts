import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config';
import { DATABASE, OWNER } from './embeddedPostgres';

/** The owner's connection string of the configured database, else of the embedded one that `npm start` runs; null where none was ever started. */
export function databaseUrlOf({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): string | null {
  if (databaseUrl !== null) return databaseUrl;
  const [port, password] = ['port', 'password'].map((file) => contentOf(join(dataDir, 'postgres', file)));
  return port && password ? `postgres://${OWNER}:${password}@127.0.0.1:${port}/${DATABASE}` : null;
}

function contentOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}
