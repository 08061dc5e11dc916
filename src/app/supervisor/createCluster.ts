import { execFile } from 'node:child_process';
import { chownSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ClusterHome } from './clusterHome';
import { postgresProgram } from './postgresBinaries';
import type { ServerUser } from './serverUser';

export interface ClusterPlan {
  readonly binariesDir: string;
  readonly home: ClusterHome;
  readonly user: ServerUser | null;
  /** The name of the superuser to create. */
  readonly owner: string;
}

/**
 * Collation is PostgreSQL's built-in C.UTF-8, the same on every machine. The locale of the C library only decides which characters
 * are letters to pg_trgm; plain C knows ASCII alone, so it is the last to be tried.
 */
const LOCALES = ['C.UTF-8', 'en_US.UTF-8', 'C'];

/** Nothing of the caller's PG… and LC_… variables may reach PostgreSQL. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], TZ: 'UTC', LC_ALL: 'C' };
}

/** Makes the cluster unless there is one. A run that is killed midway leaves nothing that a later one would take for a cluster. */
export async function createCluster(plan: ClusterPlan): Promise<void> {
  const { clusterDir } = plan.home;
  if (existsSync(join(clusterDir, 'PG_VERSION')) && existsSync(join(clusterDir, 'global', 'pg_control'))) return;
  const failures: unknown[] = [];
  for (const locale of LOCALES) {
    try {
      await initialise(plan, locale);
      return;
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, `The embedded PostgreSQL could not make its data directory ${clusterDir}: ${String(failures.at(-1))}`);
}

async function initialise(plan: ClusterPlan, locale: string): Promise<void> {
  const { clusterDir, password } = plan.home;
  const unfinished = join(clusterDir, 'unfinished');
  const passwordFile = join(clusterDir, 'first-password');
  for (const entry of readdirSync(clusterDir)) rmSync(join(clusterDir, entry), { recursive: true, force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (plan.user) chownSync(passwordFile, plan.user.uid, plan.user.gid);
  const flags = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', `--locale=${locale}`];
  await promisify(execFile)(
    postgresProgram(plan.binariesDir, 'initdb'),
    [`--pgdata=${unfinished}`, `--username=${plan.owner}`, `--pwfile=${passwordFile}`, ...flags],
    { ...plan.user, cwd: clusterDir, env: serverEnvironment() },
  );
  rmSync(passwordFile);
  for (const entry of readdirSync(unfinished)) renameSync(join(unfinished, entry), join(clusterDir, entry));
  rmSync(unfinished, { recursive: true });
}
