import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** True while a process with this id exists, whoever owns it; one that has ended and waits to be reaped does not count. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return statusFields(pid)?.[0] !== 'Z';
}

/** Tells a process from a later one with the same id: when it was started, in the system's own words. Null when that cannot be known. */
export function startMark(pid: number): string | null {
  const ticks = statusFields(pid)?.[19];
  if (ticks) return ticks;
  try {
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null
    );
  } catch {
    return null;
  }
}

/** The fields of /proc/<pid>/stat after the name (proc(5)): the state first, the start time in clock ticks at index 19. */
function statusFields(pid: number): readonly string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
