import { isJsonObject } from '../kernel/json';

/** A character is at most six bytes of JSON text: an escape such as \u001f. */
const BYTES_PER_CHARACTER = 6;
const NUMBER_BYTES = 26;
const PUNCTUATION_BYTES = 4;

/**
 * One cheap walk over parsed JSON, for three questions: can its text be longer than allowed, does it nest too deep, and did a number
 * lose digits when it was parsed.
 */
export class Scale {
  /** Some number is beyond what a double holds exactly. */
  inexact = false;
  private tooDeep = false;

  constructor(private readonly maxLevels: number) {}

  /** An upper bound of the bytes of its JSON text; -1 where it nests deeper than `maxLevels`. */
  weigh(value: unknown): number {
    this.tooDeep = false;
    const bytes = this.weighValue(value, this.maxLevels);
    return this.tooDeep ? -1 : bytes;
  }

  private weighValue(value: unknown, levels: number): number {
    if (typeof value === 'string') return value.length * BYTES_PER_CHARACTER + PUNCTUATION_BYTES;
    if (typeof value === 'number') {
      if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) this.inexact = true;
      return NUMBER_BYTES;
    }
    if (typeof value !== 'object' || value === null) return NUMBER_BYTES;
    if (levels > 0) return this.weighParts(value, levels - 1);
    this.tooDeep = true;
    return 0;
  }

  private weighParts(value: object, levels: number): number {
    let bytes = PUNCTUATION_BYTES;
    if (Array.isArray(value)) {
      for (const item of value) bytes += this.weighValue(item, levels) + PUNCTUATION_BYTES;
    } else if (isJsonObject(value)) {
      for (const key in value) bytes += key.length * BYTES_PER_CHARACTER + PUNCTUATION_BYTES + this.weighValue(value[key], levels);
    }
    return bytes;
  }
}
