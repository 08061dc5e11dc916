import { join } from 'node:path';
import type pg from 'pg';
import type { Metrics } from '../../http/metrics';
import type { ReadinessReport } from '../../http/readinessReport';
import type { OverloadGate } from '../../intake/overloadGate';
import type { Clock } from '../../kernel/clock';
import type { Doorbell } from '../../queue/ingestionQueue';
import type { InboxWriter } from '../../storage/inboxWriter';
import { poolUse } from '../../storage/pool';
import { readWorkBacklogs } from '../../storage/statements/readWorkBacklogs';
import type { PipelinedConnections } from '../../storage/workspaceConnections';
import type { ProcessConfig } from '../processLife';
import { placeOf } from '../supervisor/clusterHome';
import { operationsPool } from './operationsPool';
import { Readiness } from './readiness';
import { databaseCheck, diskCheck, migrationsCheck, queueCheck } from './readinessChecks';
import { watchBacklogs, watchPools } from './systemMetrics';

export interface WatchedApi {
  readonly config: ProcessConfig;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly gate: OverloadGate;
  readonly doorbell: Doorbell;
  readonly pool: pg.Pool;
  readonly writer: InboxWriter;
  readonly connections: PipelinedConnections;
  readonly reportConnections: PipelinedConnections;
}

export interface Watch {
  /** Whether the process is ready. */
  report(): Promise<ReadinessReport>;
  stop(): Promise<void>;
}

/** What an API process tells of itself and of what waits, and whether it is ready. */
export function watchApi(watched: WatchedApi): Watch {
  const { config, clock, metrics, gate, doorbell, pool, writer, connections, reportConnections } = watched;
  const own = operationsPool(config.databaseUrl);
  metrics.watchProcess();
  watchPools(metrics.registry, {
    transactions: () => poolUse(pool),
    inbox: () => writer.use,
    pages: () => connections.use,
    reports: () => reportConnections.use,
  });
  watchBacklogs(metrics.registry, {
    inbox: () => gate.total,
    work: (nowMs) => readWorkBacklogs(own, nowMs),
    queue: () => doorbell.jobs(),
    clock,
  });
  // Without its queue an API process takes messages in all the same; they are found when the workers sweep.
  const checks = [databaseCheck(own), migrationsCheck(own), queueCheck(() => doorbell.jobs(), true)];
  const readiness = new Readiness([...checks, ...diskChecks(config)], clock);
  return { report: () => readiness.report(), stop: () => own.end() };
}

/** Whose disk it is that a database elsewhere writes to is not known here. */
export function diskChecks({ isEmbedded, dataDir }: Pick<ProcessConfig, 'isEmbedded' | 'dataDir'>) {
  return isEmbedded ? [diskCheck(placeOf(join(dataDir, 'postgres')))] : [];
}
