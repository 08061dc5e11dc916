import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../kernel/clock';

export interface EvaluationLoopOptions {
  /** One step for a workspace; answers whether nothing is left that is due. */
  readonly step: (workspaceId: number) => Promise<boolean>;
  /** The workspaces that have something due. */
  readonly pending: () => Promise<readonly number[]>;
  /** Whether messages of the workspace are being processed by this process. */
  readonly isBusy: (workspaceId: number) => boolean;
  readonly clock: Clock;
  readonly onError: (error: Error) => void;
}

/** Batches within this time are evaluated together. */
const GATHER_MS = 100;
/** Where messages wait, evaluating takes one part of the time in so many; what is due then is evaluated once for all that came meanwhile. */
const PARTS = 6;
/** With such a pause, what a batch adds is still evaluated within a second. */
const LONGEST_PAUSE_MS = 750;

/** Evaluates beside the lanes of a process, one step after the other in each workspace. */
export class EvaluationLoop {
  private readonly running = new Map<number, Promise<void>>();
  /** Workspaces that were rung for while they were worked on. */
  private readonly rung = new Set<number>();
  private isStopping = false;

  constructor(private readonly options: EvaluationLoopOptions) {}

  /** There may be something due. */
  ring(workspaceId: number): void {
    if (this.isStopping) return;
    this.rung.add(workspaceId);
    if (this.running.has(workspaceId)) return;
    this.running.set(
      workspaceId,
      this.run(workspaceId).catch((error) => this.fail(workspaceId, error)),
    );
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

  private async run(workspaceId: number): Promise<void> {
    const { clock, step, isBusy } = this.options;
    await pause(GATHER_MS);
    while (!this.isStopping) {
      this.rung.delete(workspaceId);
      const startedAtMs = clock();
      const isDone = await step(workspaceId);
      if (isDone && !this.rung.has(workspaceId)) break;
      const pauseMs = isBusy(workspaceId) ? Math.min(LONGEST_PAUSE_MS, (clock() - startedAtMs) * (PARTS - 1)) : 0;
      await pause(isDone ? Math.max(GATHER_MS, pauseMs) : pauseMs);
    }
    this.running.delete(workspaceId);
  }

  /** What was not done is still due, and swept for. */
  private fail(workspaceId: number, error: Error): void {
    this.running.delete(workspaceId);
    this.options.onError(error);
  }
}
