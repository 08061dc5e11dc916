import { seededRandom } from '../../../src/identity/matching/hash';
import type { BgNbdParameters, PurchaseHistory } from '../../../src/measures/value/bgNbd';
import type { GammaGammaParameters, SpendHistory } from '../../../src/measures/value/gammaGamma';

/** The parameters published for the CDNOW sample: BG/NBD (Fader, Hardie, Lee 2005, table 1), Gamma-Gamma (Fader, Hardie 2013, section 4). */
export const CDNOW: BgNbdParameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
export const CDNOW_SPEND: GammaGammaParameters = { p: 6.25, q: 3.74, v: 15.44 };

/** Draws from the models, the same at each run. */
export class Draws {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  uniform(): number {
    return this.random() + 2 ** -33;
  }

  exponential(rate: number): number {
    return -Math.log(this.uniform()) / rate;
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Marsaglia and Tsang, A Simple Method for Generating Gamma Variables, 2000. */
  gamma(shape: number, rate = 1): number {
    if (shape < 1) return this.gamma(shape + 1, rate) * this.uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = this.normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / rate;
    }
  }

  beta(a: number, b: number): number {
    const x = this.gamma(a);
    return x / (x + this.gamma(b));
  }

  /** One customer of the BG/NBD world, in whole days of weeks as transaction files have it where `days` is asked for. */
  history(age: number, { r, alpha, a, b }: BgNbdParameters): PurchaseHistory {
    const rate = this.gamma(r, alpha);
    const leaving = this.beta(a, b);
    let [frequency, recency] = [0, 0];
    for (let at = this.exponential(rate); at <= age; at += this.exponential(rate)) {
      frequency++;
      recency = at;
      if (this.uniform() < leaving) break;
    }
    return { frequency, recency, age };
  }

  spend(frequency: number, { p, q, v }: GammaGammaParameters): SpendHistory {
    const rate = this.gamma(q, v);
    return { frequency, meanValue: frequency === 0 ? 0 : this.gamma(p * frequency, rate) / frequency };
  }
}

/** Customers who all came within twelve weeks and are watched for 39, as in the CDNOW sample. */
export function customers(count: number, seed: number, parameters = CDNOW): readonly PurchaseHistory[] {
  const draws = new Draws(seed);
  return Array.from({ length: count }, () => draws.history(27 + 12 * draws.uniform(), parameters));
}
