import type { Queue, Worker } from 'bullmq';
import { askInTime, firstConnection, openQueue, openWorker, type QueueStore } from './queueConnection';

const VALUE_MODEL_QUEUE = 'value-model';
/** Nobody who evaluates waits longer for the queue. */
const ANSWER_MS = 1_000;
const DAY_MS = 86_400_000;
/** Fitting may take so long before another worker thinks it is lost; what is lost is done again. */
const LOCK_MS = 30_000;

export interface ValueModelJob {
  readonly workspaceId: number;
}

const GONE_WHEN_DONE = { removeOnComplete: true, removeOnFail: true } as const;

/** Says which workspaces' models of value are to be fitted, and when. Never throws: what could not be said is said again. */
export class ValueModelSchedule {
  private readonly queue: Queue<ValueModelJob>;
  /** Workspaces whose schedule this process has seen to. */
  private readonly scheduled = new Set<number>();

  constructor(
    store: QueueStore,
    private readonly onError: (error: Error) => void,
  ) {
    this.queue = openQueue<ValueModelJob>(VALUE_MODEL_QUEUE, store);
    this.queue.on('error', onError);
  }

  /** At once and every day from then on. A workspace that is scheduled already keeps its hour. */
  async everyDay(workspaceId: number): Promise<void> {
    if (this.scheduled.has(workspaceId)) return;
    this.scheduled.add(workspaceId);
    const job = { name: 'fit', data: { workspaceId }, opts: GONE_WHEN_DONE };
    const asked = this.queue.upsertJobScheduler(`workspace-${workspaceId}`, { every: DAY_MS }, job).catch((error) => {
      this.scheduled.delete(workspaceId);
      this.onError(error);
    });
    await askInTime(asked, ANSWER_MS);
  }

  /** Once more, as soon as there is time; asked several times before that, once. */
  async now(workspaceId: number): Promise<void> {
    const deduplication = { id: `workspace-${workspaceId}` };
    const asked = this.queue.add('fit', { workspaceId }, { deduplication, ...GONE_WHEN_DONE }).catch(this.onError);
    await askInTime(asked, ANSWER_MS);
  }

  close(): Promise<void> {
    return this.queue.close();
  }
}

/** Hands one workspace after the other to `fitModel`. A fit that throws is gone until its next day. */
export async function startValueModelWorker(
  store: QueueStore,
  fitModel: (workspaceId: number) => Promise<void>,
  onError: (error: Error) => void,
): Promise<Worker<ValueModelJob>> {
  const worker = openWorker<ValueModelJob>(VALUE_MODEL_QUEUE, store, (job) => fitModel(job.data.workspaceId), {
    autorun: false,
    concurrency: 1,
    lockDuration: LOCK_MS,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  });
  worker.on('error', onError);
  worker.on('failed', (_job, error) => onError(error));
  await firstConnection(store, worker);
  worker.run().catch(onError);
  return worker;
}
