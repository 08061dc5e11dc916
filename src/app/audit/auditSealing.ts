import type { Pool } from 'pg';
import type { Clock } from '../../kernel/clock';
import { sealAuditEntries, workspacesWithUnsealedAudit } from '../../storage/statements/sealAuditEntries';
import { inWorkspace } from '../../storage/workspaceTransaction';

/** So many entries one step seals at most. */
const STEP_ENTRIES = 500;
/** A run ends with the step that is under way by then; what is left is for the next one. */
const RUN_BUDGET_MS = 300;

export interface AuditSealingOptions {
  /** Of the role throughline_app. */
  readonly pool: Pool;
  readonly clock: Clock;
}

/**
 * Chains entries of the audit log some moments after they were written, so that nobody who writes one waits for anybody else who does. Any number of
 * processes may be at it.
 */
export class AuditSealing {
  private isStopping = false;

  constructor(private readonly options: AuditSealingOptions) {}

  /** Some steps, where there are any to do. */
  async run(): Promise<void> {
    const { pool, clock } = this.options;
    const untilMs = clock() + RUN_BUDGET_MS;
    for (const workspaceId of await workspacesWithUnsealedAudit(pool)) {
      while ((await this.step(workspaceId)) === STEP_ENTRIES && !this.isOver(untilMs));
      if (this.isOver(untilMs)) return;
    }
  }

  /** Lets a run end after its current step. */
  stop(): void {
    this.isStopping = true;
  }

  /** One step in one transaction. Answers how many entries it sealed. */
  step(workspaceId: number): Promise<number> {
    return inWorkspace(this.options.pool, workspaceId, 'changes', (client) => sealAuditEntries(client, STEP_ENTRIES));
  }

  private isOver(untilMs: number): boolean {
    return this.isStopping || this.options.clock() >= untilMs;
  }
}
