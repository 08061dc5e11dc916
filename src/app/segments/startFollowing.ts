import type { Pool } from 'pg';
import type { Clock, NewId } from '../../kernel/clock';
import { loadPendingSegments } from '../../storage/statements/segmentProgress';
import { EvaluationLoop, type EvaluationLoopOptions, type LoopPace } from '../experience/evaluationLoop';
import { repeatedly } from '../repeatedly';
import { Computing } from './computing';
import { Following, type FollowingOptions } from './following';
import { SoleWriter } from './soleWriter';
import { backfillNext } from './trackedEventBackfill';

const SWEEP_MS = 1_000;
/** Nearer to the batches than evaluating is: within a second of what was accepted, others have been told, as long as batches keep up themselves; until then they come first. */
const FOLLOWING_PACE: LoopPace = { gatherMs: 20, atOnce: 4, parts: 20, longestPauseMs: 10_000, isEager: true };
/** One pass over a timeline at a time. */
const BACKFILL_PACE: LoopPace = { gatherMs: 0, atOnce: 1, parts: 1, longestPauseMs: 0 };

export interface FollowingProcessOptions extends Pick<FollowingOptions, 'interestedTypes'> {
  /** Of the role throughline_app, pipelined. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Whether more messages of the workspace come than this process gets done: then these come first. */
  readonly isBehind: (workspaceId: number) => boolean;
  readonly onError: (error: Error) => void;
}

export interface RunningFollowing {
  /** A batch of the workspace was written, or an evaluation. */
  ring(workspaceId: number): void;
  stop(): Promise<void>;
}

/**
 * Follows behind the batches and evaluations of this process, and whatever else is found in a sweep: what the clock wakes, what people decide and define.
 * Between steps new segments are computed; beside them, what they ask about is noted from before.
 */
export function startFollowing(options: FollowingProcessOptions): RunningFollowing {
  const { pool, clock, newId, isBehind, onError } = options;
  const writer = new SoleWriter(pool);
  const following = new Following({ ...options, writer });
  const computing = new Computing({ writer, clock, newId });
  const pending = () => loadPendingSegments(pool, clock());
  const shared: Omit<EvaluationLoopOptions, 'step' | 'pace' | 'onDone'> = { pending, isBusy: isBehind, clock, onError };
  const loop = new EvaluationLoop({
    ...shared,
    step: async (workspaceId) => (await following.step(workspaceId)) && (await computing.step(workspaceId)),
    onDone: () => Promise.resolve(),
    pace: FOLLOWING_PACE,
  });
  const backfill = new EvaluationLoop({
    ...shared,
    step: (workspaceId) => backfillNext(pool, workspaceId),
    onDone: async (workspaceId) => loop.ring(workspaceId),
    pace: BACKFILL_PACE,
  });
  const sweepAll = async () => {
    for (const workspaceId of await pending()) {
      loop.ring(workspaceId);
      backfill.ring(workspaceId);
    }
  };
  const sweep = repeatedly(SWEEP_MS, () => sweepAll().catch(onError));
  return {
    ring: (workspaceId) => loop.ring(workspaceId),
    async stop() {
      await sweep.stop();
      await Promise.all([loop.stop(), backfill.stop()]);
    },
  };
}
