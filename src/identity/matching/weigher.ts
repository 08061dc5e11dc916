import type { FieldModel, MatchModel } from './matchModel';
import { NO_LEVEL, SWAPPED } from './pairLevels';
import { reachOf } from './roles';

const { log2 } = Math;

/** The parts of a pair's weight, all in bits (log2 of a Bayes factor). */
export interface WeighedPair {
  /** Log2 of the odds that the two records are one person. */
  readonly weight: number;
  /** Log2 of the odds before anything is compared. */
  readonly prior: number;
  /** Of each field, against any two people; 0 where one of the records has no value. */
  readonly fields: readonly number[];
  /** For names that had to be swapped. */
  readonly nameOrder: number;
  /** What is taken off because people who live together, or near one another, agree as much. */
  readonly sharedSurroundings: number;
}

/** Level by level, log2 of how much more probable it is for a match than in another class. */
interface FieldWeights {
  readonly random: Float64Array;
  readonly household: Float64Array;
  readonly place: Float64Array;
  /** Whether the class's agreement is the agreement of chance, which is rarer for rare values. */
  readonly isChanceInHousehold: boolean;
  readonly isChanceInPlace: boolean;
  /** How probable it is that any two people share a value, whichever it is. */
  readonly agreement: number;
}

/** Weighs pairs by a model. */
export class Weigher {
  private readonly fields: readonly FieldWeights[];
  private readonly prior: { readonly random: number; readonly household: number; readonly place: number };
  private readonly orderWeights: readonly [straight: number, swapped: number];

  constructor(model: MatchModel) {
    this.fields = model.fields.map(fieldWeights);
    const { match, household, place, random } = model.classes;
    this.prior = { random: log2(match / random), household: log2(match / household), place: log2(match / place) };
    this.orderWeights = [log2(1 - model.swapped), log2(model.swapped)];
  }

  /**
   * The weight of a pair with these levels. `shares` has for each field with the first level, so where the values are the same, the share of
   * records that hold that value: agreeing on a rare one says more (term frequency, Winkler 1989).
   */
  weigh(levels: Uint8Array, shares: Float64Array): number {
    let [random, household, place] = [this.prior.random, this.prior.household, this.prior.place];
    for (let field = 0; field < this.fields.length; field++) {
      const level = levels[field] as number;
      if (level === NO_LEVEL) continue;
      const weights = this.fields[field] as FieldWeights;
      const rarity = level === 0 ? log2(weights.agreement / (shares[field] as number)) : 0;
      random += (weights.random[level] as number) + rarity;
      household += (weights.household[level] as number) + (weights.isChanceInHousehold ? rarity : 0);
      place += (weights.place[level] as number) + (weights.isChanceInPlace ? rarity : 0);
    }
    return this.nameOrder(levels) - log2(2 ** -random + 2 ** -household + 2 ** -place);
  }

  /** The same, with its parts. */
  explain(levels: Uint8Array, shares: Float64Array): WeighedPair {
    const weight = this.weigh(levels, shares);
    const fields = this.fields.map(({ random, agreement }, field) => {
      const level = levels[field] as number;
      if (level === NO_LEVEL) return 0;
      return (random[level] as number) + (level === 0 ? log2(agreement / (shares[field] as number)) : 0);
    });
    const nameOrder = this.nameOrder(levels);
    const sum = fields.reduce((total, part) => total + part, this.prior.random + nameOrder);
    return { weight, prior: this.prior.random, fields, nameOrder, sharedSurroundings: weight - sum };
  }

  private nameOrder(levels: Uint8Array): number {
    const order = levels[this.fields.length];
    if (order === NO_LEVEL) return 0;
    return this.orderWeights[order === SWAPPED ? 1 : 0];
  }
}

function fieldWeights({ field, levels }: FieldModel): FieldWeights {
  const reach = reachOf(field.role);
  return {
    random: Float64Array.from(levels, ({ match, random }) => log2(match / random)),
    household: Float64Array.from(levels, ({ match, household }) => log2(match / household)),
    place: Float64Array.from(levels, ({ match, place }) => log2(match / place)),
    isChanceInHousehold: reach === 'person',
    isChanceInPlace: reach !== 'place',
    agreement: levels[0]?.random ?? 1,
  };
}
