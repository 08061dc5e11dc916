import { Redis } from 'ioredis';
import { Doorbell } from './ingestionQueue';
import type { QueueStore } from './queueConnection';
import type { RedisTarget } from './redisUrl';

/** A Redis that does not do this loses jobs, or fills up for good. */
export interface RedisFacts {
  /** Such as 7.4.1; null where it does not say. */
  readonly version: string | null;
  /** Such as noeviction. */
  readonly evictionPolicy: string | null;
  readonly isPersistent: boolean;
}

const CONNECT_MS = 3_000;

/** Jobs by state. Rejects where the queue can't be reached. */
export async function inspectJobs(store: QueueStore): Promise<Readonly<Record<string, number>>> {
  const doorbell = new Doorbell(store, () => undefined);
  try {
    await doorbell.connected();
    return await doorbell.jobs();
  } finally {
    await doorbell.close();
  }
}

/** Of one of its servers. Rejects where none can be reached. */
export async function inspectRedis(target: RedisTarget): Promise<RedisFacts> {
  const [host] = target.kind === 'single' ? [target.host] : target.kind === 'cluster' ? target.hosts : target.sentinels;
  const redis = new Redis({
    host: host?.host,
    port: host?.port,
    // Sentinels have names and passwords of their own.
    ...(target.kind !== 'sentinel' && { username: target.username ?? undefined, password: target.password ?? undefined }),
    tls: target.tls ? {} : undefined,
    connectTimeout: CONNECT_MS,
    lazyConnect: true,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const info = await redis.info();
    const fact = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? null;
    return { version: fact('redis_version'), evictionPolicy: fact('maxmemory_policy'), isPersistent: fact('aof_enabled') === '1' };
  } finally {
    redis.disconnect();
  }
}
