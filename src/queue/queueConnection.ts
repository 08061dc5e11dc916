import { type ConnectionOptions, createPostgresBackend, Queue, type QueueOptions, Worker, type WorkerOptions, type Processor } from 'bullmq';
import { Cluster, Redis } from 'ioredis';

/** Where BullMQ keeps its jobs. Losing it loses no message: what the inbox holds is queued again. */
export type QueueStore =
  | { readonly kind: 'postgres'; readonly connectionString: string }
  | { readonly kind: 'redis'; readonly url: string }
  | { readonly kind: 'sentinel'; readonly sentinels: readonly { host: string; port: number }[]; readonly name: string; readonly password?: string }
  | { readonly kind: 'cluster'; readonly nodes: readonly { host: string; port: number }[]; readonly password?: string };

/** Tables of BullMQ's own, apart from ours. */
const POSTGRES_SCHEMA = 'bullmq';

/** Redis Cluster keeps all keys of a queue on one node only where they share a hash tag. */
const REDIS_PREFIX = '{throughline}';

export function openQueue<Data>(name: string, store: QueueStore, options: Omit<QueueOptions, 'connection'> = {}): Queue<Data> {
  if (store.kind === 'postgres') {
    return new Queue(name, { ...options, connection: postgresConnection(store.connectionString, 2) }, createPostgresBackend) as unknown as Queue<Data>;
  }
  return new Queue<Data>(name, { ...options, connection: redisConnection(store), prefix: REDIS_PREFIX });
}

export function openWorker<Data>(name: string, store: QueueStore, process: Processor<Data>, options: Omit<WorkerOptions, 'connection'>): Worker<Data> {
  if (store.kind === 'postgres') {
    return new Worker(name, process, { ...options, connection: postgresConnection(store.connectionString, 4) }, createPostgresBackend) as unknown as Worker<Data>;
  }
  return new Worker<Data>(name, process, { ...options, connection: redisConnection(store), prefix: REDIS_PREFIX });
}

function postgresConnection(connectionString: string, max: number) {
  return { connectionString, max, schema: POSTGRES_SCHEMA, keepAlive: true };
}

/** `maxRetriesPerRequest: null` is what BullMQ asks of a connection: a command waits while Redis is away. */
function redisConnection(store: Exclude<QueueStore, { kind: 'postgres' }>): ConnectionOptions {
  switch (store.kind) {
    case 'redis':
      return new Redis(store.url, { maxRetriesPerRequest: null });
    case 'sentinel':
      return new Redis({ sentinels: [...store.sentinels], name: store.name, password: store.password, maxRetriesPerRequest: null });
    case 'cluster':
      return new Cluster([...store.nodes], { redisOptions: { password: store.password, maxRetriesPerRequest: null } });
  }
}
