import { randomUUID } from 'node:crypto';
import { shareSpending } from '../../src/app/shareSpending';
import { RateLimiter, type Spent } from '../../src/intake/rates/rateLimiter';
import { parseRedisUrl } from '../../src/queue/redisUrl';
import { SharedSpending } from '../../src/queue/sharedSpending';
import { until } from '../api/streams/listeners';

const redis = process.env['REDIS_URL'] ? parseRedisUrl(process.env['REDIS_URL']) : null;
const ALLOWANCE = { quota: 1_000, windowMs: 1_000_000 };

/** What Redis does, for one process that plays several. */
class Memory {
  private readonly fullAtMs = new Map<string, number>();
  isGone = false;

  add(name: string, spent: readonly Spent[]): Promise<number[]> {
    if (this.isGone) return Promise.reject(new Error('gone'));
    return Promise.resolve(
      spent.map(({ id, ms }) => {
        const key = `${name} ${id}`;
        const fullAtMs = Math.max(this.fullAtMs.get(key) ?? 0, Date.now()) + ms;
        this.fullAtMs.set(key, fullAtMs);
        return fullAtMs - Date.now();
      }),
    );
  }

  close(): void {
    this.isGone = true;
  }
}

const stops: (() => Promise<void>)[] = [];
const errors: unknown[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  errors.splice(0);
});

function limiterSharing(shared: Pick<SharedSpending, 'add' | 'close'>): RateLimiter {
  const limiter = new RateLimiter(ALLOWANCE, Date.now);
  stops.push(shareSpending(shared, { test: limiter, none: null }, (error) => errors.push(error)).stop);
  return limiter;
}

describe.each(redis ? ['memory', 'redis'] : ['memory'])('what is spent in several processes, shared in %s', (kind) => {
  let memory: Memory;
  beforeEach(() => {
    memory = new Memory();
  });
  const opened = () => (kind === 'redis' && redis ? new SharedSpending(redis) : memory);

  it('is spent of one allowance, as soon as they have told one another', async () => {
    const id = randomUUID();
    const [one, two] = [limiterSharing(opened()), limiterSharing(opened())];
    one.spend(id, 600);
    two.spend(id, 100);
    await until(() => {
      two.charge(id, 0.001);
      return two.leftOf(id).remaining <= 300;
    });
    expect(two.leftOf(id).remaining).toBeGreaterThanOrEqual(298);
    expect(() => two.spend(id, 400)).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
  });

  it('is of one id only', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    const [one, two] = [limiterSharing(opened()), limiterSharing(opened())];
    one.spend(id, 900);
    two.spend(other, 1);
    await until(() => one.takeUntold().length === 0 && two.takeUntold().length === 0);
    expect(two.leftOf(other).remaining).toBeGreaterThanOrEqual(998);
  });
});

it('is counted by each process for itself while it can not be told, and told when it can', async () => {
  const memory = new Memory();
  const id = randomUUID();
  memory.isGone = true;
  const one = limiterSharing(memory);
  one.spend(id, 700);
  await until(() => errors.length > 0);
  expect(() => one.spend(id, 400)).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
  memory.isGone = false;
  const two = limiterSharing(memory);
  await until(() => {
    two.charge(id, 0.001);
    return two.leftOf(id).remaining <= 301;
  });
});
