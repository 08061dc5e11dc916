import type { Field } from './field';
import { NO_LEVEL } from './pairLevels';
import { comparisonOf } from './roles';

/** The levels of all fields side by side in one array: each level has a slot. */
export class LevelLayout {
  readonly slots: number;
  private readonly starts: readonly number[];

  constructor(readonly fields: readonly Field[]) {
    const starts: number[] = [];
    let slots = 0;
    for (const { role } of fields) {
      starts.push(slots);
      slots += comparisonOf(role).levels.length;
    }
    this.starts = starts;
    this.slots = slots;
  }

  start(field: number): number {
    return this.starts[field] as number;
  }

  end(field: number): number {
    return this.starts[field + 1] ?? this.slots;
  }

  /** The sum of what an array has in the slots of a pair's levels. */
  sumAt(slots: Float64Array, levels: Uint8Array): number {
    let sum = 0;
    for (let field = 0; field < this.starts.length; field++) {
      const level = levels[field] as number;
      if (level !== NO_LEVEL) sum += slots[(this.starts[field] as number) + level] as number;
    }
    return sum;
  }

  /** Adds to the slots of a pair's levels. */
  addAt(slots: Float64Array, levels: Uint8Array, share: number): void {
    for (let field = 0; field < this.starts.length; field++) {
      const level = levels[field] as number;
      if (level === NO_LEVEL) continue;
      const slot = (this.starts[field] as number) + level;
      slots[slot] = (slots[slot] as number) + share;
    }
  }

  /** Scaled so that the levels of each field add up to 1. */
  normalise(sums: Float64Array): Float64Array {
    const result = new Float64Array(this.slots);
    for (let field = 0; field < this.starts.length; field++) {
      const [start, end] = [this.start(field), this.end(field)];
      const total = sums.subarray(start, end).reduce((sum, count) => sum + count, 0);
      for (let slot = start; slot < end; slot++) result[slot] = (sums[slot] as number) / total;
    }
    return result;
  }

  /** Field by field, from the one array or from the other. */
  choose(isFirst: readonly boolean[], first: Float64Array, second: Float64Array): Float64Array {
    const result = second.slice();
    for (let field = 0; field < this.starts.length; field++) {
      if (isFirst[field]) result.set(first.subarray(this.start(field), this.end(field)), this.start(field));
    }
    return result;
  }
}
