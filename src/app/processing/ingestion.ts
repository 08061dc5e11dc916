import type { ClientBase, Pool } from 'pg';
import type { Clock, NewId } from '../../kernel/clock';
import type { Doorbell, IngestionJob } from '../../queue/ingestionQueue';
import { loadPendingMatching } from '../../storage/statements/loadMatchWork';
import { loadPendingRanges, type PendingRange } from '../../storage/statements/loadPendingRanges';
import { loadPendingRuleChanges } from '../../storage/statements/loadPendingRuleChanges';
import type { TextSentiment } from '../../timeline/sentiment/textSentiment';
import type { Matching } from '../matching/matching';
import type { BatchReport } from './batchReport';
import { Lane } from './lane';
import { withLaneConnections } from './laneConnections';
import { loadSettings } from './loadSettings';

/** A job gives way to others after this time; the rest of its range is queued anew. */
const JOB_BUDGET_MS = 2000;
/** Messages that come meanwhile wait for so long, and for the step that is under way. */
const MATCHING_BUDGET_MS = 100;
const REMEMBERED_IDENTIFIERS = 250_000;
/** A range that stands at the head of its inbox for so many sweeps is rung for whatever the queue thinks of it. */
const STUCK_SWEEPS = 2;

/** Messages that had to wait for longer until they were on disk wait because there are too many of them. */
export const BEHIND_MS = 250;

/** A job's range: work to the end of the inbox, wherever that is. */
const WHOLE_INBOX = { firstPosition: 0n, lastPosition: 2n ** 63n - 1n } as const;

export interface IngestionOptions {
  /** Of pipelined connections with the role throughline_app. */
  readonly pool: Pool;
  readonly doorbell: Doorbell;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly onBatch: (batch: BatchReport) => void;
  readonly matching: Pick<Matching, 'step'>;
  readonly sentimentOf: TextSentiment;
}

/** One worker process: a lane for each workspace it has lately worked for. */
export class Ingestion {
  /** Least recently used first. */
  private readonly lanes = new Map<number, Lane>();
  private readonly busy = new Map<number, Promise<void>>();
  /** How long the oldest message of the last batch had waited, by workspace. */
  private readonly lagsMs = new Map<number, number>();
  private readonly heads = new Map<number, { position: bigint; sweeps: number }>();
  private stopping = false;

  constructor(private readonly options: IngestionOptions) {}

  /** Jobs of one workspace wait for one another here; between processes the queue and the lane's lock see to that. */
  async process(job: IngestionJob): Promise<void> {
    const before = this.busy.get(job.workspaceId) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(() => this.drain(job));
    this.busy.set(job.workspaceId, mine);
    try {
      await mine;
    } finally {
      if (this.busy.get(job.workspaceId) === mine) {
        this.busy.delete(job.workspaceId);
        this.lagsMs.delete(job.workspaceId);
      }
      this.forgetLanes();
    }
  }

  /** Rings for whatever stands in the inboxes, for changed rules, and for profiles to be compared: lost rings, lost jobs and dead workers are made up for here. */
  async sweep(): Promise<void> {
    const client = await this.options.pool.connect();
    try {
      const ranges = await pendingWork(client);
      for (const { workspaceId, firstPosition, lastPosition, at } of ranges) {
        if (this.busy.has(workspaceId)) continue;
        if (this.isStuck(workspaceId, at)) this.options.doorbell.ringAgain(workspaceId, firstPosition, lastPosition);
        else this.options.doorbell.ring(workspaceId, firstPosition, lastPosition);
      }
      const pending = new Set(ranges.map((range) => range.workspaceId));
      for (const workspaceId of this.heads.keys()) if (!pending.has(workspaceId)) this.heads.delete(workspaceId);
    } finally {
      client.release();
    }
  }

  /** Whether messages of the workspace are being processed here. */
  isBusy(workspaceId: number): boolean {
    return this.busy.has(workspaceId);
  }

  /** Whether more messages of the workspace come than are processed here. */
  isBehind(workspaceId: number): boolean {
    return (this.lagsMs.get(workspaceId) ?? 0) > BEHIND_MS;
  }

  /** Lets running jobs end after their current batch. */
  stop(): void {
    this.stopping = true;
  }

  private async drain(job: IngestionJob): Promise<void> {
    const { pool, clock, doorbell } = this.options;
    const lane = this.lane(job.workspaceId);
    const untilMs = clock() + JOB_BUDGET_MS;
    const enough = () => this.stopping || clock() >= untilMs;
    const done = await withLaneConnections(pool, job.workspaceId, (connections) => lane.drain(connections, BigInt(job.to), enough));
    const goOn = () => doorbell.ring(job.workspaceId, BigInt(job.from), BigInt(job.to));
    if (!done) goOn();
    if (lane.isMatching && !(await this.match(job.workspaceId))) goOn();
  }

  /** Answers whether no profile is left that is to be compared. */
  private async match(workspaceId: number): Promise<boolean> {
    const { clock, matching } = this.options;
    const untilMs = clock() + MATCHING_BUDGET_MS;
    do {
      if (await matching.step(workspaceId)) return true;
    } while (!this.stopping && clock() < untilMs);
    return false;
  }

  private lane(workspaceId: number): Lane {
    const { clock, newId, sentimentOf } = this.options;
    const onBatch = (batch: BatchReport): void => {
      this.lagsMs.set(workspaceId, batch.lagMs);
      this.options.onBatch(batch);
    };
    const lane = this.lanes.get(workspaceId) ?? new Lane({ workspaceId, clock, newId, onBatch, sentimentOf, loadSettings });
    this.lanes.delete(workspaceId);
    this.lanes.set(workspaceId, lane);
    return lane;
  }

  private forgetLanes(): void {
    let remembered = 0;
    for (const lane of this.lanes.values()) remembered += lane.size;
    for (const [workspaceId, lane] of this.lanes) {
      if (remembered <= REMEMBERED_IDENTIFIERS) return;
      if (this.busy.has(workspaceId)) continue;
      remembered -= lane.size;
      this.lanes.delete(workspaceId);
    }
  }

  private isStuck(workspaceId: number, position: bigint): boolean {
    const head = this.heads.get(workspaceId);
    const sweeps = head?.position === position ? head.sweeps + 1 : 1;
    this.heads.set(workspaceId, { position, sweeps });
    return sweeps % STUCK_SWEEPS === 0;
  }
}

/** `at` rises while somebody works on it. Where messages wait, profiles are resolved anew and compared beside them. */
async function pendingWork(client: ClientBase): Promise<readonly (PendingRange & { readonly at: bigint })[]> {
  const inboxes = (await loadPendingRanges(client)).map((range) => ({ ...range, at: range.firstPosition }));
  const waiting = new Set(inboxes.map((range) => range.workspaceId));
  const others = new Map<number, bigint>();
  for (const { workspaceId, steps } of await loadPendingMatching(client)) others.set(workspaceId, steps);
  for (const { workspaceId, generation } of await loadPendingRuleChanges(client)) others.set(workspaceId, generation);
  const beside = [...others].filter(([workspaceId]) => !waiting.has(workspaceId));
  return [...inboxes, ...beside.map(([workspaceId, at]) => ({ ...WHOLE_INBOX, workspaceId, at }))];
}
