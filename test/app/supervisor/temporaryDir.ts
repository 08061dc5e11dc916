import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A new, empty folder, closed to other accounts like any of mkdtemp's; `removeTemporaryDirs` in an afterAll takes it away. */
export function temporaryDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'throughline-dir-'));
  made.push(dir);
  return dir;
}

export function removeTemporaryDirs(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}
