import type { Clock } from '../../kernel/clock';
import { Refusal } from '../../kernel/refusals';

/** What somebody may spend: the quota at once, and so much again within each window, little by little (a token bucket). */
export interface Allowance {
  readonly quota: number;
  readonly windowMs: number;
}

/** What is left, in the words of the RateLimit header. */
export interface Left {
  readonly remaining: number;
  /** Until all of the quota is there again. */
  readonly resetSeconds: number;
}

export class RateLimited extends Refusal {
  constructor(readonly retryAfterSeconds: number) {
    super('RATE_LIMITED', `More than is allowed was asked for; ask again in ${retryAfterSeconds} seconds.`);
  }
}

export interface Spent {
  readonly id: string;
  /** As time: how long the allowance takes to give it back. */
  readonly ms: number;
}

interface Bucket {
  /** When all that was spent will have come back. */
  fullAtMs: number;
  /** Spent here, and not yet told to other processes. */
  untoldMs: number;
}

const MAX_BUCKETS = 20_000;

/**
 * How much keys or addresses have spent. A number and a comparison each, in memory; where processes share what was spent, they tell one another afterwards
 * (`takeUntold`, `tell`), so that nobody ever waits for that, and together they overspend by what is spent between two tellings.
 */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();
  private readonly msPerUnit: number;

  /** `clock`: milliseconds since whenever, never going back. */
  constructor(
    readonly allowance: Allowance,
    private readonly clock: Clock,
  ) {
    this.msPerUnit = allowance.windowMs / allowance.quota;
  }

  /** Refuses with RATE_LIMITED where less than `cost` is left, and spends nothing then. */
  spend(id: string, cost: number): void {
    this.refuseWhenSpent(id, cost);
    this.take(this.bucketOf(id), cost);
  }

  /** Spends what was not known before it was done, also where less is left. */
  charge(id: string, cost: number): void {
    this.take(this.bucketOf(id), cost);
  }

  /** As `spend`, but spends nothing in any case. */
  refuseWhenSpent(id: string, cost = 1): void {
    const bucket = this.buckets.get(id);
    const lateMs = (bucket === undefined ? 0 : this.aheadMs(bucket)) + cost * this.msPerUnit - this.allowance.windowMs;
    if (lateMs > 0) throw new RateLimited(Math.max(1, Math.ceil(lateMs / 1000)));
  }

  leftOf(id: string): Left {
    const bucket = this.buckets.get(id);
    const aheadMs = bucket === undefined ? 0 : this.aheadMs(bucket);
    const remaining = Math.max(0, Math.floor((this.allowance.windowMs - aheadMs) / this.msPerUnit));
    return { remaining, resetSeconds: Math.ceil(aheadMs / 1000) };
  }

  /** What was spent here since it was last asked for. Whoever can't pass it on gives it back. */
  takeUntold(): Spent[] {
    const untold: Spent[] = [];
    for (const [id, bucket] of this.buckets) {
      if (bucket.untoldMs === 0) continue;
      untold.push({ id, ms: bucket.untoldMs });
      bucket.untoldMs = 0;
    }
    return untold;
  }

  giveBack({ id, ms }: Spent): void {
    const bucket = this.buckets.get(id);
    if (bucket) bucket.untoldMs += ms;
  }

  /** How far ahead all processes together are of what is given back, as of now. */
  tell(id: string, aheadMs: number): void {
    const bucket = this.bucketOf(id);
    bucket.fullAtMs = this.clock() + aheadMs + bucket.untoldMs;
  }

  private aheadMs(bucket: Bucket): number {
    return Math.max(0, bucket.fullAtMs - this.clock());
  }

  private take(bucket: Bucket, cost: number): void {
    const ms = cost * this.msPerUnit;
    bucket.fullAtMs = Math.max(bucket.fullAtMs, this.clock()) + ms;
    bucket.untoldMs += ms;
  }

  private bucketOf(id: string): Bucket {
    const known = this.buckets.get(id);
    if (known) return known;
    if (this.buckets.size >= MAX_BUCKETS) this.buckets.delete(this.buckets.keys().next().value as string);
    const bucket = { fullAtMs: 0, untoldMs: 0 };
    this.buckets.set(id, bucket);
    return bucket;
  }
}
