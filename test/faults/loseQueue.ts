import Redis from 'ioredis';
import pg from 'pg';
import { redisOfItsOwn } from '../journeys/redisOfItsOwn';
import type { System } from '../journeys/system';

const DEADLOCK_DETECTED = '40P01';

/** Takes every job and every key out of the queue: FLUSHDB where REDIS_URL says that it is in Redis, else its tables are emptied. */
export async function loseQueue(system: System): Promise<void> {
  const redisUrl = redisOfItsOwn();
  if (redisUrl !== null) await emptyRedis(redisUrl);
  else await emptyTables(system);
}

export async function emptyRedis(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl);
  await redis.flushdb();
  await redis.quit();
}

/** All but the record of which of BullMQ's own migrations have run. */
async function emptyTables(system: System): Promise<void> {
  const tables = await system.ask<{ name: string }>(
    `select t.tablename as name from pg_tables t where t.schemaname = 'bullmq' and t.tablename not like '%migration%'`,
  );
  expect(tables).not.toEqual([]);
  const truncate = `truncate ${tables.map(({ name }) => `bullmq.${pg.escapeIdentifier(name)}`).join(', ')}`;
  while (!(await truncated(system, truncate)));
}

/** False where it stood in a deadlock with BullMQ's own statements, which lock the same tables in another order, and was the one to give way. */
async function truncated(system: System, truncate: string): Promise<boolean> {
  try {
    await system.ask(truncate);
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === DEADLOCK_DETECTED) return false;
    throw error;
  }
}
