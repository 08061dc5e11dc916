import type { Pool } from 'pg';
import type { Clock, NewId } from '../../kernel/clock';
import type { QueueStore } from '../../queue/queueConnection';
import { closeInTime } from '../../queue/queueConnection';
import { startValueModelWorker, ValueModelSchedule } from '../../queue/valueModelQueue';
import { loadPendingExperience } from '../../storage/statements/loadExperienceWork';
import type { TextSentiment } from '../../timeline/sentiment/textSentiment';
import { repeatedly } from '../repeatedly';
import { fitInThread } from '../valueModel/fitInThread';
import { ValueModelFitting } from '../valueModel/valueModelFitting';
import { Evaluating } from './evaluating';
import { EvaluationLoop } from './evaluationLoop';

const SWEEP_MS = 1_000;
/** Within what a supervisor waits for. */
const CLOSE_MS = 2_000;

export interface EvaluationOptions {
  readonly store: QueueStore;
  /** Of the role throughline_app, pipelined. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly sentimentOf: TextSentiment;
  /** Whether messages of the workspace are being processed by this process. */
  readonly isBusy: (workspaceId: number) => boolean;
  /** Something of the workspace was evaluated. */
  readonly onEvaluated: (workspaceId: number) => void;
  /** Changes of the workspace are on disk that others are to be told of. */
  readonly onTold?: (workspaceId: number) => void;
  readonly onError: (error: Error) => void;
}

export interface RunningEvaluation {
  /** A batch of the workspace was written. */
  ring(workspaceId: number): void;
  stop(): Promise<void>;
}

/**
 * Evaluates behind the batches of this process, and whatever else is found due in a sweep; fits models of value to what was evaluated. Is at work when it
 * resolves.
 */
export async function startEvaluation(options: EvaluationOptions): Promise<RunningEvaluation> {
  const { pool, clock, newId, store, sentimentOf, isBusy, onEvaluated, onTold, onError } = options;
  const fitting = new ValueModelFitting({ pool, clock, learn: fitInThread });
  const schedule = new ValueModelSchedule(store, onError);
  const worker = await startValueModelWorker(store, (workspaceId) => fitting.fit(workspaceId), onError);
  const evaluating = new Evaluating({ pool, clock, newId, sentimentOf, ...(onTold && { onTold }), onError });
  const onDone = async (workspaceId: number) => {
    await schedule.everyDay(workspaceId);
    if (await fitting.hasGrown(workspaceId)) await schedule.now(workspaceId);
  };
  const loop = new EvaluationLoop({
    step: async (workspaceId) => {
      const isDone = await evaluating.step(workspaceId);
      onEvaluated(workspaceId);
      return isDone;
    },
    onDone,
    pending: () => loadPendingExperience(pool, clock()),
    isBusy,
    clock,
    onError,
  });
  const sweepAll = async () => {
    await loop.sweep();
    for (const workspaceId of fitting.toLookAt()) await onDone(workspaceId);
  };
  const sweep = repeatedly(SWEEP_MS, () => sweepAll().catch(onError));
  return {
    ring: (workspaceId) => loop.ring(workspaceId),
    async stop() {
      await sweep.stop();
      await loop.stop();
      await Promise.all([closeInTime(worker, CLOSE_MS), closeInTime(schedule, CLOSE_MS)]);
    },
  };
}
