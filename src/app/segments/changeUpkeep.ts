import type { Pool } from 'pg';
import type { Clock } from '../../kernel/clock';
import { type ChangeAges, deleteOldChanges, loadPendingChangeUpkeep } from '../../storage/statements/deleteOldChanges';
import { inWorkspace } from '../../storage/workspaceTransaction';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Notes are kept for so long after they came, once they are followed. */
const NOTES_MS = MINUTE_MS;
/** A client that reconnects is told what it missed of the last hour. */
const CHANGES_MS = 2 * HOUR_MS;
/** Longer than signs of friction are told of after they were found (see `frictionToTell`). */
const TOLD_MS = 48 * HOUR_MS;
/** Rows of each kind that one step deletes at most. */
const STEP_ROWS = 1_000;
/** A run ends with the step that is under way by then; what is left is for the next one. */
const RUN_BUDGET_MS = 300;

export interface ChangeUpkeepOptions {
  /** Of the role throughline_app. */
  readonly pool: Pool;
  readonly clock: Clock;
}

/** Deletes notes that were followed, and changes that everybody was told, once they are old. Any number of processes may be at it. */
export class ChangeUpkeep {
  private isStopping = false;

  constructor(private readonly options: ChangeUpkeepOptions) {}

  /** Some steps, where there are any to do. */
  async run(): Promise<void> {
    const { pool, clock } = this.options;
    const untilMs = clock() + RUN_BUDGET_MS;
    for (const workspaceId of await loadPendingChangeUpkeep(pool, agesAt(clock()))) {
      while (!(await this.step(workspaceId)) && !this.isOver(untilMs));
      if (this.isOver(untilMs)) return;
    }
  }

  /** Lets a run end after its current step. */
  stop(): void {
    this.isStopping = true;
  }

  /** One step in one transaction. Answers whether nothing is left to do. */
  step(workspaceId: number): Promise<boolean> {
    const { pool, clock } = this.options;
    return inWorkspace(pool, workspaceId, 'changes', async (client) => {
      return (await deleteOldChanges(client, workspaceId, agesAt(clock()), STEP_ROWS)) < STEP_ROWS;
    });
  }

  private isOver(untilMs: number): boolean {
    return this.isStopping || this.options.clock() >= untilMs;
  }
}

function agesAt(nowMs: number): ChangeAges {
  return { notesBeforeMs: nowMs - NOTES_MS, changesBeforeMs: nowMs - CHANGES_MS, toldBeforeMs: nowMs - TOLD_MS };
}
