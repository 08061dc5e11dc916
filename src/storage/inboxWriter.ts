import pg from 'pg';
import type { InboxAppend } from '../intake/groupCommit';
import type { DeadLetter, InboxEntry } from '../intake/message';
import { type PoolUse, pipelinedPool, poolUse } from './pool';
import { appendInbox } from './statements/appendInbox';
import { insertDeadLetters } from './statements/insertDeadLetters';
import { setWorkspace } from './statements/setWorkspace';

export interface InboxWriterOptions {
  readonly databaseUrl: string;
  readonly applicationName: string;
  /** As many as groups are written at the same time. */
  readonly connections: number;
  readonly statementTimeoutMs: number;
  readonly onConnectionLost: (error: Error) => void;
}

/** What a group has for one workspace; `indexes` are the places of its entries in the group. */
interface Share {
  readonly entries: InboxEntry[];
  readonly indexes: number[];
  readonly deadLetters: DeadLetter[];
}

/** Writes groups of requests into the inbox, each group in one transaction and one round trip, whatever workspaces it is for. */
export class InboxWriter {
  private readonly pool: pg.Pool;

  constructor(options: InboxWriterOptions) {
    this.pool = pipelinedPool({ ...options, maxConnections: options.connections });
  }

  /** All of the group or nothing of it; answers each request's position, null where it has no entry. */
  async write(group: readonly InboxAppend[]): Promise<(bigint | null)[]> {
    const client = await this.pool.connect();
    try {
      const positions = await writeTransaction(client, group);
      client.release();
      return positions;
    } catch (error) {
      client.release(!isRowAtFault(error));
      throw error;
    }
  }

  get use(): PoolUse {
    return poolUse(this.pool);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

/** Whether PostgreSQL objected to a value (data exception, constraint, program limit) rather than failed to write it. */
export function isRowAtFault(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^(22|23|54)/.test(error.code ?? '');
}

/** Nothing is awaited before all is sent. After a failed statement the commit is a rollback, and its failure is what is thrown. */
async function writeTransaction(client: pg.PoolClient, group: readonly InboxAppend[]): Promise<(bigint | null)[]> {
  const positions: (bigint | null)[] = new Array(group.length).fill(null);
  const sent: Promise<unknown>[] = [client.query('begin')];
  for (const [workspaceId, share] of sharesOf(group)) {
    sent.push(setWorkspace(client, workspaceId, 'transaction'));
    if (share.deadLetters.length > 0) sent.push(insertDeadLetters(client, workspaceId, share.deadLetters));
    if (share.entries.length > 0) sent.push(appendShare(client, workspaceId, share, positions));
  }
  sent.push(client.query('commit'));
  for (const result of await Promise.allSettled(sent)) if (result.status === 'rejected') throw result.reason;
  return positions;
}

async function appendShare(client: pg.PoolClient, workspaceId: number, share: Share, positions: (bigint | null)[]): Promise<void> {
  const appended = await appendInbox(client, workspaceId, share.entries);
  for (const [place, index] of share.indexes.entries()) positions[index] = appended[place] as bigint;
}

function sharesOf(group: readonly InboxAppend[]): ReadonlyMap<number, Share> {
  const shares = new Map<number, Share>();
  for (const [index, { workspaceId, entry, deadLetters }] of group.entries()) {
    let share = shares.get(workspaceId);
    if (share === undefined) {
      share = { entries: [], indexes: [], deadLetters: [] };
      shares.set(workspaceId, share);
    }
    share.deadLetters.push(...deadLetters);
    if (entry === null) continue;
    share.entries.push(entry);
    share.indexes.push(index);
  }
  return shares;
}
