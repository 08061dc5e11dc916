/** A friction sign: whose, by customer number, and when it was found. */
export interface FrictionTime {
  readonly customer: number;
  readonly detectedAtMs: number;
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
