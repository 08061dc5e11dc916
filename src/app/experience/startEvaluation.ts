import type { Pool } from 'pg';
import type { Clock } from '../../kernel/clock';
import { loadPendingExperience } from '../../storage/statements/loadExperienceWork';
import { textSentiment } from '../../timeline/sentiment/textSentiment';
import { repeatedly } from '../repeatedly';
import { readVaderLexicon } from '../sentiment/readVaderLexicon';
import { Evaluating } from './evaluating';
import { EvaluationLoop } from './evaluationLoop';

const SWEEP_MS = 1_000;

export interface EvaluationOptions {
  /** Of the role throughline_app, pipelined. */
  readonly pool: Pool;
  readonly clock: Clock;
  /** Whether messages of the workspace are being processed by this process. */
  readonly isBusy: (workspaceId: number) => boolean;
  readonly onError: (error: Error) => void;
}

export interface RunningEvaluation {
  /** A batch of the workspace was written. */
  ring(workspaceId: number): void;
  stop(): Promise<void>;
}

/** Evaluates behind the batches of this process, and whatever else is found due in a sweep. */
export function startEvaluation({ pool, clock, isBusy, onError }: EvaluationOptions): RunningEvaluation {
  const evaluating = new Evaluating({ pool, clock, sentimentOf: textSentiment(readVaderLexicon()) });
  const loop = new EvaluationLoop({
    step: (workspaceId) => evaluating.step(workspaceId),
    pending: () => loadPendingExperience(pool, clock()),
    isBusy,
    clock,
    onError,
  });
  const sweep = repeatedly(SWEEP_MS, () => loop.sweep().catch(onError));
  return {
    ring: (workspaceId) => loop.ring(workspaceId),
    async stop() {
      await sweep.stop();
      await loop.stop();
    },
  };
}
