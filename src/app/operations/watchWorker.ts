import type pg from 'pg';
import { createOperationsServer } from '../../http/createOperationsServer';
import type { Clock } from '../../kernel/clock';
import type { Doorbell } from '../../queue/ingestionQueue';
import { type PoolUse, poolUse } from '../../storage/pool';
import type { ProcessConfig } from '../processLife';
import { operationsPool } from './operationsPool';
import { Readiness } from './readiness';
import { databaseCheck, laneCheck, migrationsCheck, queueCheck } from './readinessChecks';
import { watchPools } from './systemMetrics';
import { diskChecks } from './watchApi';
import type { WorkerMetrics } from './workerMetrics';

export interface WatchedWorker {
  readonly config: ProcessConfig;
  readonly clock: Clock;
  readonly metrics: WorkerMetrics;
  readonly doorbell: Doorbell;
  readonly pool: pg.Pool;
  readonly pools: Readonly<Record<string, () => PoolUse>>;
  /** Told of what is a fault of the server, and that the port is taken. */
  readonly onFault: (error: unknown) => void;
}

/** Answers /metrics, /readyz and /healthz at METRICS_PORT, where one is set. A port that is taken keeps nobody from working. */
export async function watchWorker(watched: WatchedWorker): Promise<{ stop(): Promise<void> }> {
  const { config, clock, metrics, doorbell, pool, pools, onFault } = watched;
  if (config.metricsPort === null) return { stop: () => Promise.resolve() };
  const own = operationsPool(config.databaseUrl);
  metrics.watchProcess();
  watchPools(metrics.registry, { work: () => poolUse(pool), ...pools });
  const checks = [databaseCheck(own), migrationsCheck(own), queueCheck(() => doorbell.jobs(), false), laneCheck(own, clock)];
  const readiness = new Readiness([...checks, ...diskChecks(config)], clock);
  const { metricsToken } = config;
  const server = createOperationsServer({ metrics, metricsToken, readiness: () => readiness.report(), onFault });
  await server.listen({ host: config.host, port: config.metricsPort }).catch(onFault);
  return {
    async stop() {
      await server.close();
      await own.end();
    },
  };
}
