import type { Worker } from 'bullmq';
import { Doorbell, type IngestionJob, startIngestionWorker } from '../../src/queue/ingestionQueue';
import type { QueueStore } from '../../src/queue/queueConnection';
import { parseRedisUrl } from '../../src/queue/redisUrl';
import { createTestDatabase, type TestDatabase } from '../database';

const redis = process.env.REDIS_URL ? parseRedisUrl(process.env.REDIS_URL) : null;

describe.each(redis ? ['postgres', 'redis'] : ['postgres'])('the doorbell on %s', (kind) => {
  let database: TestDatabase;
  let store: QueueStore;
  let doorbell: Doorbell;
  const workers: Worker<IngestionJob>[] = [];
  const errors: Error[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    store = kind === 'redis' && redis ? redis : { kind: 'postgres', databaseUrl: database.url };
    doorbell = new Doorbell(store, (error) => errors.push(error));
  });

  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await doorbell.close();
    const heard = errors.map(String);
    // Connections that have been ended may still be saying goodbye, and hear of it when their database goes.
    await database.drop();
    expect(heard).toEqual([]);
  });

  it('hands every range that was rung for to a worker, many rings in few jobs, one job of a workspace at a time', async () => {
    const jobs: IngestionJob[] = [];
    let active = 0;
    let mostActive = 0;
    const process = async (job: IngestionJob) => {
      mostActive = Math.max(mostActive, ++active);
      await new Promise((resolve) => setTimeout(resolve, 30));
      jobs.push(job);
      active--;
    };
    for (let n = 0; n < 2; n++)
      workers.push(await startIngestionWorker(store, process, { concurrency: 4, onError: (error) => errors.push(error) }));
    for (let position = 1n; position <= 100n; position++) {
      doorbell.ring(1, position, position);
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    await until(() => jobs.some((job) => job.to === '100'));
    expect(jobs.every((job) => job.workspaceId === 1 && BigInt(job.from) <= BigInt(job.to))).toBe(true);
    expect(jobs.length).toBeLessThan(40);
    expect(mostActive).toBe(1);
  });
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('It did not come to pass within 10 s.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
