import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '../kernel/clock';
import { newUuidV7 } from '../kernel/uuid';
import { Doorbell, startIngestionWorker } from '../queue/ingestionQueue';
import { pipelinedPool } from '../storage/pool';
import { announceChanges } from '../storage/statements/announceChanges';
import { interestedTypes } from '../storage/statements/recordChanges';
import { textSentiment } from '../timeline/sentiment/textSentiment';
import { startActivation } from './activation/startActivation';
import { startEvaluation } from './experience/startEvaluation';
import { joinByMatch } from './matching/decideMatch';
import { learnInThread } from './matching/learnInThread';
import { Matching } from './matching/matching';
import { ModelTraining } from './matching/modelTraining';
import type { ErasingOptions } from './privacy/erasing';
import { ErasureLoop } from './privacy/erasureLoop';
import { Retaining } from './privacy/retaining';
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

/** A worker process: takes jobs off the queue and works off the inbox, and sweeps for what the queue has lost. Is at work when it resolves. */
export async function startIngestionProcess(config: ProcessConfig, log: Logger, clock: Clock): Promise<RunningProcess> {
  const pool = openPool(config, log);
  const store = queueStoreOf(config);
  const onError = (error: Error) => log.warn({ err: error }, 'the queue or a job failed; what was not done will be done again');
  const doorbell = new Doorbell(store, onError);
  const newId = () => newUuidV7(clock());
  const sentimentOf = textSentiment(readVaderLexicon());
  const matching = new Matching({
    pool,
    clock,
    newId,
    training: new ModelTraining({ pool, clock, train: learnInThread, onError }),
    join: (workspaceId, candidateId) => joinByMatch({ pool, clock, newId }, workspaceId, candidateId),
  });
  const ingestion = new Ingestion({
    pool,
    doorbell,
    clock,
    newId,
    matching,
    sentimentOf,
    onBatch: (batch) => {
      log.debug(batch, 'batch');
      following.ring(batch.workspaceId);
      evaluation.ring(batch.workspaceId);
    },
  });
  await doorbell.connected();
  const isBusy = (workspaceId: number) => ingestion.isBusy(workspaceId);
  const following = startFollowing({ pool, clock, newId, interestedTypes, isBehind: (id) => ingestion.isBehind(id), onError });
  const onEvaluated = (workspaceId: number) => following.ring(workspaceId);
  const onTold = (workspaceId: number) => void announceChanges(pool, workspaceId).catch(onError);
  const evaluation = await startEvaluation({ pool, store, clock, newId, sentimentOf, isBusy, onEvaluated, onTold, onError });
  const worker = await startIngestionWorker(store, (job) => ingestion.process(job), { concurrency: CONCURRENCY, onError });
  const activation = await startActivation({ config, clock, chance: Math.random, onError });
  const sweep = repeatedly(SWEEP_MS, () => ingestion.sweep().catch(onError));
  const upkeep = startUpkeep({ pool, clock, newId }, onError);
  return {
    async stop() {
      ingestion.stop();
      await Promise.all([sweep.stop(), upkeep.stop(), evaluation.stop(), following.stop(), activation.stop()]);
      await worker.close();
      await doorbell.close();
      await pool.end();
    },
  };
}

/** Of what grows with every batch, and of what is to go. */
function startUpkeep(options: ErasingOptions, onError: (error: Error) => void): { stop(): Promise<void> } {
  const parts = [new TouchUpkeep(options), new ChangeUpkeep(options), new ErasureLoop(options), new Retaining(options)];
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
