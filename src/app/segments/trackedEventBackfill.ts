import type { Pool } from 'pg';
import { backfillTrackedEvent } from '../../storage/segments/backfillTrackedEvent';
import { nextUnreadyTrackedEvent, settleTrackedEvent, takeTrackedEventBackfill } from '../../storage/statements/settleTrackedEvent';
import { inWorkspace } from '../../storage/workspaceTransaction';

/** Somebody stopped asking while it was being noted: what was noted is rolled back. */
class NobodyAsks extends Error {}

/**
 * Notes what came before somebody asked, of the next tracked event that is not ready, in one transaction that holds up neither batches nor who changes
 * definitions; killed, it has done nothing and is done again. Batches note what came since. Answers whether none is left to do here: all are ready, or
 * another process is at it, one after the other in each workspace. Ten million interactions take some minutes.
 */
export async function backfillNext(pool: Pool, workspaceId: number): Promise<boolean> {
  try {
    return await inWorkspace(pool, workspaceId, 'changes', async (client) => {
      if (!(await takeTrackedEventBackfill(client, workspaceId))) return true;
      const next = await nextUnreadyTrackedEvent(client, workspaceId);
      if (next === null) return true;
      await backfillTrackedEvent(client, workspaceId, next.trackedEventId, next.tracked);
      if (!(await settleTrackedEvent(client, workspaceId, next))) throw new NobodyAsks('A tracked event was dropped meanwhile.');
      return (await nextUnreadyTrackedEvent(client, workspaceId)) === null;
    });
  } catch (error) {
    if (error instanceof NobodyAsks) return false;
    throw error;
  }
}
