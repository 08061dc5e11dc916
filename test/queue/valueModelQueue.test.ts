import type { Worker } from 'bullmq';
import type { QueueStore } from '../../src/queue/queueConnection';
import { parseRedisUrl } from '../../src/queue/redisUrl';
import { startValueModelWorker, type ValueModelJob, ValueModelSchedule } from '../../src/queue/valueModelQueue';
import { createTestDatabase, type TestDatabase } from '../database';
import { emptyRedis } from '../faults/loseQueue';
import { redisOfItsOwn } from '../journeys/redisOfItsOwn';

/** What other tests' workers would take from it, and what they left there, has its own databases. */
const redisUrl = redisOfItsOwn('15');
const redis = redisUrl === null ? null : parseRedisUrl(redisUrl);

describe.each(redis ? ['postgres', 'redis'] : ['postgres'])('the schedule of value models on %s', (kind) => {
  let database: TestDatabase;
  let store: QueueStore;
  const errors: Error[] = [];
  const onError = (error: Error) => errors.push(error);
  const schedules: ValueModelSchedule[] = [];
  const workers: Worker<ValueModelJob>[] = [];
  const aSchedule = () => {
    const schedule = new ValueModelSchedule(store, onError);
    schedules.push(schedule);
    return schedule;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    store = kind === 'redis' && redis ? redis : { kind: 'postgres', databaseUrl: database.url };
    if (kind === 'redis' && redisUrl !== null) await emptyRedis(redisUrl);
  });

  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await Promise.all(schedules.map((schedule) => schedule.close()));
    const heard = errors.map(String);
    // Connections that have been ended may still be saying goodbye, and hear of it when their database goes.
    await database.drop();
    expect(heard).toEqual([]);
  });

  it('has a workspace fitted at once, whoever schedules it again and again, and once more where it is asked for', async () => {
    const fitted: number[] = [];
    let release: () => void = () => undefined;
    const isHeld = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = aSchedule();
    await first.everyDay(1);
    await first.everyDay(1);
    await aSchedule().everyDay(1);
    await aSchedule().everyDay(2);
    const fitModel = async (workspaceId: number) => {
      fitted.push(workspaceId);
      if (workspaceId === 3) await isHeld;
    };
    workers.push(await startValueModelWorker(store, fitModel, onError));
    await until(() => fitted.length === 2);
    await first.now(3);
    await until(() => fitted.includes(3));
    await first.now(4);
    await aSchedule().now(4);
    release();
    await until(() => fitted.includes(4));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([...fitted].sort()).toEqual([1, 2, 3, 4]);
  });

  it('goes on after a fit that failed', async () => {
    const fitted: number[] = [];
    await workers.pop()?.close();
    const fitModel = (workspaceId: number) => {
      fitted.push(workspaceId);
      return workspaceId === 5 ? Promise.reject(new Error('no')) : Promise.resolve();
    };
    workers.push(await startValueModelWorker(store, fitModel, onError));
    const schedule = aSchedule();
    await schedule.now(5);
    await schedule.now(6);
    await until(() => fitted.includes(6));
    expect(errors.splice(0).map(String)).toEqual(['Error: no']);
  });
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('It did not come to pass within 10 s.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
