import pg from 'pg';
import type { BatchReport } from '../../../src/app/processing/batchReport';
import { Lane, type LaneOptions } from '../../../src/app/processing/lane';
import { withLaneConnections } from '../../../src/app/processing/laneConnections';
import { loadSettings } from '../../../src/app/processing/loadSettings';
import { newUuidV7 } from '../../../src/kernel/uuid';
import { appConnection } from '../../../src/storage/pool';
import { appendInbox } from '../../../src/storage/statements/appendInbox';
import { setWorkspace } from '../../../src/storage/statements/setWorkspace';
import { createTestDatabase, type TestDatabase } from '../../database';

export const RECEIVED_AT_MS = Date.UTC(2026, 5, 1, 12);

/** A workspace with one source, an inbox to fill and lanes to work it off. */
export interface World {
  readonly database: TestDatabase;
  readonly pool: pg.Pool;
  readonly reports: BatchReport[];
  /** One request with these messages; answers its position. */
  send(messages: readonly object[], sourceId?: number, receivedAtMs?: number): Promise<bigint>;
  newLane(options?: Partial<Pick<LaneOptions, 'batchMessages' | 'clock'>>): Lane;
  /** Works off everything there is. */
  drain(lane: Lane): Promise<void>;
  /** Goes so many times through what a lane does in a turn: a batch of messages, and one of profiles that a change of rules reaches. */
  drainBatches(lane: Lane, turns: number): Promise<void>;
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** How many statements the lanes have sent so far. */
  sent(): number;
  /** How many rows they read and wrote. */
  rowsTouched(): number;
  /** Sets of identifiers, one set a profile. */
  partition(): Promise<string[][]>;
  close(): Promise<void>;
}

export async function createWorld(): Promise<World> {
  const database = await createTestDatabase();
  await database.owner.query(`insert into workspace (name, created_at) values ('Acme', now())`);
  await database.owner.query(`
    insert into source (workspace_id, source_id, name, type, department, created_at)
    values (1, 1, 'Website', 'segment', 0, now()), (1, 2, 'App', 'segment', 2, now())`);
  const pool = new pg.Pool({ ...appConnection(database.url, 30_000), pipeline: true, max: 12 });
  pool.on('error', () => undefined);
  let statements = 0;
  let rows = 0;
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    const query = client.query.bind(client);
    client.query = ((...args: Parameters<typeof query>) => {
      statements++;
      const answer: unknown = query(...args);
      if (answer instanceof Promise) answer.then((result) => (rows += result.rowCount ?? 0)).catch(() => undefined);
      return answer;
    }) as typeof client.query;
  });
  const reports: BatchReport[] = [];
  const query = async <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
    (await database.owner.query<Row>(text, values)).rows;
  return {
    database,
    pool,
    reports,
    query,
    sent: () => statements,
    rowsTouched: () => rows,
    send: (messages, sourceId = 1, receivedAtMs = RECEIVED_AT_MS) => send(pool, messages, sourceId, receivedAtMs),
    newLane: (options = {}) =>
      new Lane({
        workspaceId: 1,
        clock: Date.now,
        newId: () => newUuidV7(Date.now()),
        loadSettings,
        sentimentOf: () => null,
        onBatch: (report) => reports.push(report),
        ...options,
      }),
    drain: (lane) => drain(pool, lane),
    async drainBatches(lane, turns) {
      let done = 0;
      await withLaneConnections(pool, 1, (connections) => lane.drain(connections, 2n ** 62n, () => ++done >= turns));
    },
    async partition() {
      const rows = await query<{ members: string[] }>(
        `select array_agg(type || ':' || value order by type, value) as members from identifier group by workspace_id, profile_id`,
      );
      return rows.map((row) => row.members).sort((a, b) => (a.join() < b.join() ? -1 : 1));
    },
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}

async function send(pool: pg.Pool, messages: readonly object[], sourceId: number, receivedAtMs: number): Promise<bigint> {
  const client = await pool.connect();
  try {
    await setWorkspace(client, 1, 'connection');
    const entry = {
      sourceId,
      receivedAtMs,
      messageCount: messages.length,
      call: null,
      refused: [],
      body: Buffer.from(JSON.stringify({ batch: messages })),
    };
    const [position] = await appendInbox(client, 1, [entry]);
    return position as bigint;
  } finally {
    client.release();
  }
}

async function drain(pool: pg.Pool, lane: Lane): Promise<void> {
  await withLaneConnections(pool, 1, async (connections) => {
    while (!(await lane.drain(connections, 2n ** 62n, () => false)));
  });
}

/** A track message of a visitor; `at` in minutes before it was received. */
export function aTrack(fields: { messageId: string; at?: number; [key: string]: unknown }): object {
  const { at = 10, ...rest } = fields;
  return { type: 'track', event: 'Something Done', timestamp: new Date(RECEIVED_AT_MS - at * 60_000).toISOString(), ...rest };
}
