import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, startMark } from './processIdentity';

/** Who holds a data directory. */
export interface LockHolder {
  readonly pid: number;
  /** Tells the holder from a later process with the same id. */
  readonly startMark: string | null;
  /** Where it answers; null until it does. */
  readonly address: string | null;
  /** It drains and will be gone within seconds. */
  readonly stopping: boolean;
}

export class DataDirInUse extends Error {
  constructor(
    readonly dataDir: string,
    readonly holder: LockHolder,
  ) {
    const where = holder.address ? ` at ${holder.address}` : '';
    super(
      `Throughline is running already on ${dataDir}${where} (process ${holder.pid}). ` +
        'Stop it first, or set DATA_DIR (and PORT) to start another one beside it.',
    );
    this.name = 'DataDirInUse';
  }
}

export interface DataDirLock {
  /** Lets a second start tell its user where to look. */
  announce(address: string): void;
  /** Lets a second start wait for this one's end. */
  announceStop(): void;
  release(): void;
}

const STOP_PATIENCE_MS = 12_000;
/** A take-over that is older than this was itself killed midway. */
const TAKE_OVER_MS = 3_000;

/**
 * Takes the data directory for this process, or throws DataDirInUse. A lock whose process is gone (kill -9, a crash, a restart
 * of the machine) is taken over; of several that try at the same moment one gets it.
 */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'supervisor.lock');
  for (const startedAt = Date.now(); ; await sleep(50)) {
    const holder = await takeOrReadHolder(file);
    if (!holder) break;
    if (!holder.stopping || Date.now() - startedAt > STOP_PATIENCE_MS) throw new DataDirInUse(dataDir, holder);
  }
  return {
    announce: (address) => write(file, { address, stopping: false }),
    announceStop: () => write(file, { address: null, stopping: true }),
    release: () => rmSync(file, { force: true }),
  };
}

/** Who holds the data directory just now; null where nobody does, or who did is gone. */
export function dataDirHolder(dataDir: string): LockHolder | null {
  const holder = readHolder(join(dataDir, 'supervisor.lock'));
  return holder && isStillThere(holder) ? holder : null;
}

/** Null when the lock is this process's now. */
async function takeOrReadHolder(file: string): Promise<LockHolder | null> {
  const takeOver = `${file}.taking`;
  while (!tryMkdir(takeOver)) {
    if (ageMs(takeOver) > TAKE_OVER_MS) rmSync(takeOver, { recursive: true, force: true });
    else await sleep(20);
  }
  try {
    const holder = readHolder(file);
    if (holder && isStillThere(holder)) return holder;
    write(file, { address: null, stopping: false });
    return null;
  } finally {
    rmSync(takeOver, { recursive: true, force: true });
  }
}

function write(file: string, state: Pick<LockHolder, 'address' | 'stopping'>): void {
  const holder: LockHolder = { pid: process.pid, startMark: startMark(process.pid), ...state };
  writeFileSync(`${file}.new`, JSON.stringify(holder));
  renameSync(`${file}.new`, file);
}

function readHolder(file: string): LockHolder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockHolder;
  } catch {
    return null;
  }
}

function isStillThere(holder: LockHolder): boolean {
  if (holder.pid === process.pid || !isAlive(holder.pid)) return false;
  return holder.startMark === null || startMark(holder.pid) === holder.startMark;
}

function tryMkdir(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function ageMs(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
