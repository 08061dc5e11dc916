import type { CustomerIndex } from '../touches/customerIndex';

/** A friction sign: whose, by customer number, and when it was found. */
export interface FrictionTime {
  readonly customer: number;
  readonly detectedAtMs: number;
}

/** A profile's id and a time in microseconds since the year 2000, big-endian. */
const PAIR_BYTES = 24;
const PROFILE_BYTES = 16;
const YEAR_2000_MS = Date.UTC(2000, 0, 1);

/** From pairs of profile and time, as PostgreSQL sends a uuid and a timestamptz; those of nobody are left out. */
export function frictionTimes(pairs: Buffer, customers: CustomerIndex): FrictionTimes {
  const found: FrictionTime[] = [];
  for (let at = 0; at < pairs.length; at += PAIR_BYTES) {
    const customer = customers.customerOfProfile(pairs, at);
    if (customer >= 0) found.push({ customer, detectedAtMs: YEAR_2000_MS + microsecondsAt(pairs, at + PROFILE_BYTES) / 1000 });
  }
  return new FrictionTimes(found);
}

/** In halves, which spares a BigInt for each. */
function microsecondsAt(pairs: Buffer, at: number): number {
  return pairs.readInt32BE(at) * 2 ** 32 + pairs.readUInt32BE(at + 4);
}

/** When friction was found, customer by customer. */
export class FrictionTimes {
  private readonly times = new Map<number, number[]>();

  constructor(found: Iterable<FrictionTime>) {
    for (const { customer, detectedAtMs } of found) {
      const times = this.times.get(customer);
      if (times) times.push(detectedAtMs);
      else this.times.set(customer, [detectedAtMs]);
    }
  }

  /** Whether any was found in [fromMs, toMs). */
  isWithin(customer: number, fromMs: number, toMs: number): boolean {
    return this.times.get(customer)?.some((atMs) => atMs >= fromMs && atMs < toMs) ?? false;
  }
}
