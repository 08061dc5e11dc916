import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './processIdentity';

const FAST_SHUTDOWN_MS = 20_000;

export interface PostmasterFile {
  readonly pid: number;
  /** `ready` once connections are accepted. */
  readonly state: string;
}

/** What a server says of itself in its data directory: line 1 is its process id, line 8 its state (pg_ctl reads the same lines). */
export function readPostmasterFile(clusterDir: string): PostmasterFile | null {
  try {
    const lines = readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), state: (lines[7] ?? '').trim() };
  } catch {
    return null;
  }
}

/**
 * Ends a server that an earlier run left behind on this data directory: fast shutdown, and when that takes too long an
 * immediate one, which loses nothing either. A stale file, whose process id belongs to something else by now, is left to PostgreSQL.
 */
export async function stopLeftOverServer(clusterDir: string): Promise<void> {
  const file = readPostmasterFile(clusterDir);
  if (!file || !isPostgres(file.pid)) return;
  process.kill(file.pid, 'SIGINT');
  if (await endsWithin(file.pid, FAST_SHUTDOWN_MS)) return;
  process.kill(file.pid, 'SIGQUIT');
  await endsWithin(file.pid, FAST_SHUTDOWN_MS);
}

async function endsWithin(pid: number, ms: number): Promise<boolean> {
  for (const startedAt = Date.now(); Date.now() - startedAt < ms; await sleep(20)) {
    if (!isAlive(pid)) return true;
  }
  return false;
}

/** Where /proc is missing the process id alone has to do. */
function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return process.platform !== 'linux';
  }
}
