import type pg from 'pg';
import { ChunkPathReader } from '../src/app/journeys/chunkPathReader';
import { TouchUpkeep } from '../src/app/touches/touchUpkeep';
import { CHANNELS, DEPARTMENTS, DIRECTIONS, INTERACTION_KINDS } from '../src/kernel/vocabulary';

import { funnel } from '../src/measures/journeys/funnel';
import { journeyMap } from '../src/measures/journeys/journeyMap';
import { JOURNEY_LEVELS } from '../src/measures/journeys/labels';
import { PeriodActivity } from '../src/measures/journeys/periodActivity';
import { periodsOf } from '../src/measures/journeys/periods';
import { COHORT_KINDS, retention } from '../src/measures/journeys/retention';
import { daysOf, stickiness } from '../src/measures/journeys/stickiness';
import type { Paths } from '../src/measures/touches/paths';
import type { Touch } from '../src/measures/touches/touch';
import { encodeTouchChunk } from '../src/measures/touches/touchChunk';
import { appConnection, appPool } from '../src/storage/pool';
import { insertTouchChunk } from '../src/storage/statements/insertTouchChunk';
import { setWorkspace } from '../src/storage/statements/setWorkspace';
import { send } from '../src/storage/statements/statement';
import { PipelinedConnections } from '../src/storage/workspaceConnections';
import { withBenchDatabase } from './database';
import { seeded } from './traffic';

/**
 * How long reports over all customers' paths take on BENCH_INTERACTIONS interactions (1,000,000) of BENCH_CUSTOMERS customers (50,000, two identifiers each)
 * in a year, and what touches cost when messages are processed. `npm run bench -- journeys`.
 */
const INTERACTIONS = Number(process.env['BENCH_INTERACTIONS'] ?? 1_000_000);
const CUSTOMERS = Number(process.env['BENCH_CUSTOMERS'] ?? 50_000);
const BATCH_MESSAGES = 2_000;
const YEAR_MS = 365 * 86_400_000;
const START_MS = Date.UTC(2025, 0, 1);
const YEAR = { fromMs: START_MS, toMs: START_MS + YEAR_MS };
const QUARTER = { fromMs: START_MS + YEAR_MS / 2, toMs: START_MS + (3 * YEAR_MS) / 4 };
const KINDS = [
  'PAGE_VIEWED',
  'PAGE_VIEWED',
  'PRODUCT_VIEWED',
  'SEARCHED',
  'CART_UPDATED',
  'ORDER_PLACED',
  'SIGNED_UP',
  'EMAIL_OPENED',
] as const;

async function main(): Promise<void> {
  await withBenchDatabase(async (url, owner) => {
    await owner.query(`insert into workspace (name, created_at) values ('Bench', now())`);
    await owner.query(`insert into lane (workspace_id, generation, updated_at) values (1, 1, now())`);
    await fillIdentifiers(owner);
    const touches = someTouches();
    const options = { databaseUrl: url, statementTimeoutMs: 60_000, applicationName: 'bench', onConnectionLost: () => undefined };
    const pool = appPool({ ...options, maxConnections: 4 });
    const connections = new PipelinedConnections({ connection: appConnection(url, 60_000), connections: 2 });
    await writeChunks(pool, touches);
    const reader = () => new ChunkPathReader(pool, connections);
    print(`\n${INTERACTIONS} touches of ${CUSTOMERS} customers, in chunks of ${BATCH_MESSAGES} as batches leave them`);
    await measureReports(reader());
    await mergeAll(pool);
    print('\nthe same in merged chunks');
    await measureReports(reader());
    await measureProperties(owner, reader(), touches);
    await connections.close();
    await pool.end();
  });
}

async function fillIdentifiers(owner: pg.Pool): Promise<void> {
  await owner.query(
    `insert into identifier (workspace_id, identifier_id, profile_id, first_seen_at, last_seen_at, interactions, source_id, stronger_links, verified, type, value)
     select 1, hashint8extended(n, 0), md5((n / 2)::text)::uuid, now(), now(), 0, 1, 0, false, 'user_id', n::text from generate_series(0, $1 - 1) n`,
    [2 * CUSTOMERS],
  );
  await owner.query('vacuum analyze identifier');
}

const ids: bigint[] = [];

function someTouches(): Touch[] {
  const chance = seeded(7);
  return Array.from({ length: INTERACTIONS }, (_, n): Touch => {
    const kind = KINDS[Math.floor(chance() * KINDS.length)] as (typeof KINDS)[number];
    return {
      identifierId: BigInt(Math.floor(chance() * 2 * CUSTOMERS)),
      occurredAtMs: Math.floor(START_MS + (n / INTERACTIONS) * YEAR_MS + chance() * 60_000),
      messageId: `bench-${n}-c5d2a1f0-5d0f-4f4e-9d0a-1b2c3d4e5f60`,
      kind,
      department: DEPARTMENTS[n % 3] as Touch['department'],
      channel: CHANNELS[n % 5] as Touch['channel'],
      direction: DIRECTIONS[0],
      name: `${kind} ${n % 20}`,
      sentiment: null,
    };
  });
}

/** As a worker does, but nothing else: what it costs in this process, and what in the database. */
async function writeChunks(pool: pg.Pool, touches: readonly Touch[]): Promise<void> {
  const client = await pool.connect();
  const { rows } = await client.query<{ id: string }>('select hashint8extended(n, 0)::text as id from generate_series(0, $1 - 1) n', [
    2 * CUSTOMERS,
  ]);
  ids.push(...rows.map(({ id }) => BigInt(id)));
  let encoding = 0;
  let writing = 0;
  let bytes = 0;
  for (let from = 0; from < touches.length; from += BATCH_MESSAGES) {
    const batch = touches
      .slice(from, from + BATCH_MESSAGES)
      .map((touch) => ({ ...touch, identifierId: ids[Number(touch.identifierId)] as bigint }));
    const startedAt = performance.now();
    const chunk = encodeTouchChunk(batch);
    const call = insertTouchChunk(1, chunk, 0);
    encoding += performance.now() - startedAt;
    bytes += chunk.columns.length + chunk.messageIds.length;
    await client.query('begin');
    await setWorkspace(client, 1, 'transaction');
    const sentAt = performance.now();
    await send(client, call.statement, call.values);
    writing += performance.now() - sentAt;
    await client.query('commit');
  }
  client.release();
  print(
    `a message's touch: ${micros(encoding)} µs to encode, ${micros(writing)} µs to write (one statement, waited for), ${(bytes / INTERACTIONS).toFixed(0)} bytes`,
  );
}

async function mergeAll(pool: pg.Pool): Promise<void> {
  const upkeep = new TouchUpkeep({ pool, clock: Date.now });
  const startedAt = performance.now();
  let steps = 0;
  while (!(await upkeep.step(1))) steps++;
  print(`merging took ${(performance.now() - startedAt).toFixed(0)} ms, ${steps} steps`);
}

async function measureReports(reader: ChunkPathReader): Promise<void> {
  const year = await timed('paths of a year, nothing in memory', () => reader.readPaths(1, { ...YEAR, segmentId: null }));
  await timed('paths of a year, chunks in memory', () => reader.readPaths(1, { ...YEAR, segmentId: null }));
  await timed('paths of a quarter, chunks in memory', () => reader.readPaths(1, { ...QUARTER, segmentId: null }));
  for (const level of JOURNEY_LEVELS) {
    await timed(`journeyMap ${level}`, () => journeyMap(year, { level, maxSteps: 6, collapse: false, friction: null }));
  }
  await timed('funnel of three steps', () => funnel(year, funnelOf(year), 14 * 86_400_000));
  const bounds = periodsOf(YEAR.fromMs, YEAR.toMs, 'WEEK', 400) as Float64Array;
  const activityBy = (by: Float64Array) =>
    reader.visitChunks(
      1,
      { ...YEAR, segmentId: null },
      (customers) => new PeriodActivity(customers, { window: YEAR, bounds: by, firstKinds: COHORT_KINDS }),
    );
  await timed('retention by week, reading with it', async () =>
    retention(await activityBy(bounds), { bounds, fromMs: YEAR.fromMs, overMs: YEAR.toMs }),
  );
  await timed('stickiness of a year, reading with it', async () =>
    stickiness(await activityBy(daysOf(YEAR.fromMs, YEAR.toMs, 400) as Float64Array)),
  );
  print(`memory ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`);
}

function funnelOf(paths: Paths) {
  const isKind = (kind: (typeof KINDS)[number]) => {
    const code = INTERACTION_KINDS.indexOf(kind);
    return (touch: number) => paths.kinds[touch] === code;
  };
  return [isKind('PRODUCT_VIEWED'), isKind('CART_UPDATED'), isKind('ORDER_PLACED')];
}

/** A step with a condition on properties looks up each interaction that comes into question. */
async function measureProperties(owner: pg.Pool, reader: ChunkPathReader, touches: readonly Touch[]): Promise<void> {
  const orders = touches.filter(({ kind }) => kind === 'ORDER_PLACED').slice(0, 100_000);
  const asked = orders.map((touch) => ({ ...touch, identifierId: ids[Number(touch.identifierId)] as bigint }));
  await owner.query(
    `insert into interaction (workspace_id, interaction_id, identifier_id, occurred_at, received_at, source_id, kind, department, channel, direction, name, message_id, properties)
     select 1, gen_random_uuid(), o.id, o.at, o.at, 1, $3, 1, 0, 0, 'Order Completed', o.id::text, '{"total": 59.9, "currency": "EUR"}'
     from unnest($1::bigint[], $2::timestamptz[]) as o (id, at)`,
    [
      asked.map(({ identifierId }) => String(identifierId)),
      asked.map(({ occurredAtMs }) => new Date(occurredAtMs)),
      INTERACTION_KINDS.indexOf('ORDER_PLACED'),
    ],
  );
  await owner.query('vacuum analyze interaction');
  await timed(`properties of ${asked.length} orders`, () => reader.readProperties(1, { kind: 'ORDER_PLACED', name: null }, asked));
}

async function timed<Result>(what: string, work: () => Result | Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  print(
    `${(performance.now() - startedAt).toFixed(0).padStart(6)} ms, ${((user + system) / 1000).toFixed(0).padStart(5)} ms of CPU here  ${what}`,
  );
  return result;
}

function micros(ms: number): string {
  return ((1000 * ms) / INTERACTIONS).toFixed(2);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
