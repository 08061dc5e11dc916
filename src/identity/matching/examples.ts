import type { Contradiction } from './contradiction';

/** A pair to be shown in the report. */
export interface ExamplePair {
  readonly one: number;
  readonly other: number;
  readonly weight: number;
  readonly contradiction: Contradiction | undefined;
}

const KEPT = 3;

/** The few best pairs that were offered, by a score. */
export class Best {
  private readonly kept: { readonly pair: ExamplePair; readonly score: number }[] = [];

  offer(pair: ExamplePair, score: number): void {
    const last = this.kept[KEPT - 1];
    if (last && score <= last.score) return;
    const at = this.kept.findIndex((other) => score > other.score);
    this.kept.splice(at < 0 ? this.kept.length : at, 0, { pair, score });
    if (this.kept.length > KEPT) this.kept.pop();
  }

  get pairs(): readonly ExamplePair[] {
    return this.kept.map(({ pair }) => pair);
  }
}
