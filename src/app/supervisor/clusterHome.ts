import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { canReach, newReachablePlace, type ServerUser } from './serverUser';

/** Where one embedded PostgreSQL keeps its things. */
export interface ClusterHome {
  /** PostgreSQL's own data directory. */
  readonly clusterDir: string;
  /** Holds the unix socket; null where no path short enough can be had. */
  readonly socketDir: string | null;
  readonly logFile: string;
  /** Remembers the port of the last start. */
  readonly portFile: string;
  readonly password: string;
}

/** A unix socket's path may hold 103 bytes on macOS and 107 on Linux; the file in it is called `.s.PGSQL.<port>.lock` at most. */
const LONGEST_SOCKET_DIR = 80;

/**
 * Makes or finds the home below `wantedDir`. Where `user` cannot get there (a clone below /root, say), the cluster itself
 * lives elsewhere and the file `location` in `wantedDir` says where, so that deleting `wantedDir` still starts anew.
 */
export function prepareClusterHome(wantedDir: string, user: ServerUser | null): ClusterHome {
  const here = resolve(wantedDir);
  mkdirSync(here, { recursive: true, mode: 0o711 });
  const dir = locate(here, user);
  return {
    clusterDir: makeOwned(join(dir, 'cluster'), user),
    socketDir: socketDirIn(dir, user),
    logFile: join(here, 'postgres.log'),
    portFile: join(here, 'port'),
    password: readOrWrite(join(here, 'password'), () => randomBytes(24).toString('base64url')),
  };
}

/** The folder a home's cluster and socket are in: itself, unless it was moved to where the server's account can reach it. */
export function placeOf(homeDir: string): string {
  const pointer = join(resolve(homeDir), 'location');
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : resolve(homeDir);
}

function locate(here: string, user: ServerUser | null): string {
  if (user && placeOf(here) === here && !canReach(user, join(here, 'cluster'))) writeFileSync(join(here, 'location'), newReachablePlace());
  return placeOf(here);
}

function socketDirIn(dir: string, user: ServerUser | null): string | null {
  if (process.platform === 'win32') return null;
  const candidates = [join(dir, 'run'), join(tmpdir(), `throughline-${Buffer.from(dir).toString('base64url').slice(-16)}`)];
  const short = candidates.find((candidate) => Buffer.byteLength(candidate) <= LONGEST_SOCKET_DIR && !candidate.includes(','));
  return short ? makeOwned(short, user) : null;
}

function makeOwned(dir: string, user: ServerUser | null): string {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (user) chownSync(dir, user.uid, user.gid);
  return dir;
}

function readOrWrite(file: string, make: () => string): string {
  if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
