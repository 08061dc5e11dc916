import { seededRandom } from '../../src/identity/matching/hash';

/** Draws of a seeded generator, so that a benchmark meets the same people each time. */
export class Chance {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  happens(probability: number): boolean {
    return this.random() < probability;
  }

  /** From `least` up to and with `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  oneOf<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)] as T;
  }

  /** The first ones far more often than the last, as names are spread (Zipf). */
  zipf<T>(list: readonly T[], exponent = 1): T {
    const rank = exponent === 1 ? list.length ** this.random() - 1 : this.powerRank(list.length, exponent);
    return list[Math.min(list.length - 1, Math.floor(rank))] as T;
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.between(0, 9)).join('');
  }

  shuffle<T>(list: T[]): T[] {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.between(0, i);
      [list[i], list[j]] = [list[j] as T, list[i] as T];
    }
    return list;
  }

  private powerRank(length: number, exponent: number): number {
    const share = 1 - exponent;
    return ((length ** share - 1) * this.random() + 1) ** (1 / share) - 1;
  }
}
