import type { Queue, Worker } from 'bullmq';
import { firstConnection, openQueue, openWorker, type QueueStore } from './queueConnection';

export const INGESTION_QUEUE = 'ingestion';

/** A job says which part of a workspace's inbox to process, never what is in it. Positions are decimal strings. */
export interface IngestionJob {
  readonly workspaceId: number;
  readonly from: string;
  readonly to: string;
}

/** Rings of one workspace within this time become one job: a commit rings at once, those that follow wait for the next ring. */
const RING_INTERVAL_MS = 20;

/** A worker that died is noticed within this time, and its job given to another. */
const LOCK_MS = 4000;

interface Range {
  from: bigint;
  to: bigint;
}

/**
 * The doorbell: tells the workers that there is something in the inbox. At most one job of a workspace is active and one is waiting,
 * so that a busy inbox costs a few jobs a second. Never throws and is never waited for: a ring that is lost is made up by the sweep.
 */
export class Doorbell {
  private readonly queue: Queue<IngestionJob>;
  private readonly pending = new Map<number, Range>();
  private readonly timers = new Map<number, NodeJS.Timeout>();

  constructor(
    private readonly store: QueueStore,
    private readonly onError: (error: Error) => void,
  ) {
    this.queue = openQueue<IngestionJob>(INGESTION_QUEUE, store);
    this.queue.on('error', onError);
  }

  /** Rejects where the queue can't be reached and never will be by this doorbell. */
  connected(): Promise<void> {
    return firstConnection(this.store, this.queue);
  }

  ring(workspaceId: number, from: bigint, to: bigint): void {
    const known = this.pending.get(workspaceId);
    this.pending.set(
      workspaceId,
      known ? { from: from < known.from ? from : known.from, to: to > known.to ? to : known.to } : { from, to },
    );
    if (!this.timers.has(workspaceId)) void this.queuePending(workspaceId);
  }

  /** Past the rule of one job a workspace, for a range that nobody seems to work on. */
  ringAgain(workspaceId: number, from: bigint, to: bigint): void {
    const job = { workspaceId, from: String(from), to: String(to) };
    this.queue.add('process', job, { removeOnComplete: true, removeOnFail: true }).catch(this.onError);
  }

  /** By state; of a queue that can't be reached this is known when it can be again. */
  jobs(): Promise<Record<string, number>> {
    return this.queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
  }

  async close(): Promise<void> {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const workspaceId of [...this.pending.keys()]) await this.queuePending(workspaceId);
    await this.queue.close();
  }

  private async queuePending(workspaceId: number): Promise<void> {
    const range = this.pending.get(workspaceId);
    this.pending.delete(workspaceId);
    this.timers.delete(workspaceId);
    if (!range) return;
    this.timers.set(workspaceId, setTimeout(() => void this.queuePending(workspaceId), RING_INTERVAL_MS).unref());
    const job = { workspaceId, from: String(range.from), to: String(range.to) };
    const deduplication = { id: `workspace-${workspaceId}`, keepLastIfActive: true };
    await this.queue.add('process', job, { deduplication, removeOnComplete: true, removeOnFail: true }).catch(this.onError);
  }
}

/**
 * Hands each job's range to `process`; several at once, of different workspaces. A job that throws is gone: the sweep rings for it again.
 * Rejects where the queue can't be reached and never will be by this worker.
 */
export async function startIngestionWorker(
  store: QueueStore,
  process: (job: IngestionJob) => Promise<void>,
  options: { concurrency: number; onError: (error: Error) => void },
): Promise<Worker<IngestionJob>> {
  const worker = openWorker<IngestionJob>(INGESTION_QUEUE, store, (job) => process(job.data), {
    autorun: false,
    concurrency: options.concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: LOCK_MS / 2,
    maxStalledCount: 1000,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  });
  worker.on('error', options.onError);
  worker.on('failed', (_job, error) => options.onError(error));
  await firstConnection(store, worker);
  worker.run().catch(options.onError);
  return worker;
}
