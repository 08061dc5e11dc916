import { Registry } from 'prom-client';
import { type BacklogSources, watchBacklogs, watchPools } from '../../../src/app/operations/systemMetrics';
import { WorkerMetrics } from '../../../src/app/operations/workerMetrics';
import { readWorkBacklogs, type WorkBacklogs } from '../../../src/storage/statements/readWorkBacklogs';
import { createTestDatabase, type TestDatabase } from '../../database';

const NOTHING: WorkBacklogs = {
  unfollowedNotes: 0,
  unfollowedSinceMs: null,
  evaluationDueSinceMs: null,
  pendingDeliveries: 0,
  deliveryDueSinceMs: null,
};
let nowMs = Date.UTC(2026, 0, 1);

function backlogsOf(sources: Partial<BacklogSources>): Registry {
  const registry = new Registry();
  watchBacklogs(registry, {
    inbox: () => ({ messages: 0, oldestReceivedAtMs: null }),
    work: () => Promise.resolve(NOTHING),
    queue: () => Promise.resolve({ waiting: 0, active: 0 }),
    clock: () => nowMs,
    ...sources,
  });
  return registry;
}

async function figure(registry: Registry, line: string): Promise<number> {
  const found = (await registry.metrics()).split('\n').find((each) => each.startsWith(`${line} `));
  return Number(found?.split(' ').at(-1));
}

describe('what waits', () => {
  it('is told in messages, changes, deliveries and jobs, and in seconds since the oldest', async () => {
    const registry = backlogsOf({
      inbox: () => ({ messages: 7, oldestReceivedAtMs: nowMs - 1_500 }),
      work: (atMs) =>
        Promise.resolve({
          ...NOTHING,
          unfollowedNotes: 3,
          unfollowedSinceMs: atMs - 250,
          pendingDeliveries: 9,
          deliveryDueSinceMs: atMs - 60_000,
        }),
      queue: () => Promise.resolve({ waiting: 2, active: 1 }),
    });
    expect(await figure(registry, 'throughline_inbox_messages')).toBe(7);
    expect(await figure(registry, 'throughline_inbox_oldest_seconds')).toBe(1.5);
    expect(await figure(registry, 'throughline_unfollowed_notes')).toBe(3);
    expect(await figure(registry, 'throughline_follow_lag_seconds')).toBe(0.25);
    expect(await figure(registry, 'throughline_evaluation_lag_seconds')).toBe(0);
    expect(await figure(registry, 'throughline_deliveries_pending')).toBe(9);
    expect(await figure(registry, 'throughline_delivery_lag_seconds')).toBe(60);
    expect(await figure(registry, 'throughline_queue_jobs{state="waiting"}')).toBe(2);
    expect(await figure(registry, 'throughline_backlog_readable')).toBe(1);
  });

  it('is asked of the database once in five seconds, however many scrape', async () => {
    let reads = 0;
    const registry = backlogsOf({ work: () => Promise.resolve({ ...NOTHING, unfollowedNotes: ++reads }) });
    for (const _ of [1, 2, 3]) expect(await figure(registry, 'throughline_unfollowed_notes')).toBe(1);
    nowMs += 5_000;
    expect(await figure(registry, 'throughline_unfollowed_notes')).toBe(2);
  });

  it('is as it was where the database does not answer, which shows, and the rest can be scraped all the same', async () => {
    let isAway = false;
    const work = () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve({ ...NOTHING, unfollowedNotes: 4 }));
    const registry = backlogsOf({ work, queue: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve({ waiting: 1 })) });
    expect(await figure(registry, 'throughline_backlog_readable')).toBe(1);
    isAway = true;
    nowMs += 5_000;
    expect(await figure(registry, 'throughline_backlog_readable')).toBe(0);
    expect(await figure(registry, 'throughline_unfollowed_notes')).toBe(4);
    expect(await registry.metrics()).not.toContain('throughline_queue_jobs{');
  });
});

describe('what waits in a database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await database.owner.query(`insert into workspace (name, created_at) values ('Acme', now()), ('Globex', now()), ('Idle', now())`);
  });
  afterAll(() => database.drop());

  it('is nothing where nothing waits', async () => {
    expect(await readWorkBacklogs(database.app, nowMs)).toEqual(NOTHING);
  });

  it('is summed over the workspaces, since when at the longest', async () => {
    const at = (beforeMs: number) => new Date(nowMs - beforeMs);
    const note = `insert into change_note (workspace_id, at, profile_ids, due_ids, is_followed) values ($1, $2, '{}', '{}', $3)`;
    for (const values of [
      [1, at(500), false],
      [2, at(900), false],
      [2, at(100), false],
      [2, at(9_000), true],
    ])
      await database.owner.query(note, values);
    const due = 'insert into experience_due (workspace_id, profile_id, due_at, marks) values ($1, gen_random_uuid(), $2, 1)';
    for (const values of [
      [1, at(-5_000)],
      [2, at(3_000)],
    ])
      await database.owner.query(due, values);
    expect(await readWorkBacklogs(database.app, nowMs)).toEqual({
      ...NOTHING,
      unfollowedNotes: 3,
      unfollowedSinceMs: nowMs - 900,
      evaluationDueSinceMs: nowMs - 3_000,
    });
  });
});

it('tells how pools are used when somebody looks', async () => {
  const registry = new Registry();
  let idle = 2;
  watchPools(registry, { pages: () => ({ open: 4, idle, waiting: 5 }) });
  expect(await figure(registry, 'throughline_pool_connections{pool="pages",state="busy"}')).toBe(2);
  idle = 4;
  expect(await figure(registry, 'throughline_pool_connections{pool="pages",state="busy"}')).toBe(0);
  expect(await figure(registry, 'throughline_pool_waiting{pool="pages"}')).toBe(5);
});

describe('a worker', () => {
  const aBatch = {
    workspaceId: 42,
    duplicates: 2,
    deadLetters: 1,
    messages: 100,
    lagMs: 750,
    oldestMs: 0,
    startedAtMs: 500,
    decidedAtMs: 600,
    writtenAtMs: 750,
    traced: [],
  };

  it('counts batches, messages and outcomes of deliveries, whichever workspace they are of', async () => {
    const worker = new WorkerMetrics();
    worker.noteBatch(aBatch);
    worker.noteBatch({ ...aBatch, workspaceId: 43 });
    worker.noteDelivery('RETRIED');
    expect(await figure(worker.registry, 'throughline_messages_processed_total')).toBe(200);
    expect(await figure(worker.registry, 'throughline_messages_duplicate_total')).toBe(4);
    expect(await figure(worker.registry, 'throughline_batch_lag_seconds_sum')).toBe(1.5);
    expect(await figure(worker.registry, 'throughline_batch_seconds_sum')).toBe(0.5);
    expect(await figure(worker.registry, 'throughline_deliveries_total{outcome="RETRIED"}')).toBe(1);
    expect(await worker.registry.metrics()).not.toMatch(/4[23]"/);
  });

  it('tells faults by code, and takes nothing for a code that could be anything', async () => {
    const worker = new WorkerMetrics();
    for (const code of ['53100', 'ECONNREFUSED', 'ada@example.com', 'a code', undefined])
      worker.noteFault(Object.assign(new Error('failed'), { code }));
    worker.noteFault('thrown text');
    expect(await figure(worker.registry, 'throughline_worker_faults_total{code="53100"}')).toBe(1);
    expect(await figure(worker.registry, 'throughline_worker_faults_total{code="ECONNREFUSED"}')).toBe(1);
    expect(await figure(worker.registry, 'throughline_worker_faults_total{code="UNKNOWN"}')).toBe(4);
  });
});
