import { loadPendingErasures } from '../../storage/privacy/erasures';
import { Erasing, type ErasingOptions } from './erasing';

/** A run ends with the steps that are under way by then; what is left is for the next one. */
const RUN_BUDGET_MS = 2_000;

/** Carries on erasures that are under way, whoever began them. Any number of processes may be at it. */
export class ErasureLoop {
  private readonly erasing: Erasing;
  private isStopping = false;

  constructor(private readonly options: ErasingOptions) {
    this.erasing = new Erasing(options);
  }

  /** At least one step of each. One that fails holds up no other; throws the first failure in the end. */
  async run(): Promise<void> {
    const { pool, clock } = this.options;
    const untilMs = clock() + RUN_BUDGET_MS;
    const failures: unknown[] = [];
    for (const { workspaceId, erasureId } of await loadPendingErasures(pool)) {
      if (this.isStopping) break;
      await this.carryOn(workspaceId, erasureId, untilMs).catch((error) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  /** Lets a run end after its current step. */
  stop(): void {
    this.isStopping = true;
  }

  private async carryOn(workspaceId: number, erasureId: string, untilMs: number): Promise<void> {
    while ((await this.erasing.step(workspaceId, erasureId)) === 'MORE' && !this.isStopping && this.options.clock() < untilMs);
  }
}
