import { Cluster, Redis } from 'ioredis';
import type { Spent } from '../intake/rates/rateLimiter';
import type { RedisTarget } from './redisUrl';

/** Adds to how far ahead an id is of what is given back, by Redis's own clock, and answers how far that is now. Forgotten when all has been given back. */
const ADD = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now) + tonumber(ARGV[1])
redis.call('SET', KEYS[1], string.format('%.3f', full), 'PX', math.ceil(full - now) + 1)
return string.format('%.3f', full - now)`;

/** What several processes spend of the same allowances, in Redis. */
export class SharedSpending {
  private readonly redis: Redis | Cluster;

  constructor(target: RedisTarget) {
    this.redis = connect(target);
    // It connects again by itself, and who adds meanwhile hears of it.
    this.redis.on('error', () => undefined);
  }

  /** How far ahead of what is given back each of the ids is now. Rejects, having counted some of them or none, where Redis can't be reached. */
  async add(name: string, spent: readonly Spent[]): Promise<number[]> {
    const answers = await Promise.all(spent.map(({ id, ms }) => this.redis.eval(ADD, 1, `throughline:spent:${name}:${id}`, ms)));
    return answers.map(Number);
  }

  close(): void {
    this.redis.disconnect();
  }
}

/** Nobody waits for it, so a command that can't be sent at once fails. */
function connect(target: RedisTarget): Redis | Cluster {
  const access = {
    username: target.username ?? undefined,
    password: target.password ?? undefined,
    tls: target.tls ? {} : undefined,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
  } as const;
  switch (target.kind) {
    case 'single':
      return new Redis({ ...access, host: target.host.host, port: target.host.port, db: target.db });
    case 'sentinel':
      return new Redis({ ...access, sentinels: [...target.sentinels], name: target.name, db: target.db });
    case 'cluster':
      return new Cluster([...target.hosts], { redisOptions: access, enableOfflineQueue: false });
  }
}
