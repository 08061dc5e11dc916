import type { ClientBase, Pool } from 'pg';
import type { Clock } from '../../kernel/clock';
import { mergeTouchChunks } from '../../measures/touches/rewriteChunks';
import { encodeTouchChunk } from '../../measures/touches/touchChunk';
import { advanceTouchBackfill, takeBackfillPage } from '../../storage/statements/backfillTouches';
import { insertTouchChunk } from '../../storage/statements/insertTouchChunk';
import { loadPendingTouches, takeTouchChunks } from '../../storage/statements/mergeTouchChunks';
import { send } from '../../storage/statements/statement';
import { inWorkspace } from '../../storage/workspaceTransaction';

/** Interactions looked at in one step; as many as a large chunk holds. */
const PAGE_INTERACTIONS = 50_000;
/** A run ends with the step that is under way by then; what is left is for the next one. */
const RUN_BUDGET_MS = 500;

export interface TouchUpkeepOptions {
  /** Of the role throughline_app. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly pageInteractions?: number;
}

/**
 * Puts interactions from before there were chunks of touches into some, and merges the many small chunks that batches leave behind. Any number of processes
 * may be at it: each step takes what it replaces in its own transaction, so every touch stays there exactly once.
 */
export class TouchUpkeep {
  private stopping = false;

  constructor(private readonly options: TouchUpkeepOptions) {}

  /** Some steps, where there are any to do. */
  async run(): Promise<void> {
    const untilMs = this.options.clock() + RUN_BUDGET_MS;
    for (const workspaceId of await this.pending()) {
      while (!(await this.step(workspaceId)) && !this.isOver(untilMs));
      if (this.isOver(untilMs)) return;
    }
  }

  /** Lets a run end after its current step. */
  stop(): void {
    this.stopping = true;
  }

  /** One step in one transaction. Answers whether nothing is left to do. */
  step(workspaceId: number): Promise<boolean> {
    return inWorkspace(this.options.pool, workspaceId, 'changes', async (client) => {
      return !((await this.backfill(client, workspaceId)) || (await merge(client, workspaceId)));
    });
  }

  private async backfill(client: ClientBase, workspaceId: number): Promise<boolean> {
    const page = await takeBackfillPage(client, workspaceId, this.options.pageInteractions ?? PAGE_INTERACTIONS);
    if (page === null) return false;
    if (page.touches.length > 0) {
      const { statement, values } = insertTouchChunk(workspaceId, encodeTouchChunk(page.touches), 0);
      await send(client, statement, values);
    }
    await advanceTouchBackfill(client, workspaceId, page);
    return true;
  }

  private async pending(): Promise<readonly number[]> {
    const client = await this.options.pool.connect();
    try {
      return await loadPendingTouches(client);
    } finally {
      client.release();
    }
  }

  private isOver(untilMs: number): boolean {
    return this.stopping || this.options.clock() >= untilMs;
  }
}

/** Answers whether there was anything to merge. */
async function merge(client: ClientBase, workspaceId: number): Promise<boolean> {
  const taken = await takeTouchChunks(client, workspaceId);
  const [first] = taken;
  if (!first) return false;
  const { statement, values } = insertTouchChunk(workspaceId, mergeTouchChunks(taken), first.level + 1);
  await send(client, statement, values);
  return true;
}
