import type { Pool } from 'pg';
import { pipelinedPool } from '../../storage/pool';

/** A check that takes longer has failed anyway. */
const STATEMENT_TIMEOUT_MS = 2_000;

/**
 * Connections for whoever asks how things are, opened when somebody does: that everybody else's are in use is no reason to be taken for dead, and one that
 * the server does not answer on is given up on. One that breaks is told by the next answer.
 */
export function operationsPool(databaseUrl: string): Pool {
  const limits = { maxConnections: 2, statementTimeoutMs: STATEMENT_TIMEOUT_MS };
  return pipelinedPool({ databaseUrl, ...limits, applicationName: 'throughline operations', onConnectionLost: () => undefined });
}
