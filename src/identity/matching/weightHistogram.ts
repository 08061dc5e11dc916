const LOWEST = -30;
const HIGHEST = 50;

/** How many pairs have which weight, bit by bit; what lies outside is counted at the ends. */
export class WeightHistogram {
  readonly counts = new Float64Array(HIGHEST - LOWEST + 1);

  add(weight: number): void {
    const bin = Math.min(HIGHEST, Math.max(LOWEST, Math.floor(weight))) - LOWEST;
    this.counts[bin] = (this.counts[bin] as number) + 1;
  }

  /** From the lowest weight on; each bar holds weights from `weight` up to one more. */
  bars(): readonly { readonly weight: number; readonly pairs: number }[] {
    return Array.from(this.counts, (pairs, bin) => ({ weight: LOWEST + bin, pairs }));
  }
}
