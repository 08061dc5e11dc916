import type { PairJudge } from './clusters';
import { type Contradiction, Contradictions, type Reliability } from './contradiction';
import { nameSlotsOf, PairLevels, SWAPPED } from './pairLevels';
import type { FieldColumn, RecordTable } from './recordTable';
import type { WeighedPair, Weigher } from './weigher';

/** Weighs pairs of a table's records. */
export class TableWeights implements PairJudge {
  readonly levels: Uint8Array;
  readonly shares: Float64Array;
  private readonly pairLevels: PairLevels;
  private readonly contradictions: Contradictions;
  private readonly shareOf: readonly Float64Array[];

  constructor(
    private readonly table: RecordTable,
    private readonly weigher: Weigher,
    reliability: Reliability,
  ) {
    this.pairLevels = new PairLevels(table);
    this.contradictions = new Contradictions(
      table.columns.map(({ field }) => field),
      reliability,
    );
    this.levels = new Uint8Array(this.pairLevels.width);
    this.shares = new Float64Array(table.columns.length);
    this.shareOf = table.columns.map(({ counts, known }) => Float64Array.from(counts, (count) => Math.max(count, 1) / Math.max(known, 1)));
  }

  /** The weight of a pair in bits; its levels and shares stay in `levels` and `shares` until the next call. */
  weigh(one: number, other: number): number {
    this.pairLevels.compare(one, other, this.levels);
    const { columns } = this.table;
    for (let field = 0; field < columns.length; field++) {
      if (this.levels[field] !== 0) continue;
      const value = (columns[field] as FieldColumn).ofRecord[one] as number;
      this.shares[field] = (this.shareOf[field] as Float64Array)[value] as number;
    }
    if (this.levels[columns.length] === SWAPPED) this.takeSwappedShares(one);
    return this.weigher.weigh(this.levels, this.shares);
  }

  /** The weight of a pair with its parts. */
  explain(one: number, other: number): WeighedPair {
    this.weigh(one, other);
    return this.weigher.explain(this.levels, this.shares);
  }

  /** What stands between the two records that were weighed last. */
  contradiction(): Contradiction | undefined {
    return this.contradictions.find(this.levels);
  }

  /** Whether the two records that were weighed last have the same number that stands for one person. */
  isSettled(): boolean {
    return this.contradictions.isSettled(this.levels);
  }

  private takeSwappedShares(one: number): void {
    const names = nameSlotsOf(this.table.columns.map(({ field }) => field));
    if (!names) return;
    for (const field of [names.given, names.surname]) {
      if (this.levels[field] !== 0) continue;
      const value = (this.table.columns[field] as FieldColumn).ofRecord[one] as number;
      this.shares[field] = Math.max(
        (this.shareOf[names.given] as Float64Array)[value] as number,
        (this.shareOf[names.surname] as Float64Array)[value] as number,
      );
    }
  }
}
