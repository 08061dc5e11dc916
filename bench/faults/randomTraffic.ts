const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Customers who are there from the beginning, and messages until another one comes. */
const FIRST_CUSTOMERS = 40;
const MESSAGES_A_CUSTOMER = 60;
/** Of whom most messages are. */
const RECENT_CUSTOMERS = 80;
const TABLETS = 8;
const COMPANIES = 12;
const TIERS = ['bronze', 'silver', 'gold', 'platinum'] as const;
export const PURPOSES = ['email', 'sms'] as const;

/** A message as a client library sends it. */
export interface SentMessage {
  readonly type: 'identify' | 'track' | 'alias' | 'group';
  readonly messageId: string;
  readonly userId?: string;
  readonly previousId?: string;
  readonly groupId?: string;
  readonly anonymousId?: string;
  readonly event?: string;
  readonly traits?: Readonly<Record<string, string | number>>;
  readonly properties?: Readonly<Record<string, string | number>>;
  /** When it happened; or by a clock that may be wrong, which `sentAt` was read from as well. */
  readonly timestamp?: string;
  readonly originalTimestamp?: string;
  readonly sentAt?: string;
}

/**
 * Customers who become known, with devices of their own, tablets that several sign in on, addresses that a family shares, and ids that turn out to be one; and
 * what they do, in any order, days late, a little ahead of time, and by clocks that are days wrong.
 */
export class RandomTraffic {
  private count = 0;

  constructor(private readonly chance: () => number) {}

  /** How many there are by now, numbered from 0. */
  get customers(): number {
    return FIRST_CUSTOMERS + Math.floor(this.count / MESSAGES_A_CUSTOMER);
  }

  next(nowMs: number): SentMessage {
    const n = this.count++;
    const customer = this.customer();
    const base = { messageId: `m-${n}`, ...this.when(nowMs) };
    const device = `device-${customer}-${this.below(2)}`;
    const userId = `user-${customer}`;
    const turn = this.chance();
    if (turn < 0.2) return { ...base, type: 'identify', userId, anonymousId: device, traits: this.traits(customer) };
    if (turn < 0.22) return { ...base, type: 'identify', userId, traits: { email: emailOf(Math.max(0, customer - 1 - this.below(3))) } };
    if (turn < 0.25) return { ...base, type: 'alias', userId, previousId: `old-user-${customer}` };
    if (turn < 0.27)
      return { ...base, type: 'group', userId, groupId: `company-${customer % COMPANIES}`, traits: { seats: this.below(100) } };
    if (turn < 0.31) return { ...base, type: 'track', userId, anonymousId: `tablet-${this.below(TABLETS)}`, event: 'Signed In' };
    if (turn < 0.33) return { ...base, type: 'track', userId: `old-user-${customer}`, event: 'Clicked', properties: { n } };
    if (turn < 0.34) return { ...base, type: 'track', userId: 'undefined', anonymousId: device, event: 'Clicked', properties: { n } };
    const known = this.chance() < 0.6 ? { userId, anonymousId: device } : { anonymousId: device };
    return { ...base, ...known, ...this.deed(n) };
  }

  private deed(n: number): Pick<SentMessage, 'type' | 'event' | 'properties'> {
    const turn = this.chance();
    const type = 'track';
    if (turn < 0.4) return { type, event: 'Bought', properties: { amount: 1 + this.below(100) } };
    if (turn < 0.55)
      return { type, event: 'Order Completed', properties: { order_id: `o-${n}`, total: 1 + this.below(500), currency: 'EUR' } };
    if (turn < 0.7) {
      const event = this.chance() < 0.5 ? 'Consent Given' : 'Consent Withdrawn';
      return { type, event, properties: { purpose: PURPOSES[this.below(PURPOSES.length)] as string } };
    }
    return { type, event: 'Clicked', properties: { n } };
  }

  private traits(customer: number): Record<string, string | number> {
    const traits = { tier: TIERS[this.below(TIERS.length)] as string, score: this.below(100) };
    return this.chance() < 0.5 ? traits : { ...traits, email: emailOf(customer) };
  }

  private customer(): number {
    if (this.chance() < 0.2) return this.below(this.customers);
    return Math.max(0, this.customers - 1 - this.below(RECENT_CUSTOMERS));
  }

  /** Mostly of the last two hours. */
  private when(nowMs: number): Pick<SentMessage, 'timestamp' | 'originalTimestamp' | 'sentAt'> {
    const turn = this.chance();
    const ago = (most: number) => nowMs - this.below(most);
    if (turn < 0.05) return { timestamp: iso(ago(60 * DAY_MS)) };
    if (turn < 0.08) return { timestamp: iso(nowMs + this.below(20_000)) };
    if (turn < 0.2) {
      const errorMs = this.below(20 * DAY_MS) - 10 * DAY_MS;
      return { originalTimestamp: iso(ago(MINUTE_MS) + errorMs), sentAt: iso(nowMs + errorMs) };
    }
    return { timestamp: iso(ago(2 * HOUR_MS)) };
  }

  private below(limit: number): number {
    return Math.floor(this.chance() * limit);
  }
}

/** Now and then spelt otherwise than it is kept. */
function emailOf(customer: number): string {
  return customer % 3 === 0 ? `Person.${customer}@Example.COM` : `person.${customer}@example.com`;
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
