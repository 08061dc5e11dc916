import { Client, type ClientBase, type ClientConfig, types } from 'pg';
import { Refusal } from '../kernel/refusals';
import type { StopSignal } from '../kernel/stopSignal';
import {
  effort,
  emptySlot,
  type Pending,
  remove,
  type Slot,
  sendTogether,
  standWall,
  stopUnwanted,
  type Wall,
  wasHit,
} from './connectionSlot';
import { refusalOf } from './databaseRefusal';
import type { PoolUse } from './pool';
import type { Statement } from './statements/statement';
import { parseTimestampText } from './timestampText';

/** A row as an array, in the order of the statement's columns. */
export type Row = readonly unknown[];

/** Runs one statement inside the wall of one workspace, each in a transaction of its own. */
export interface WorkspaceConnections {
  /** Where `signal` is aborted, the statement is stopped, and what it is aborted with is thrown. */
  run<T extends Row>(workspaceId: number, statement: Statement, values: readonly unknown[], signal?: StopSignal): Promise<readonly T[]>;
}

/** The same for one who may stop waiting: every statement ends with `signal`. */
export function endingWith(connections: WorkspaceConnections, signal: StopSignal): WorkspaceConnections {
  return { run: (workspaceId, statement, values) => connections.run(workspaceId, statement, values, signal) };
}

export interface ConnectionOptions {
  /** As `appConnection` gives it: of the role that row-level security binds. */
  readonly connection: ClientConfig;
  readonly connections: number;
  /** Pages look up a few rows and share writes; reports go through all of a workspace. Pages where nothing is said. */
  readonly manner?: Manner;
  /** Told of a connection that broke; the next statement opens another one. */
  readonly onConnectionLost?: (error: Error) => void;
}

export type Manner = 'pages' | 'reports';

/**
 * Every statement of a page goes by an index, whatever its parameters: it is planned once, not for each request anew, and not by the statistics
 * of a table that was empty a minute ago.
 *
 * A report is planned anew for its period and workspace: of a long one it reads whole tables in the order in which they lie, of a short one what an index
 * finds, and groups in memory. Reports run beside each other, so none of them is given to several processes.
 */
export const SESSIONS: Readonly<Record<Manner, string>> = {
  pages: `
set timezone = 'UTC'; set datestyle = 'ISO'; set jit = off; set plan_cache_mode = force_generic_plan;
set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set work_mem = '16MB'`,
  reports: `
set timezone = 'UTC'; set datestyle = 'ISO'; set jit = off; set plan_cache_mode = force_custom_plan;
set max_parallel_workers_per_gather = 0; set work_mem = '16MB'`,
};

/** As many statements may wait on a connection before it is better to write to another one, too: a report costs much more than a write. */
const WORTH_OF_A_WRITE: Readonly<Record<Manner, number>> = { pages: 3, reports: 0 };

interface Asked {
  readonly statement: Statement;
  readonly values: readonly unknown[];
  readonly signal: StopSignal | undefined;
}

/** Of a statement that was stopped and not meant. */
const MOST_TRIES = 4;

const OIDS = { int8: 20, json: 114, timestamptz: 1184, jsonb: 3802 } as const;

/** Times arrive as milliseconds since 1970, JSON and 64-bit integers as their text: what is not looked at is never parsed. */
const TYPES: ClientConfig['types'] = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === OIDS.timestamptz) return parseTimestampText;
    if (oid === OIDS.json || oid === OIDS.jsonb || oid === OIDS.int8) return asText;
    return types.getTypeParser(oid, format ?? 'text');
  }) as typeof types.getTypeParser,
};

const asText = (text: string): string => text;

/** The same on one connection whose transaction is inside the wall already: a statement is the transaction's own. */
export function withinTransaction(client: ClientBase): WorkspaceConnections {
  return {
    async run<T extends Row>(_workspaceId: number, statement: Statement, values: readonly unknown[]): Promise<readonly T[]> {
      const query = { ...statement, values: values as unknown[], rowMode: 'array' as const, types: TYPES };
      return (await client.query<T & unknown[]>(query)).rows;
    },
  };
}

/**
 * A few connections that pipeline: a statement is sent at once on the least busy one, without waiting for those before it. The
 * workspace is set ahead of a statement whenever it changes.
 *
 * PostgreSQL stops what a connection is running at that moment, which may be the next statement already, of somebody else: such a one is run again.
 */
export class PipelinedConnections implements WorkspaceConnections {
  private readonly slots: Slot[];
  private readonly manner: Manner;
  private readonly stopUnwanted = () => this.slots.forEach(stopUnwanted);
  private closed = false;

  constructor(private readonly options: ConnectionOptions) {
    this.manner = options.manner ?? 'pages';
    this.slots = Array.from({ length: options.connections }, emptySlot);
  }

  async run<T extends Row>(
    workspaceId: number,
    statement: Statement,
    values: readonly unknown[],
    signal?: StopSignal,
  ): Promise<readonly T[]> {
    signal?.addEventListener('abort', this.stopUnwanted);
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      signal?.throwIfAborted();
      const rows = await this.runOnce<T>(workspaceId, { statement, values, signal });
      if (rows !== null) return rows;
    }
    throw new Refusal('UNAVAILABLE');
  }

  get use(): PoolUse {
    const open = this.slots.filter((slot) => slot.client !== null);
    const waiting = this.slots.reduce((sum, slot) => sum + slot.pending.length, 0);
    return { open: open.length, idle: open.filter((slot) => slot.pending.length === 0).length, waiting };
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.slots.map(async (slot) => (slot.client ?? (await slot.opening))?.end()));
  }

  /** Null where something else was meant that stopped it, and it has to be run again. */
  private async runOnce<T extends Row>(workspaceId: number, { statement, values, signal }: Asked): Promise<readonly T[] | null> {
    const slot = this.choose(workspaceId);
    const pending: Pending = { signal };
    let wall: Wall | null = null;
    slot.pending.push(pending);
    try {
      const client = slot.client ?? (await this.open(slot));
      signal?.throwIfAborted();
      sendTogether(slot, client);
      wall = slot.wall?.workspaceId === workspaceId ? slot.wall : standWall(slot, client, workspaceId);
      const result = await client.query<T & unknown[]>({ ...statement, values: values as unknown[], rowMode: 'array' });
      return wall.hasFailed ? null : result.rows;
    } catch (error) {
      signal?.throwIfAborted();
      if (wall?.hasFailed || wasHit(slot, error)) return null;
      throw refusalOf(error) ?? error;
    } finally {
      remove(slot.pending, pending);
      stopUnwanted(slot);
    }
  }

  /**
   * One that is about to send anyway, unless it is far behind; else the least busy; and among equally busy ones one where the
   * workspace's wall stands already.
   */
  private choose(workspaceId: number): Slot {
    let best = this.slots[0] as Slot;
    const worthOfAWrite = WORTH_OF_A_WRITE[this.manner];
    for (const slot of this.slots) if (effort(slot, workspaceId, worthOfAWrite) < effort(best, workspaceId, worthOfAWrite)) best = slot;
    return best;
  }

  private open(slot: Slot): Promise<Client> {
    if (this.closed) throw new Error('The connections are closed.');
    slot.opening ??= this.connect(slot).finally(() => {
      slot.opening = null;
    });
    return slot.opening;
  }

  private async connect(slot: Slot): Promise<Client> {
    const client = new Client({ ...this.options.connection, types: TYPES, pipeline: true } as ClientConfig);
    const drop = (error?: Error) => {
      if (slot.client === client) Object.assign(slot, { client: null, wall: null });
      if (error) this.options.onConnectionLost?.(error);
    };
    client.on('error', drop);
    client.on('end', () => drop());
    await client.connect();
    await client.query(SESSIONS[this.manner]);
    slot.client = client;
    slot.wall = null;
    return client;
  }
}
