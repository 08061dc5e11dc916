import { shareOfValue } from './anyTwoPeople';
import type { PairJudge } from './clusters';
import { type Contradiction, Contradictions } from './contradiction';
import type { MatchModel } from './matchModel';
import { type NameSlots, nameSlotsOf, PairLevels, SWAPPED } from './pairLevels';
import { type FieldColumn, MISSING, type RecordTable } from './recordTable';
import { type WeighedPair, Weigher } from './weigher';

/** Weighs pairs of a table's records. */
export class TableWeights implements PairJudge {
  readonly levels: Uint8Array;
  readonly shares: Float64Array;
  private readonly weigher: Weigher;
  private readonly pairLevels: PairLevels;
  private readonly contradictions: Contradictions;
  private readonly names: NameSlots | undefined;
  private readonly shareOf: readonly Float64Array[];

  constructor(
    private readonly table: RecordTable,
    model: MatchModel,
  ) {
    const fields = table.columns.map(({ field }) => field);
    this.names = nameSlotsOf(fields);
    this.weigher = new Weigher(model);
    this.pairLevels = new PairLevels(table);
    this.contradictions = new Contradictions(fields, model.reliability);
    this.levels = new Uint8Array(this.pairLevels.width);
    this.shares = new Float64Array(fields.length);
    this.shareOf = table.columns.map(({ counts, known }, index) => {
      const agreement = model.fields[index]?.levels[0]?.random ?? 1;
      return Float64Array.from(counts, (count) => shareOfValue(count, known, agreement));
    });
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
    if (this.levels[columns.length] === SWAPPED) this.takeSwappedShares(one, other);
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

  /** Of swapped names that are the same: how many records hold them, as given name or as surname. */
  private takeSwappedShares(one: number, other: number): void {
    if (!this.names) return;
    const { given, surname } = this.names;
    const [givenOf, surnameOf] = [
      (this.table.columns[given] as FieldColumn).ofRecord,
      (this.table.columns[surname] as FieldColumn).ofRecord,
    ];
    const isGivenSame = givenOf[one] !== MISSING && givenOf[one] === surnameOf[other];
    this.shares[given] = this.shareAsAnyName((isGivenSame ? givenOf[one] : surnameOf[one]) as number);
    this.shares[surname] = this.shareAsAnyName(surnameOf[one] as number);
  }

  private shareAsAnyName(value: number): number {
    if (!this.names || value === MISSING) return 1;
    const { given, surname } = this.names;
    return Math.max((this.shareOf[given] as Float64Array)[value] as number, (this.shareOf[surname] as Float64Array)[value] as number);
  }
}
