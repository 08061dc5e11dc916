import type { NotedRead, ReadLog } from '../../api/ports/readLog';
import type { Clock, NewId } from '../../kernel/clock';
import { insertReads, profilesOfIdentifiers } from '../../storage/statements/insertReads';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { repeatedly } from '../repeatedly';
import { lostEntry, type Reading, readEntries } from './readEntries';

const FLUSH_MS = 1_000;
/** Reads and ids in them that wait at most, some 10 MB; beyond, reads are counted and nothing else. */
export const MOST_WAITING = 100_000;
const MOST_AT_ONCE = 500;

export interface ReadRecorderOptions {
  readonly connections: WorkspaceConnections;
  readonly clock: Clock;
  readonly newId: NewId;
  /** From 0 to less than 1. */
  readonly chance: () => number;
  /** 1: every read is noted; N: one of N; 0: none. */
  readonly oneIn: number;
  /** Told of what could not be written; it is tried again. */
  readonly onFault: (error: unknown) => void;
}

/**
 * Who saw what, written every second in batches. What is read again in the same way within that second is one entry. While the database is away the reads
 * wait; those that find no room are counted, and the count becomes an entry. A process that is killed loses what it has not written: those of its last second.
 */
export class ReadRecorder implements ReadLog {
  /** Those of the current second, by what they say. */
  private fresh = new Map<string, Reading>();
  private unwritten: Reading[] = [];
  private waiting = 0;
  /** Requests by workspace. */
  private readonly lost = new Map<number, number>();
  private readonly flushing: { stop(): Promise<void> };

  constructor(private readonly options: ReadRecorderOptions) {
    this.flushing = repeatedly(FLUSH_MS, () => this.flush());
  }

  note(read: NotedRead): void {
    const { oneIn, chance, newId } = this.options;
    if (oneIn === 0 || (oneIn > 1 && chance() * oneIn >= 1)) return;
    const { workspaceId, actor, action, target, fields, profileFields, profileIds, identifierIds } = read;
    const key = JSON.stringify([workspaceId, actor, action, target, fields, profileFields, [...profileIds], [...identifierIds]]);
    const same = this.fresh.get(key);
    if (same) same.times++;
    else if (this.waiting + weightOf(read) <= MOST_WAITING) {
      this.waiting += weightOf(read);
      this.fresh.set(key, { read, auditId: newId(), times: 1 });
    } else this.lost.set(workspaceId, (this.lost.get(workspaceId) ?? 0) + 1);
  }

  /** Writes what waits. What can't be written goes on waiting. */
  async flush(): Promise<void> {
    const waiting = [...this.unwritten, ...this.fresh.values()];
    this.fresh = new Map();
    this.unwritten = waiting;
    const workspaceIds = new Set([...waiting.map(({ read }) => read.workspaceId), ...this.lost.keys()]);
    for (const workspaceId of workspaceIds) {
      await this.write(
        workspaceId,
        waiting.filter(({ read }) => read.workspaceId === workspaceId),
      ).catch(this.options.onFault);
    }
  }

  /** Writes what waits, for the last time. */
  async stop(): Promise<void> {
    await this.flushing.stop();
    await this.flush();
  }

  private async write(workspaceId: number, readings: readonly Reading[]): Promise<void> {
    const { connections, newId, clock } = this.options;
    for (let from = 0; from < readings.length; from += MOST_AT_ONCE) {
      const some = readings.slice(from, from + MOST_AT_ONCE);
      const identifierIds = [...new Set(some.flatMap(({ read }) => [...read.identifierIds]))];
      const profiles = await profilesOfIdentifiers(connections, workspaceId, identifierIds);
      await insertReads(
        connections,
        workspaceId,
        some.flatMap((reading) => readEntries(reading, profiles, newId)),
      );
      const written = new Set(some);
      for (const { read } of some) this.waiting -= weightOf(read);
      this.unwritten = this.unwritten.filter((reading) => !written.has(reading));
    }
    const lost = this.lost.get(workspaceId);
    if (lost === undefined) return;
    await insertReads(connections, workspaceId, [lostEntry(lost, newId(), clock())]);
    this.lost.set(workspaceId, (this.lost.get(workspaceId) ?? lost) - lost);
    if (this.lost.get(workspaceId) === 0) this.lost.delete(workspaceId);
  }
}

function weightOf({ profileIds, identifierIds }: NotedRead): number {
  return 1 + profileIds.size + identifierIds.size;
}
