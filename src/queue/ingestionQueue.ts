import type { Queue, Worker } from 'bullmq';
import { askInTime, closeInTime, firstConnection, openQueue, openWorker, type QueueStore } from './queueConnection';

export const INGESTION_QUEUE = 'ingestion';

/** A job says which part of a workspace's inbox to process, never what is in it. Positions are decimal strings. */
export interface IngestionJob {
  readonly workspaceId: number;
  readonly from: string;
  readonly to: string;
}

/** Rings of one workspace within this time become one job: a commit rings at once, those that follow wait for the next ring. */
const RING_INTERVAL_MS = 20;

/** A ring that the queue has not taken by then is followed by the next one nevertheless. */
const ANSWER_MS = 5_000;

/** How long a doorbell that is closed waits for a queue that does not answer; what was not queued is found in the inbox. */
const CLOSE_MS = 1_000;

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
  /** Workspaces whose last ring the queue has not taken yet: one that is away is rung every five seconds at most. */
  private readonly ringing = new Set<number>();
  private readonly ringingAgain = new Set<number>();
  private counting: Promise<Record<string, number>> | null = null;

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
    if (!this.timers.has(workspaceId) && !this.ringing.has(workspaceId)) void this.queuePending(workspaceId);
  }

  /** Past the rule of one job a workspace, for a range that nobody seems to work on. */
  ringAgain(workspaceId: number, from: bigint, to: bigint): void {
    if (this.ringingAgain.has(workspaceId)) return;
    this.ringingAgain.add(workspaceId);
    const job = { workspaceId, from: String(from), to: String(to) };
    const ringing = this.queue.add('process', job, { removeOnComplete: true, removeOnFail: true });
    void ringing.catch(this.onError).finally(() => this.ringingAgain.delete(workspaceId));
  }

  /** By state; of a queue that can't be reached this is known when it can be again. Whoever asks meanwhile waits for the same answer. */
  jobs(): Promise<Record<string, number>> {
    this.counting ??= this.queue.getJobCounts('waiting', 'active', 'delayed', 'failed').finally(() => {
      this.counting = null;
    });
    return this.counting;
  }

  async close(): Promise<void> {
    for (const timer of this.timers.values()) clearTimeout(timer);
    const close = async () => {
      await Promise.all([...this.pending.keys()].map((workspaceId) => this.queuePending(workspaceId)));
      await this.queue.close();
    };
    await closeInTime({ close }, CLOSE_MS);
  }

  private async queuePending(workspaceId: number): Promise<void> {
    const range = this.pending.get(workspaceId);
    this.pending.delete(workspaceId);
    this.timers.delete(workspaceId);
    if (!range) return;
    this.timers.set(workspaceId, setTimeout(() => this.rest(workspaceId), RING_INTERVAL_MS).unref());
    const job = { workspaceId, from: String(range.from), to: String(range.to) };
    const deduplication = { id: `workspace-${workspaceId}`, keepLastIfActive: true };
    this.ringing.add(workspaceId);
    const added = this.queue.add('process', job, { deduplication, removeOnComplete: true, removeOnFail: true }).catch(this.onError);
    await askInTime(added, ANSWER_MS);
    this.ringing.delete(workspaceId);
    if (!this.timers.has(workspaceId)) void this.queuePending(workspaceId);
  }

  /** The interval is over; where the queue has not taken the last ring by then, it is rung for when it has. */
  private rest(workspaceId: number): void {
    this.timers.delete(workspaceId);
    if (!this.ringing.has(workspaceId)) void this.queuePending(workspaceId);
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
