import { Refusal } from '../kernel/refusals';
import type { DeadLetter, InboxEntry } from './message';

/** What one request leaves behind. */
export interface InboxAppend {
  readonly workspaceId: number;
  /** Null where every message of the request was refused. */
  readonly entry: InboxEntry | null;
  readonly deadLetters: readonly DeadLetter[];
}

/** Told of every commit. */
export interface CommitFigures {
  readonly requests: number;
  readonly bytes: number;
  readonly durationMs: number;
}

export interface GroupCommitPorts {
  /** Writes a group in one transaction and answers the position of each entry, in order (null where there is none). */
  readonly write: (group: readonly InboxAppend[]) => Promise<readonly (bigint | null)[]>;
  /** Whether one of the group's rows is at fault, not the database: then the group is tried again in smaller parts. */
  readonly isRowAtFault: (error: unknown) => boolean;
  /** Says that positions of a workspace are there to be processed. What it throws is dropped: the inbox itself is looked through anyway. */
  readonly ring: (workspaceId: number, firstPosition: bigint, lastPosition: bigint) => void | Promise<void>;
  readonly clock: () => number;
  readonly onCommit?: (figures: CommitFigures) => void;
  readonly onFailure?: (error: unknown) => void;
}

export interface GroupCommitLimits {
  readonly maxRequests: number;
  readonly maxBytes: number;
  /** Commits on their way at the same time. One makes the largest groups, and positions that rise as they are committed. */
  readonly maxInFlight: number;
  /** Beyond this a request is refused at once instead of waiting for a database that does not keep up. */
  readonly maxWaitingBytes: number;
}

export const GROUP_COMMIT_LIMITS: GroupCommitLimits = {
  maxRequests: 500,
  maxBytes: 8 * 2 ** 20,
  maxInFlight: 1,
  maxWaitingBytes: 64 * 2 ** 20,
};

interface Waiting extends InboxAppend {
  readonly bytes: number;
  readonly resolve: (position: bigint | null) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Requests that come in while a commit is on its way share the next one. What a request was promised is on disk; a group that fails
 * fails its own requests only, with UNAVAILABLE, and they may have been written nevertheless: senders send again, with the same ids.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private waitingBytes = 0;
  private inFlight = 0;
  private scheduled = false;

  constructor(
    private readonly ports: GroupCommitPorts,
    private readonly limits: GroupCommitLimits = GROUP_COMMIT_LIMITS,
  ) {}

  /** Resolves to the entry's position when it is durable. Rejects with the refusal UNAVAILABLE. */
  append(append: InboxAppend): Promise<bigint | null> {
    if (this.waitingBytes > this.limits.maxWaitingBytes) return Promise.reject(unavailable());
    return new Promise((resolve, reject) => {
      const bytes = bytesOf(append);
      this.waitingBytes += bytes;
      this.waiting.push({ ...append, bytes, resolve, reject });
      this.schedule();
    });
  }

  /** At the end of the event loop's turn, so that requests that came in together share a commit. */
  private schedule(): void {
    if (this.scheduled || this.waiting.length === 0 || this.inFlight >= this.limits.maxInFlight) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      void this.flush();
    });
  }

  private async flush(): Promise<void> {
    const group = this.takeGroup();
    this.inFlight++;
    this.schedule();
    await this.commit(group);
    this.inFlight--;
    this.schedule();
  }

  private takeGroup(): readonly Waiting[] {
    let bytes = 0;
    let size = 0;
    while (size < this.waiting.length && size < this.limits.maxRequests && (size === 0 || bytes < this.limits.maxBytes)) {
      bytes += (this.waiting[size] as Waiting).bytes;
      size++;
    }
    this.waitingBytes -= bytes;
    return this.waiting.splice(0, size);
  }

  private async commit(group: readonly Waiting[]): Promise<void> {
    const startedAtMs = this.ports.clock();
    try {
      const positions = await this.ports.write(group);
      for (const [index, request] of group.entries()) request.resolve(positions[index] ?? null);
      this.ringFor(group, positions);
      this.ports.onCommit?.({ requests: group.length, bytes: sumBytes(group), durationMs: this.ports.clock() - startedAtMs });
    } catch (error) {
      this.ports.onFailure?.(error);
      if (group.length > 1 && this.ports.isRowAtFault(error)) await this.commitInHalves(group);
      else for (const request of group) request.reject(unavailable());
    }
  }

  /** Finds the row that can't be written without failing its neighbours. */
  private async commitInHalves(group: readonly Waiting[]): Promise<void> {
    const middle = group.length >> 1;
    await this.commit(group.slice(0, middle));
    await this.commit(group.slice(middle));
  }

  private ringFor(group: readonly Waiting[], positions: readonly (bigint | null)[]): void {
    const ranges = new Map<number, { first: bigint; last: bigint }>();
    for (const [index, { workspaceId }] of group.entries()) {
      const position = positions[index];
      if (position === null || position === undefined) continue;
      const range = ranges.get(workspaceId);
      if (!range) ranges.set(workspaceId, { first: position, last: position });
      else if (position < range.first) range.first = position;
      else if (position > range.last) range.last = position;
    }
    for (const [workspaceId, { first, last }] of ranges) void this.ring(workspaceId, first, last);
  }

  private async ring(workspaceId: number, first: bigint, last: bigint): Promise<void> {
    try {
      await this.ports.ring(workspaceId, first, last);
    } catch (error) {
      this.ports.onFailure?.(error);
    }
  }
}

function unavailable(): Refusal {
  return new Refusal('UNAVAILABLE');
}

function bytesOf({ entry, deadLetters }: InboxAppend): number {
  let bytes = entry?.body.length ?? 0;
  for (const letter of deadLetters) bytes += letter.message.length;
  return bytes;
}

function sumBytes(group: readonly Waiting[]): number {
  return group.reduce((sum, request) => sum + request.bytes, 0);
}
