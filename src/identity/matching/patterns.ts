/** Pairs counted by their pattern of levels: all that the estimation needs to know of them. */
export class PatternCounts {
  private readonly counts = new Map<number, { readonly levels: Uint8Array; count: number }>();

  /** Counts a pair `weight` times. The levels are copied. */
  add(levels: Uint8Array, weight: number): void {
    let key = 0;
    for (let slot = 0; slot < levels.length; slot++) key = key * 9 + (((levels[slot] as number) + 1) & 0xff);
    const known = this.counts.get(key);
    if (known) known.count += weight;
    else this.counts.set(key, { levels: levels.slice(), count: weight });
  }

  /** The patterns, in an order that depends on nothing but what was counted. */
  toList(): readonly Pattern[] {
    return [...this.counts.entries()].sort(([one], [other]) => one - other).map(([, pattern]) => pattern);
  }
}

export interface Pattern {
  readonly levels: Uint8Array;
  readonly count: number;
}
