import fc from 'fast-check';
import { RateLimited, RateLimiter } from '../../../src/intake/rates/rateLimiter';

const ALLOWANCE = { quota: 100, windowMs: 10_000 };

class Time {
  nowMs = 1_000_000;
  readonly clock = () => this.nowMs;
}

function spends(limiter: RateLimiter, id: string, cost: number): boolean {
  try {
    limiter.spend(id, cost);
    return true;
  } catch (error) {
    if (error instanceof RateLimited) return false;
    throw error;
  }
}

it('lets everybody spend the quota at once, and no more', () => {
  const limiter = new RateLimiter(ALLOWANCE, new Time().clock);
  expect(limiter.leftOf('a')).toEqual({ remaining: 100, resetSeconds: 0 });
  expect([spends(limiter, 'a', 60), spends(limiter, 'a', 41), spends(limiter, 'a', 40), spends(limiter, 'a', 1)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect(limiter.leftOf('a')).toEqual({ remaining: 0, resetSeconds: 10 });
  expect(spends(limiter, 'b', 100)).toBe(true);
});

it('says when to come back, and keeps its word', () => {
  const time = new Time();
  const limiter = new RateLimiter(ALLOWANCE, time.clock);
  limiter.spend('a', 100);
  expect(() => limiter.spend('a', 35)).toThrow(expect.objectContaining({ code: 'RATE_LIMITED', retryAfterSeconds: 4 }));
  time.nowMs += 4_000;
  expect(spends(limiter, 'a', 35)).toBe(true);
});

it('remembers what was charged beyond the quota', () => {
  const time = new Time();
  const limiter = new RateLimiter(ALLOWANCE, time.clock);
  limiter.charge('a', 250);
  expect(() => limiter.refuseWhenSpent('a')).toThrow(expect.objectContaining({ retryAfterSeconds: 16 }));
  time.nowMs += 15_200;
  expect(() => limiter.refuseWhenSpent('a')).not.toThrow();
});

it('never gives more in any span of time than the quota and what came back meanwhile, and never refuses less', () => {
  const turn = fc.record({ waitMs: fc.integer({ min: 0, max: 3_000 }), cost: fc.integer({ min: 1, max: 100 }) });
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 60 }), (turns) => {
      const time = new Time();
      const limiter = new RateLimiter(ALLOWANCE, time.clock);
      let left = ALLOWANCE.quota;
      for (const { waitMs, cost } of turns) {
        time.nowMs += waitMs;
        left = Math.min(ALLOWANCE.quota, left + (waitMs * ALLOWANCE.quota) / ALLOWANCE.windowMs);
        const isAllowed = spends(limiter, 'a', cost);
        if (Math.abs(left - cost) > 1e-6) expect(isAllowed).toBe(left > cost);
        if (isAllowed) left -= cost;
        expect(Math.abs(limiter.leftOf('a').remaining - left)).toBeLessThanOrEqual(1);
      }
    }),
  );
});

it('knows what is spent elsewhere once it is told, and forgets nothing that was spent meanwhile', () => {
  const limiter = new RateLimiter(ALLOWANCE, new Time().clock);
  limiter.spend('a', 10);
  expect(limiter.takeUntold()).toEqual([{ id: 'a', ms: 1_000 }]);
  expect(limiter.takeUntold()).toEqual([]);
  limiter.spend('a', 5);
  limiter.tell('a', 8_000);
  expect(limiter.leftOf('a').remaining).toBe(15);
  const [untold] = limiter.takeUntold();
  limiter.giveBack(untold as { id: string; ms: number });
  expect(limiter.takeUntold()).toEqual([{ id: 'a', ms: 500 }]);
});

it('remembers no more than so many, however many there are', () => {
  const limiter = new RateLimiter(ALLOWANCE, new Time().clock);
  limiter.spend('first', 100);
  for (let index = 0; index < 20_000; index++) limiter.charge(`other ${index}`, 1);
  expect(limiter.leftOf('first').remaining).toBe(100);
  expect(limiter.leftOf('other 19999').remaining).toBe(99);
});
