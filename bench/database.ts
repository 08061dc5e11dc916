import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { placeOf } from '../src/app/supervisor/clusterHome';
import { startEmbeddedPostgres } from '../src/app/supervisor/embeddedPostgres';
import { createDatabase } from '../src/storage/createDatabase';
import { migrate } from '../src/storage/migrate';
import { ownerPool } from '../src/storage/pool';

export interface BenchDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

/** A migrated database on the server of BENCH_DATABASE_URL, else on one of its own with the settings `npm start` uses: every commit durable. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  const given = process.env['BENCH_DATABASE_URL'];
  if (given) {
    await migrate(given);
    return { url: given, stop: () => Promise.resolve() };
  }
  const dir = mkdtempSync(join(tmpdir(), 'throughline-bench-'));
  chmodSync(dir, 0o711);
  const server = await startEmbeddedPostgres({ homeDir: dir });
  await createDatabase(server.url('postgres'), 'bench');
  const url = server.url('bench');
  await migrate(url);
  return {
    url,
    async stop() {
      await server.stop(10_000);
      for (const folder of [placeOf(dir), dir]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a benchmark on a database of its own, with a connection of the owner, and takes both away whatever comes of it. */
export async function withBenchDatabase(run: (url: string, owner: pg.Pool) => Promise<void>): Promise<void> {
  const database = await startBenchDatabase();
  const owner = ownerPool({
    databaseUrl: database.url,
    maxConnections: 1,
    statementTimeoutMs: 0,
    applicationName: 'bench',
    onConnectionLost: () => undefined,
  });
  try {
    await run(database.url, owner);
  } finally {
    await owner.end();
    await database.stop();
  }
}
