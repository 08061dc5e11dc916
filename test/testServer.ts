import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { placeOf } from '../src/app/supervisor/clusterHome';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/app/supervisor/embeddedPostgres';
import { stopLeftOverServer } from '../src/app/supervisor/postmasterFile';
import { isAlive } from '../src/app/supervisor/processIdentity';
import { createDatabase } from '../src/storage/createDatabase';
import { migrate } from '../src/storage/migrate';

/** Handed to the test processes: the owner's connection string of the template database. */
export const TEMPLATE_URL = 'THROUGHLINE_TEST_TEMPLATE_URL';
const PREFIX = 'throughline-test-';

/** Test data need not survive a crash of the machine. */
const SETTINGS = { fsync: 'off', full_page_writes: 'off', shared_buffers: '128MB', max_wal_size: '1GB' };

interface Running {
  readonly server: EmbeddedPostgres | null;
  readonly dir: string | null;
  readonly template: string;
  readonly url: string;
}
let running: Running | null = null;

/** On the server of TEST_DATABASE_URL (any database of it) when that is set, else on an embedded one of its own. */
export async function startTestServer(): Promise<void> {
  const given = process.env['TEST_DATABASE_URL'];
  running = given ? useServer(given) : await embed();
  await createDatabase(running.url, running.template);
  const templateUrl = withDatabase(running.url, running.template);
  await migrate(templateUrl);
  process.env[TEMPLATE_URL] = templateUrl;
}

export async function stopTestServer(): Promise<void> {
  if (!running) return;
  if (running.server) await running.server.stop(5_000);
  else await dropAll(running.url, running.template);
  if (running.dir) removeHome(running.dir);
}

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
}

function useServer(url: string): Running {
  return { server: null, dir: null, template: `throughline_test_${process.pid}`, url };
}

async function embed(): Promise<Running> {
  await removeLeftOvers();
  const dir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // Root's server runs under an account of its own, which must get there.
  chmodSync(dir, 0o711);
  const server = await startEmbeddedPostgres({ homeDir: dir, settings: SETTINGS });
  process.once('exit', () => {
    if (isAlive(server.pid)) process.kill(server.pid, 'SIGQUIT');
  });
  return { server, dir, template: `throughline_test_${process.pid}`, url: server.url('postgres') };
}

/** Servers of runs that were killed. */
async function removeLeftOvers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const owner = Number(name.slice(PREFIX.length).split('-')[0]);
    const dir = join(tmpdir(), name);
    if (isAlive(owner) || statSync(dir).uid !== process.getuid?.()) continue;
    await stopLeftOverServer(join(placeOf(dir), 'cluster'));
    removeHome(dir);
  }
}

function removeHome(dir: string): void {
  for (const folder of [placeOf(dir), dir]) rmSync(folder, { recursive: true, force: true });
}

async function dropAll(url: string, template: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>('select d.datname from pg_database d where starts_with(d.datname, $1)', [
    template,
  ]);
  for (const row of rows) await client.query(`drop database ${pg.escapeIdentifier(row.datname)} with (force)`);
  await client.end();
}
