import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../kernel/clock';

export interface EvaluationLoopOptions {
  /** One step for a workspace; answers whether nothing is left that is due. */
  readonly step: (workspaceId: number) => Promise<boolean>;
  /** Everything that was due in the workspace has been evaluated. */
  readonly onDone: (workspaceId: number) => Promise<void>;
  /** The workspaces that have something due. */
  readonly pending: () => Promise<readonly number[]>;
  /** Whether messages of the workspace wait for this process, so that there is no time to lose. */
  readonly isBusy: (workspaceId: number) => boolean;
  readonly clock: Clock;
  readonly onError: (error: Error) => void;
  /** (Default: EVALUATION_PACE) */
  readonly pace?: LoopPace;
}

export interface LoopPace {
  /** Batches within this time are evaluated together. */
  readonly gatherMs: number;
  /** Workspaces at the same time; each takes a connection. */
  readonly atOnce: number;
  /** Where messages wait, evaluating takes one part of the time in so many; what is due then is evaluated once for all that came meanwhile. */
  readonly parts: number;
  readonly longestPauseMs: number;
  /** Whether a pause ends as soon as no messages wait any more. (Default: no) */
  readonly isEager?: boolean;
}

/** With such a pause, what a batch adds is still evaluated within a second. */
const EVALUATION_PACE: LoopPace = { gatherMs: 100, atOnce: 4, parts: 6, longestPauseMs: 750 };

/** How often an eager pause looks whether messages still wait. */
const EAGER_MS = 10;

/** Evaluates beside the lanes of a process, one step after the other in each workspace. */
export class EvaluationLoop {
  private readonly running = new Map<number, Promise<void>>();
  /** Workspaces that have something due, as far as is known; the first come first. */
  private readonly rung = new Set<number>();
  private isStopping = false;
  private readonly pace: LoopPace;

  constructor(private readonly options: EvaluationLoopOptions) {
    this.pace = options.pace ?? EVALUATION_PACE;
  }

  /** There may be something due. */
  ring(workspaceId: number): void {
    this.rung.add(workspaceId);
    this.startNext();
  }

  /** Rings for whatever is due: what the clock wakes, what decisions marked, and what was left by processes that died. */
  async sweep(): Promise<void> {
    for (const workspaceId of await this.options.pending()) this.ring(workspaceId);
  }

  /** Resolves when the steps under way are done. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.running.values());
  }

  private startNext(): void {
    for (const workspaceId of this.rung) {
      if (this.isStopping || this.running.size >= this.pace.atOnce) return;
      if (!this.running.has(workspaceId)) this.running.set(workspaceId, this.runAlone(workspaceId));
    }
  }

  /** What a step that failed has not done is still due, and swept for. */
  private async runAlone(workspaceId: number): Promise<void> {
    try {
      await this.run(workspaceId);
    } catch (error) {
      this.options.onError(error as Error);
    }
    this.running.delete(workspaceId);
    this.startNext();
  }

  private async run(workspaceId: number): Promise<void> {
    const { clock, step, onDone, isBusy } = this.options;
    const { gatherMs, parts, longestPauseMs } = this.pace;
    await pause(gatherMs);
    while (!this.isStopping) {
      this.rung.delete(workspaceId);
      const startedAtMs = clock();
      const isDone = await step(workspaceId);
      if (isDone) await onDone(workspaceId);
      if (isDone && !this.rung.has(workspaceId)) return;
      const pauseMs = isBusy(workspaceId) ? Math.min(longestPauseMs, (clock() - startedAtMs) * (parts - 1)) : 0;
      await this.rest(workspaceId, isDone ? gatherMs : 0, pauseMs);
    }
  }

  private async rest(workspaceId: number, leastMs: number, mostMs: number): Promise<void> {
    if (!this.pace.isEager) return pause(Math.max(leastMs, mostMs));
    await pause(leastMs);
    for (let left = mostMs - leastMs; left > 0 && !this.isStopping && this.options.isBusy(workspaceId); left -= EAGER_MS) {
      await pause(Math.min(left, EAGER_MS));
    }
  }
}
