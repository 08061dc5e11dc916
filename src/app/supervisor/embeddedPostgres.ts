import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClusterHome, prepareClusterHome } from './clusterHome';
import { createCluster, serverEnvironment } from './createCluster';
import { choosePort } from './listenPort';
import { binariesVersion, findPostgresBinaries, postgresProgram } from './postgresBinaries';
import { readPostmasterFile, stopLeftOverServer } from './postmasterFile';
import { reachableBinaries, type ServerUser, serverUser } from './serverUser';

export interface EmbeddedPostgresOptions {
  /** Holds the password, the log and, when the server's account can reach it, the cluster. */
  readonly homeDir: string;
  /** Server settings by name, over the defaults below. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A running server, child of this process. */
export interface EmbeddedPostgres {
  readonly pid: number;
  /** The owner's connection string for a database of this server; the unix socket where there is one, else 127.0.0.1. */
  url(database: string): string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /**
   * Fast shutdown: ends the connections and writes a checkpoint. After `graceMs` an immediate one, which loses nothing but makes the
   * next start replay the log. Calling it again waits for the same end.
   */
  stop(graceMs: number): Promise<void>;
}

const OWNER = 'throughline';
const MEGABYTE = 2 ** 20;
const START_ATTEMPTS = 4;
const START_TIMEOUT_MS = 120_000;

/** Commits stay durable: nothing here touches fsync, full_page_writes or synchronous_commit. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  max_connections: '200',
  shared_buffers: `${Math.round(Math.min(1024, Math.max(128, totalmem() / MEGABYTE / 8)))}MB`,
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  wal_buffers: '16MB',
  autovacuum_naptime: '10s',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // An error may quote the value at fault, and our processes log its code themselves: nothing of a customer is to stand in the server's log.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** Starts the server of `homeDir`: makes its cluster when there is none, replaces a server that an earlier run left behind. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = serverUser();
  const found = findPostgresBinaries();
  const binariesDir = reachableBinaries(user, found, binariesVersion(found));
  const home = prepareClusterHome(options.homeDir, user);
  await createCluster({ binariesDir, home, user, owner: OWNER });
  await stopLeftOverServer(home.clusterDir);
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(home.portFile);
    const child = launch(binariesDir, home, user, { ...SETTINGS, ...options.settings, port: String(port) });
    if (await becomesReady(child, home)) return running(child, home, port);
    if (attempt === START_ATTEMPTS) throw new Error(`The embedded PostgreSQL did not start. ${endOfLog(home)}`);
    await sleep(attempt * 300);
  }
}

function running(child: ChildProcess, home: ClusterHome, port: number): EmbeddedPostgres {
  const ended = hasEnded(child) ? Promise.resolve() : new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const host = home.socketDir ? `?host=${encodeURIComponent(home.socketDir)}` : '';
  return {
    pid: child.pid as number,
    url: (database) => `postgres://${OWNER}:${home.password}@127.0.0.1:${port}/${database}${host}`,
    ended,
    stop: (graceMs) => stop(child, ended, graceMs),
  };
}

/** In a process group of its own, so that Ctrl-C in a terminal does not take the database away from workers that still drain. */
function launch(binariesDir: string, home: ClusterHome, user: ServerUser | null, settings: Readonly<Record<string, string>>): ChildProcess {
  const flags = Object.entries({ ...settings, unix_socket_directories: home.socketDir ?? '' });
  if (existsSync(home.logFile)) renameSync(home.logFile, `${home.logFile}.previous`);
  const log = openSync(home.logFile, 'a', 0o600);
  const program = postgresProgram(binariesDir, 'postgres');
  const child = spawn(program, ['-D', home.clusterDir, ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
    ...user,
    cwd: home.clusterDir,
    env: serverEnvironment(),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  child.once('error', () => undefined);
  return child;
}

/** False when it ends instead, as it does while the connections of a killed server still hold its shared memory. */
async function becomesReady(child: ChildProcess, home: ClusterHome): Promise<boolean> {
  for (const startedAt = Date.now(); Date.now() - startedAt < START_TIMEOUT_MS; await sleep(10)) {
    const file = readPostmasterFile(home.clusterDir);
    if (file?.pid === child.pid && file?.state === 'ready') return true;
    if (hasEnded(child)) return false;
  }
  child.kill('SIGQUIT');
  return false;
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function stop(child: ChildProcess, ended: Promise<void>, graceMs: number): Promise<void> {
  child.kill('SIGINT');
  const tooLate = setTimeout(() => child.kill('SIGQUIT'), graceMs);
  await ended;
  clearTimeout(tooLate);
}

function endOfLog(home: ClusterHome): string {
  const lines = readFileSync(home.logFile, 'utf8').trim().split('\n');
  return `Its log ${home.logFile} ends with:\n${lines.slice(-8).join('\n')}`;
}
