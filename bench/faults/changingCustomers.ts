import type { Json } from '../../src/kernel/json';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const TIERS = ['bronze', 'silver', 'gold', 'platinum'] as const;
const HIGH = 50;
const BOUGHT = { event: { name: 'Bought' } };
const IS_HIGH = { trait: 'score', op: 'gte', value: HIGH };

/** Counts what was bought, over all time. */
export const PURCHASES = { key: 'purchases', name: 'Purchases', definition: { aggregate: 'count', event: { name: 'Bought' } } } as const;

interface Customer {
  tier: string;
  score: number;
  readonly boughtAtMs: number[];
}

interface StoredSegment {
  readonly definition: Json;
  /** The same once more, said the slow and obvious way. */
  readonly holds: (customer: Customer, nowMs: number) => boolean;
}

const boughtBy = ({ boughtAtMs }: Customer, nowMs: number) => boughtAtMs.filter((atMs) => atMs <= nowMs);
const boughtLately = (customer: Customer, nowMs: number) => boughtBy(customer, nowMs).some((atMs) => atMs > nowMs - HOUR_MS);

/** By their keys, those that others name first. */
export const SEGMENTS: Readonly<Record<string, StoredSegment>> = {
  ...Object.fromEntries(
    TIERS.map((tier): [string, StoredSegment] => [
      tier,
      { definition: { trait: 'tier', op: 'eq', value: tier }, holds: (customer) => customer.tier === tier },
    ]),
  ),
  high: { definition: IS_HIGH, holds: ({ score }) => score >= HIGH },
  low: { definition: { not: IS_HIGH }, holds: ({ score }) => score < HIGH },
  gold_and_high: {
    definition: { all: [{ segment: 'gold' }, { segment: 'high' }] },
    holds: ({ tier, score }) => tier === 'gold' && score >= HIGH,
  },
  bought_lately: { definition: { ...BOUGHT, within: '1h' }, holds: boughtLately },
  quiet: { definition: { not: { ...BOUGHT, within: '1h' } }, holds: (customer, nowMs) => !boughtLately(customer, nowMs) },
  regular: { definition: { ...BOUGHT, count: { op: 'gte', value: 3 } }, holds: (customer, nowMs) => boughtBy(customer, nowMs).length >= 3 },
  again: {
    definition: { sequence: [{ name: 'Bought' }, { name: 'Bought' }] },
    holds: (customer, nowMs) => boughtBy(customer, nowMs).length >= 2,
  },
  loyal: {
    definition: { computed: PURCHASES.key, op: 'gte', value: 4 },
    holds: (customer, nowMs) => boughtBy(customer, nowMs).length >= 4,
  },
};

/**
 * Customers who are somebody else in each round: another tier, a score on the other side, and a fourth of them buy. Most of what they buy is so long ago that
 * it stops counting as lately within the next moments; some is not. Nobody is merged: a merged profile leaves in silence.
 */
export class ChangingCustomers {
  private readonly customers: Customer[];
  /** When the last of what was bought long ago stops counting. */
  quietAtMs = 0;

  constructor(
    count: number,
    /** How long what was bought long ago counts on, at least and at most. */
    private readonly countsOnMs: readonly [least: number, most: number],
  ) {
    this.customers = Array.from({ length: count }, () => ({ tier: '', score: 0, boughtAtMs: [] }));
  }

  /** One identify for each, then what some bought. Whatever is answered must be sent until it is acknowledged. */
  round(round: number, nowMs: number): readonly (object & { readonly messageId: string })[] {
    const timestamp = new Date(nowMs).toISOString();
    const identified = this.customers.map((customer, n) => {
      customer.tier = TIERS[(n + round) % TIERS.length] as string;
      customer.score = (n + round) % 2 === 0 ? 80 : 20;
      const traits = { tier: customer.tier, score: customer.score };
      return { type: 'identify', messageId: `${round}-${n}`, userId: userIdOf(n), timestamp, traits };
    });
    const bought = this.customers.flatMap((customer, n) => {
      if ((n + round) % 4 !== 0) return [];
      const boughtAtMs = this.boughtAt(n, round, nowMs);
      customer.boughtAtMs.push(boughtAtMs);
      const at = new Date(boughtAtMs).toISOString();
      return [{ type: 'track', messageId: `${round}-${n}-bought`, userId: userIdOf(n), timestamp: at, event: 'Bought' }];
    });
    return [...identified, ...bought];
  }

  /** `segment user`, for each who belongs in each segment. */
  belong(nowMs: number): ReadonlySet<string> {
    const places = Object.entries(SEGMENTS).flatMap(([key, { holds }]) =>
      this.customers.flatMap((customer, n) => (holds(customer, nowMs) ? [`${key} ${userIdOf(n)}`] : [])),
    );
    return new Set(places);
  }

  private boughtAt(n: number, round: number, nowMs: number): number {
    if (n % 10 === 0) return nowMs - MINUTE_MS - round;
    const [least, most] = this.countsOnMs;
    const endsAtMs = nowMs + least + ((n * 37) % (most - least));
    this.quietAtMs = Math.max(this.quietAtMs, endsAtMs);
    return endsAtMs - HOUR_MS;
  }
}

function userIdOf(n: number): string {
  return `user-${n}`;
}
