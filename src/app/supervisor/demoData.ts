import type pg from 'pg';
import { newUuidV7 } from '../../kernel/uuid';
import { appPool, ownerPool } from '../../storage/pool';
import { demoWriteKeys } from '../bootstrap';
import { claimDemo, finishDemo } from '../demo/demoMark';
import { defineDemoSegments } from '../demo/demoSegments';
import { loadDemo } from '../demo/loadDemo';
import { progressBar } from '../demo/progressBar';
import { segmentDesk } from '../segments/segmentDesk';
import { newKey } from './developmentKeys';
import type { RunningSystem } from './supervisor';

/**
 * Tells an empty workspace the demo company's year, through the front door, or goes on where an earlier start was interrupted.
 * Resolves at once where the workspace has its demo data or anything else in it.
 */
export async function fillWithDemo(system: RunningSystem, nowMs: number, signal: AbortSignal): Promise<void> {
  const pool = ownerPool(connectionOf(system));
  try {
    const mark = await claimDemo(pool, system.workspaceId, nowMs);
    if (mark && !mark.done) await tell(pool, system, mark.nowMs, signal);
  } finally {
    await pool.end();
  }
}

async function tell(pool: pg.Pool, system: RunningSystem, nowMs: number, signal: AbortSignal): Promise<void> {
  const writeKeys = await demoWriteKeys(pool, system.workspaceId, { newKey: () => newKey('tl_write_'), nowMs });
  const bar = progressBar(process.stdout, 'Demo data');
  const onProgress = ({ fraction, messages }: { fraction: number; messages: number }) =>
    bar.show(fraction, `${messages.toLocaleString('en')} messages`);
  try {
    await loadDemo({ baseUrl: system.address, writeKeys, nowMs, signal, onProgress });
    // Before autovacuum comes by, PostgreSQL takes the tables for empty, and ways through them that take seconds.
    await pool.query('analyze (skip_locked)');
    await defineSegments(system, nowMs);
    await finishDemo(pool, system.workspaceId);
  } finally {
    bar.end();
  }
}

/** As people define them: behind the walls, while messages are still being processed. */
async function defineSegments(system: RunningSystem, nowMs: number): Promise<void> {
  const pool = appPool(connectionOf(system));
  const newId = () => newUuidV7(Date.now());
  try {
    await defineDemoSegments(segmentDesk(pool, newId), system.workspaceId, newId, nowMs);
  } finally {
    await pool.end();
  }
}

function connectionOf({ databaseUrl }: RunningSystem) {
  return {
    databaseUrl,
    maxConnections: 1,
    statementTimeoutMs: 60_000,
    applicationName: 'throughline demo',
    onConnectionLost: () => undefined,
  };
}
