import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { BATCH_MESSAGES, Lane } from '../src/app/processing/lane';
import { withLaneConnections } from '../src/app/processing/laneConnections';
import { loadSettings } from '../src/app/processing/loadSettings';
import { newUuidV7 } from '../src/kernel/uuid';
import { appConnection } from '../src/storage/pool';
import { appendInbox } from '../src/storage/statements/appendInbox';
import { setWorkspace } from '../src/storage/statements/setWorkspace';
import { startBenchDatabase } from './database';
import { aMessage, seeded, visitorOf } from './traffic';

/**
 * The worker's step, inbox to timeline and profile, against binary COPY of the very rows it wrote, on one connection into a table with
 * the same indexes. Prints messages per second of both and their ratio, three rounds each, and the medians.
 *
 *     npm run bench:worker
 */
const MESSAGES = 120_000;
/** So many until the worker runs as it goes on to run: its code compiled, its caches filled. */
const WARM_UP = 150_000;
const ROUNDS = 3;
const REQUEST_MESSAGES = 100;

async function main(): Promise<void> {
  const database = await startBenchDatabase();
  try {
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    for (const pattern of ['uniform', 'sessions'] as const) await benchPattern(database.url, owner, pattern);
    await owner.end();
  } finally {
    await database.stop();
  }
}

async function benchPattern(url: string, owner: pg.Client, pattern: 'uniform' | 'sessions'): Promise<void> {
  await owner.query('truncate workspace, source, inbox, interaction, identifier, link, profile, lane, search_term restart identity');
  await owner.query(`insert into workspace (name, created_at) values ('Bench', now())`);
  await owner.query(
    `insert into source (workspace_id, source_id, name, type, department, created_at) values (1, 1, 'Web', 'segment', 0, now())`,
  );
  const pool = new pg.Pool({ ...appConnection(url, 120_000), pipeline: true, max: 4 });
  const lane = new Lane({
    workspaceId: 1,
    clock: Date.now,
    newId: () => newUuidV7(Date.now()),
    loadSettings,
    sentimentOf: () => null,
    onBatch: () => undefined,
  });
  const next = visitorOf(pattern, seeded(42));
  let sent = 0;
  const fill = async (messages: number) => {
    await fillInbox(pool, sent, messages, next);
    sent += messages;
  };
  await fill(WARM_UP);
  await drain(pool, lane);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await fill(MESSAGES);
    await owner.query('vacuum analyze; ');
    await owner.query('checkpoint');
    const worker = MESSAGES / (await seconds(() => drain(pool, lane)));
    const copied = await copyRate(owner, MESSAGES);
    ratios.push(worker / copied);
    print(
      `${pattern} round ${round + 1}: worker ${Math.round(worker)}/s, copy ${Math.round(copied)}/s, ratio ${(worker / copied).toFixed(2)}`,
    );
  }
  print(`${pattern} median ratio ${(ratios.sort((a, b) => a - b)[1] as number).toFixed(2)}`);
  await pool.end();
}

async function fillInbox(pool: pg.Pool, from: number, messages: number, next: (n: number) => number): Promise<void> {
  const client = await pool.connect();
  await setWorkspace(client, 1, 'connection');
  for (let at = 0; at < messages; at += REQUEST_MESSAGES) {
    const batch = Array.from({ length: REQUEST_MESSAGES }, (_, k) =>
      aMessage(from + at + k, next(from + at + k), Date.now() - messages + at + k),
    );
    const body = Buffer.from(JSON.stringify({ batch }));
    await appendInbox(client, 1, [
      { sourceId: 1, receivedAtMs: Date.now(), messageCount: REQUEST_MESSAGES, call: null, refused: [], body },
    ]);
  }
  client.release();
}

async function drain(pool: pg.Pool, lane: Lane): Promise<void> {
  await withLaneConnections(pool, 1, (connections) => lane.drain(connections, 2n ** 62n, () => false));
}

/** The newest rows of the timeline, copied out beforehand, into an empty table of the same shape that holds as many rows beforehand. */
async function copyRate(owner: pg.Client, rows: number): Promise<number> {
  await owner.query('create table copied (like interaction including indexes) with (autovacuum_enabled = off)');
  await owner.query(`insert into copied select * from interaction order by received_at limit (select count(*) - ${rows} from interaction)`);
  const parts = await copyOut(owner, rows);
  await owner.query('checkpoint');
  const taken = await seconds(() => copyIn(owner, parts));
  await owner.query('drop table copied');
  return rows / taken;
}

/** In pieces as large as the worker's batches, each a COPY and so a transaction of its own. */
async function copyOut(owner: pg.Client, rows: number): Promise<Buffer[]> {
  const { to } = await import('pg-copy-streams');
  const parts: Buffer[] = [];
  for (let at = 0; at < rows; at += BATCH_MESSAGES) {
    const chunks: Buffer[] = [];
    const stream = owner.query(
      to(`copy (select * from interaction i where not exists (select from copied c where c.interaction_id = i.interaction_id)
        order by i.received_at, i.interaction_id limit ${BATCH_MESSAGES} offset ${at}) to stdout binary`),
    );
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    parts.push(Buffer.concat(chunks));
  }
  return parts;
}

async function copyIn(owner: pg.Client, parts: readonly Buffer[]): Promise<void> {
  for (const part of parts) {
    await new Promise<void>((resolve, reject) => {
      const stream = owner.query(copyFrom('copy copied from stdin binary'));
      stream.on('finish', resolve);
      stream.on('error', reject);
      stream.end(part);
    });
  }
}

async function seconds(run: () => Promise<void>): Promise<number> {
  const started = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - started) / 1e9;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
