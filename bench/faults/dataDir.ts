import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeOf } from '../../src/app/supervisor/clusterHome';

/** A new, empty DATA_DIR. */
export function newDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'throughline-faults-'));
}

/** With the cluster, which lives elsewhere where root's server cannot get below the folder. */
export function removeDataDir(dataDir: string): void {
  for (const folder of [placeOf(join(dataDir, 'postgres')), dataDir]) rmSync(folder, { recursive: true, force: true });
}
