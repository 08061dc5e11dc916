import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The account PostgreSQL runs as where Throughline itself runs as root, which PostgreSQL refuses to do. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** Below this folder root keeps what the server's account must reach and cannot where it was meant to be. */
const PLACE_FOR_ALL = '/var/lib/throughline';

/** Null when this process is not root and the server simply runs as the same user. Makes the account `postgres` when there is none. */
export function serverUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  return lookUp() ?? create();
}

function lookUp(): ServerUser | null {
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] })));
    return uid !== undefined && gid !== undefined ? { uid, gid } : null;
  } catch {
    return null;
  }
}

function create(): ServerUser {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], {
      stdio: 'pipe',
    });
  } catch (cause) {
    throw new Error(
      'PostgreSQL does not run as root, and the account "postgres" for it could not be created. ' +
        'Start Throughline as an ordinary user, create that account, or set DATABASE_URL to a PostgreSQL of yours.',
      { cause },
    );
  }
  const user = lookUp();
  if (!user) throw new Error('The account "postgres" was created but cannot be found.');
  return user;
}

/** True when `user` may pass through every folder above `path`. */
export function canReach(user: ServerUser, path: string): boolean {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const stat = existsSync(folder) ? statSync(folder) : null;
    if (stat && !maySearch(user, stat)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function maySearch(user: ServerUser, stat: { readonly uid: number; readonly gid: number; readonly mode: number }): boolean {
  if (stat.uid === user.uid) return (stat.mode & 0o100) !== 0;
  if (stat.gid === user.gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}

/** The binaries where `user` can run them: where they are, or a copy that every clone on this machine uses. */
export function reachableBinaries(user: ServerUser | null, binariesDir: string, version: string): string {
  if (!user || canReach(user, join(binariesDir, 'bin'))) return binariesDir;
  const copy = join(PLACE_FOR_ALL, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${randomBytes(6).toString('hex')}`;
  mkdirSync(PLACE_FOR_ALL, { recursive: true, mode: 0o755 });
  cpSync(binariesDir, unfinished, { recursive: true, verbatimSymlinks: true, filter: (source) => !source.endsWith('.a') });
  chmodSync(unfinished, 0o755);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

/** A new, empty place for a cluster that `user` can reach, made because `wanted` is behind a closed folder. */
export function newReachablePlace(): string {
  const place = join(PLACE_FOR_ALL, `data-${randomBytes(8).toString('hex')}`);
  mkdirSync(place, { recursive: true, mode: 0o755 });
  return place;
}
