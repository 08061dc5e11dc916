import { type BlockingRule, blockingKeys, blockingRulesFor } from './blockingKeys';
import type { FieldValue } from './comparison/comparison';
import { type Contradiction, Contradictions } from './contradiction';
import type { MatchModel } from './matchModel';
import { type NameSlots, NO_LEVEL, nameSlotsOf, orderNames, SWAPPED } from './pairLevels';
import { readField } from './readField';
import { comparisonOf } from './roles';
import { Weigher } from './weigher';

/** A record as it is compared on its own: its value in each field of the model, undefined where it has none. */
export type MatchRecord = readonly (FieldValue | undefined)[];

/** What one field says about a pair. */
export interface FieldReason {
  readonly field: string;
  readonly left: string | null;
  readonly right: string | null;
  /** The level's name; 'unknown' where one of the records has no value. */
  readonly level: string;
  /** Log2 of the Bayes factor; 0 where nothing is known. */
  readonly matchWeight: number;
}

export interface PairComparison {
  /** Log2 of the odds that the two records are one person, and the same as a probability. */
  readonly weight: number;
  readonly probability: number;
  readonly reasons: readonly FieldReason[];
  /** With the reasons' weights these add up to the weight: what is known beforehand, the order of names, and what people living together share anyhow. */
  readonly prior: number;
  readonly nameOrder: number;
  readonly sharedSurroundings: number;
  /** What forbids that the two are joined, however large the weight. */
  readonly contradiction: Contradiction | undefined;
}

/** Compares records one pair at a time by a model, exactly as the bulk run weighs the pairs of a table. */
export class PairComparer {
  private readonly weigher: Weigher;
  private readonly contradictions: Contradictions;
  private readonly names: NameSlots | undefined;
  private readonly rules: readonly BlockingRule[];

  constructor(private readonly model: MatchModel) {
    const fields = model.fields.map(({ field }) => field);
    this.weigher = new Weigher(model);
    this.contradictions = new Contradictions(fields, model.reliability);
    this.names = nameSlotsOf(fields);
    this.rules = blockingRulesFor(fields);
  }

  /** A record of the columns that the model's fields are read from. */
  recordOf(columns: readonly string[]): MatchRecord {
    return this.model.fields.map(({ field }) => {
      const text = readField(field.origin, columns);
      return text === '' ? undefined : comparisonOf(field.role).prepare(text);
    });
  }

  /** Records that share a key are worth comparing. */
  keysOf(record: MatchRecord): readonly string[] {
    return blockingKeys(this.rules, record);
  }

  compare(one: MatchRecord, other: MatchRecord): PairComparison {
    const levels = this.levelsOf(one, other);
    const shares = this.sharesOf(one, other, levels);
    const { weight, prior, fields, nameOrder, sharedSurroundings } = this.weigher.explain(levels, shares);
    const reasons = this.model.fields.map(({ field }, index) => ({
      field: field.name,
      left: one[index]?.text ?? null,
      right: other[index]?.text ?? null,
      level: comparisonOf(field.role).levels[levels[index] as number] ?? 'unknown',
      matchWeight: fields[index] as number,
    }));
    const contradiction = this.contradictions.find(levels);
    return { weight, probability: 1 / (1 + 2 ** -weight), reasons, prior, nameOrder, sharedSurroundings, contradiction };
  }

  private levelsOf(one: MatchRecord, other: MatchRecord): Uint8Array {
    const levels = new Uint8Array(this.model.fields.length + 1).fill(NO_LEVEL);
    const level = (from: number, to: number): number => {
      const [value, otherValue] = [one[from], other[to]];
      const role = this.model.fields[from]?.field.role;
      return value && otherValue && role ? comparisonOf(role).level(value, otherValue) : NO_LEVEL;
    };
    for (let field = 0; field < this.model.fields.length; field++) levels[field] = level(field, field);
    if (this.names) orderNames(levels, this.names, level);
    return levels;
  }

  /** How many records hold the value that both have. */
  private sharesOf(one: MatchRecord, other: MatchRecord, levels: Uint8Array): Float64Array {
    const shares = Float64Array.from(this.model.fields, (_, field) => (levels[field] === 0 ? this.shareOf(field, one[field]?.text) : 0));
    if (!this.names || levels[this.model.fields.length] !== SWAPPED) return shares;
    const { given, surname } = this.names;
    const isGivenSame = one[given] !== undefined && one[given].text === other[surname]?.text;
    shares[given] = this.shareAsAnyName(isGivenSame ? one[given]?.text : one[surname]?.text, this.names);
    shares[surname] = this.shareAsAnyName(one[surname]?.text, this.names);
    return shares;
  }

  /** Swapped names count as given name or as surname, whichever is more frequent. */
  private shareAsAnyName(text: string | undefined, { given, surname }: NameSlots): number {
    return Math.max(this.shareOf(given, text), this.shareOf(surname, text));
  }

  private shareOf(field: number, text: string | undefined): number {
    if (text === undefined) return 1;
    const model = this.model.fields[field];
    return model?.frequencies.get(text) ?? model?.rarest ?? 1;
  }
}
