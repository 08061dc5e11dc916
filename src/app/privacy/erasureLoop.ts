import { loadPendingErasures } from '../../storage/privacy/erasures';
import { isOvertaken } from '../../storage/workspaceTransaction';
import { Erasing, type ErasingOptions } from './erasing';

/** A run ends with the step that is under way by then; what is left is for the next one. */
const RUN_BUDGET_MS = 2_000;

/** Carries on erasures that are under way, whoever began them. Any number of processes may be at it. */
export class ErasureLoop {
  private readonly erasing: Erasing;
  private isStopping = false;

  constructor(private readonly options: ErasingOptions) {
    this.erasing = new Erasing(options);
  }

  async run(): Promise<void> {
    const { pool, clock } = this.options;
    const untilMs = clock() + RUN_BUDGET_MS;
    for (const { workspaceId, erasureId } of await loadPendingErasures(pool)) {
      while (!this.isStopping && clock() < untilMs && (await this.goesOn(workspaceId, erasureId)));
    }
  }

  /** Lets a run end after its current step. */
  stop(): void {
    this.isStopping = true;
  }

  private async goesOn(workspaceId: number, erasureId: string): Promise<boolean> {
    try {
      return (await this.erasing.step(workspaceId, erasureId)) === 'MORE';
    } catch (error) {
      if (isOvertaken(error)) return true;
      throw error;
    }
  }
}
