import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Clock, NewId } from '../kernel/clock';
import { newUuidV7 } from '../kernel/uuid';
import { Doorbell, startIngestionWorker } from '../queue/ingestionQueue';
import { closeInTime } from '../queue/queueConnection';
import { pipelinedPool } from '../storage/pool';
import { announceChanges } from '../storage/statements/announceChanges';
import { interestedTypes } from '../storage/statements/recordChanges';
import { textSentiment } from '../timeline/sentiment/textSentiment';
import { startActivation } from './activation/startActivation';
import { AuditSealing } from './audit/auditSealing';
import { startEvaluation } from './experience/startEvaluation';
import { joinByMatch } from './matching/decideMatch';
import { learnInThread } from './matching/learnInThread';
import { Matching } from './matching/matching';
import { ModelTraining } from './matching/modelTraining';
import { FaultLog } from './operations/faultLog';
import { startTracing } from './operations/startTracing';
import type { Tracing } from './operations/tracing';
import { watchWorker } from './operations/watchWorker';
import { type DeliveryOutcome, WorkerMetrics } from './operations/workerMetrics';
import type { ErasingOptions } from './privacy/erasing';
import { ErasureLoop } from './privacy/erasureLoop';
import { Retaining } from './privacy/retaining';
import type { BatchReport } from './processing/batchReport';
import { Ingestion } from './processing/ingestion';
import type { ProcessConfig, RunningProcess } from './processLife';
import { queueStoreOf } from './queueStore';
import { repeatedly } from './repeatedly';
import { ChangeUpkeep } from './segments/changeUpkeep';
import { startFollowing } from './segments/startFollowing';
import { readVaderLexicon } from './sentiment/readVaderLexicon';
import { TouchUpkeep } from './touches/touchUpkeep';

/** Workspaces that one process works for at the same time. */
const CONCURRENCY = 4;
const STATEMENT_TIMEOUT_MS = 60_000;
const SWEEP_MS = 1_000;
/** Within what a supervisor waits for. */
const CLOSE_MS = 4_000;

/** A worker process: takes jobs off the queue and works off the inbox, and sweeps for what the queue has lost. Is at work when it resolves. */
export async function startIngestionProcess(config: ProcessConfig, log: Logger, clock: Clock): Promise<RunningProcess> {
  const pool = openPool(config, log);
  const store = queueStoreOf(config);
  const metrics = new WorkerMetrics();
  const onError = faultsOf(log, clock, metrics);
  const { tracing, stop: stopTracing } = await startTracing(config, 'worker');
  const doorbell = new Doorbell(store, onError);
  const newId = () => newUuidV7(clock());
  const sentimentOf = textSentiment(readVaderLexicon());
  const matching = matchingOf(pool, clock, newId, onError);
  const onBatch = (batch: BatchReport) => {
    noteBatch(batch, log, metrics, tracing);
    following.ring(batch.workspaceId);
    evaluation.ring(batch.workspaceId);
  };
  const ingestion = new Ingestion({ pool, doorbell, clock, newId, matching, sentimentOf, onBatch });
  await doorbell.connected();
  const isBusy = (workspaceId: number) => ingestion.isBusy(workspaceId);
  const following = startFollowing({ pool, clock, newId, interestedTypes, isBehind: (id) => ingestion.isBehind(id), onError });
  const onEvaluated = (workspaceId: number) => following.ring(workspaceId);
  const onTold = (workspaceId: number) => void announceChanges(pool, workspaceId).catch(onError);
  const evaluation = await startEvaluation({ pool, store, clock, newId, sentimentOf, isBusy, onEvaluated, onTold, onError });
  const worker = await startIngestionWorker(store, (job) => ingestion.process(job), { concurrency: CONCURRENCY, onError });
  const onOutcome = (outcome: DeliveryOutcome) => metrics.noteDelivery(outcome);
  const activation = await startActivation({ config, clock, chance: Math.random, onError, onOutcome });
  const sweep = repeatedly(SWEEP_MS, () => ingestion.sweep().catch(onError));
  const upkeep = startUpkeep({ pool, clock, newId }, onError);
  const watch = await watchWorker({ config, clock, metrics, doorbell, pool, pools: activation.pools, onFault: onError });
  return {
    async stop() {
      ingestion.stop();
      await watch.stop();
      await Promise.all([
        sweep.stop(),
        upkeep.stop(),
        evaluation.stop(),
        following.stop(),
        activation.stop(),
        closeInTime(worker, CLOSE_MS),
      ]);
      await doorbell.close();
      await Promise.all([pool.end(), stopTracing()]);
    },
  };
}

function matchingOf(pool: Pool, clock: Clock, newId: NewId, onError: (error: unknown) => void): Matching {
  const training = new ModelTraining({ pool, clock, train: learnInThread, onError });
  return new Matching({
    pool,
    clock,
    newId,
    training,
    join: (workspaceId, candidateId) => joinByMatch({ pool, clock, newId }, workspaceId, candidateId),
  });
}

function faultsOf(log: Logger, clock: Clock, metrics: WorkerMetrics): (error: unknown) => void {
  const faults = new FaultLog(log, clock);
  return (error) => {
    metrics.noteFault(error);
    faults.warn(error, 'the queue or a job failed; what was not done will be done again');
  };
}

function noteBatch(batch: BatchReport, log: Logger, metrics: WorkerMetrics, tracing: Tracing | null): void {
  const { workspaceId, messages, duplicates, deadLetters, lagMs } = batch;
  log.debug({ workspaceId, messages, duplicates, deadLetters, lagMs }, 'batch');
  metrics.noteBatch(batch);
  tracing?.noteBatch(batch);
}

/** Of what grows with every batch, and of what is to go. */
function startUpkeep(options: ErasingOptions, onError: (error: Error) => void): { stop(): Promise<void> } {
  const parts = [TouchUpkeep, ChangeUpkeep, AuditSealing, ErasureLoop, Retaining].map((Part) => new Part(options));
  const sweep = repeatedly(SWEEP_MS, async () => {
    for (const part of parts) await part.run().catch(onError);
  });
  return {
    stop() {
      for (const part of parts) part.stop();
      return sweep.stop();
    },
  };
}

/**
 * For each workspace worked for, three connections of its lane, one of its evaluation and one of its follower; one for noting what was not asked about
 * before, three for the sweeps.
 */
function openPool(config: ProcessConfig, log: Logger): Pool {
  return pipelinedPool({
    databaseUrl: config.databaseUrl,
    maxConnections: 5 * CONCURRENCY + 4,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    applicationName: 'throughline worker',
    onConnectionLost: (error) => log.warn({ err: error }, 'a connection broke'),
  });
}
