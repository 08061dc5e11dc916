import {
  type ConnectionOptions,
  createPostgresBackend,
  type Processor,
  Queue,
  type QueueOptions,
  Worker,
  type WorkerOptions,
} from 'bullmq';
import { Cluster } from 'ioredis';
import { Client, type ClientConfig } from 'pg';
import type { RedisTarget } from './redisUrl';

/** Where BullMQ keeps its jobs. Losing it loses no message: what the inbox holds is queued again. */
export type QueueStore = { readonly kind: 'postgres'; readonly databaseUrl: string } | RedisTarget;

/** Tables of BullMQ's own, apart from ours. */
const POSTGRES_SCHEMA = 'bullmq';

/** Redis Cluster keeps all keys of a queue on one node only where they share a hash tag. */
const REDIS_PREFIX = '{throughline}';

const QUEUE_CONNECTIONS = 2;
const WORKER_CONNECTIONS = 4;

export function openQueue<Data>(name: string, store: QueueStore, options: Omit<QueueOptions, 'connection'> = {}): Queue<Data> {
  if (store.kind === 'postgres') {
    const connection = postgresConnection(store.databaseUrl, QUEUE_CONNECTIONS);
    return new Queue(name, { ...options, connection }, createPostgresBackend) as unknown as Queue<Data>;
  }
  return new Queue<Data>(name, { ...options, connection: redisConnection(store), prefix: REDIS_PREFIX });
}

export function openWorker<Data>(
  name: string,
  store: QueueStore,
  process: Processor<Data>,
  options: Omit<WorkerOptions, 'connection'>,
): Worker<Data> {
  if (store.kind === 'postgres') {
    const connection = postgresConnection(store.databaseUrl, WORKER_CONNECTIONS);
    return new Worker(name, process, { ...options, connection }, createPostgresBackend) as unknown as Worker<Data>;
  }
  return new Worker<Data>(name, process, { ...options, connection: redisConnection(store), prefix: REDIS_PREFIX });
}

/**
 * Resolves when the first connection stands. Rejects where PostgreSQL can't be reached: BullMQ remembers that for good, so whoever hears of it
 * must start anew. To Redis it connects again and again by itself, and nobody waits for it.
 */
export async function firstConnection(store: QueueStore, user: { waitUntilReady(): Promise<unknown> }): Promise<void> {
  if (store.kind === 'postgres') await user.waitUntilReady();
}

/** What is asked of the queue, or so long without an answer: a Redis that is away answers when it is back. */
export async function askInTime(asked: Promise<unknown>, withinMs: number): Promise<void> {
  await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, withinMs).unref())]);
}

/** With its jobs done, or without them after so long: a Redis that is away can't be said goodbye to. What was not done is done again. */
export function closeInTime(user: { close(): Promise<void> }, withinMs: number): Promise<void> {
  return askInTime(user.close(), withinMs);
}

function postgresConnection(connectionString: string, max: number) {
  return { connectionString, max, schema: POSTGRES_SCHEMA, keepAlive: true, migrate: true, Client: HeardClient };
}

/** Nobody listens to a connection of BullMQ's while it is lent out or just opened, and an error that nobody hears would end the process. Whoever uses it is told anyway. */
class HeardClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** `maxRetriesPerRequest: null` is what BullMQ asks of a connection: a command waits while Redis is away. */
function redisConnection(target: RedisTarget): ConnectionOptions {
  const access = {
    username: target.username ?? undefined,
    password: target.password ?? undefined,
    tls: target.tls ? {} : undefined,
    maxRetriesPerRequest: null,
  } as const;
  switch (target.kind) {
    case 'single':
      return { ...access, host: target.host.host, port: target.host.port, db: target.db };
    case 'sentinel':
      return { ...access, sentinels: [...target.sentinels], name: target.name, db: target.db };
    case 'cluster':
      return new Cluster([...target.hosts], { redisOptions: access });
  }
}
