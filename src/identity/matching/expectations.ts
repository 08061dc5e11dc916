import { levelsOfAnyTwo } from './anyTwoPeople';
import type { LevelLayout } from './levelLayout';
import type { PairClass } from './matchModel';
import { comparisonOf, type Reach, reachOf } from './roles';

/** What the expectations weigh against the data, in pairs. */
const LEAST_PRIOR_PAIRS = 150;
const PRIOR_PAIRS_PER_RECORD = 0.02;
/** What is known of people in general weighs as so many pairs of any two; no level is impossible. */
const PAIRS_ELSEWHERE = 300;
const LEAST_PAIRS_A_LEVEL = 0.05;
/** How seldom relatives are alike in what is a person's own is known better than the rest. */
const SURER_OF_RELATIVES = 10;
/** Swapped names are expected in one match of fifty. */
const EXPECTED_SWAPPED = 0.02;

/**
 * However the data falls, in a class whose records share a field at most so many pairs disagree on it: what holds the classes apart. Without it, in data
 * made of households the many pairs of relatives would be taken for the matches.
 */
const MOST_DIFFERENT = 0.25;
const MOST_DIFFERENT_OPEN = 0.5;
/** Of two relatives, at most so many agree on what is a person's own; fewer where there is one such field only to tell them apart by. */
const MOST_ALIKE_RELATIVES = 0.15;
const MOST_ALIKE_BY_ONE_FIELD = 0.05;
const EXPECTED_ALIKE_RELATIVES: Readonly<Partial<Record<Reach, number>>> = { family: 0.03, open: 0.3 };

/** The reaches of which a class has levels of its own; on other fields its pairs are like any two people's. */
const OWN_REACHES: Readonly<Record<PairClass, readonly Reach[]>> = {
  match: ['person', 'family', 'household', 'place', 'open'],
  household: ['family', 'household', 'place', 'open'],
  place: ['place'],
  random: ['person', 'family', 'household', 'place', 'open'],
};

/** What is expected of the classes before the data has been seen, as pairs that were counted beforehand (a Dirichlet prior). */
export class Expectations {
  readonly swapped: number;
  readonly pairs: number;
  private readonly mostAlike: number;
  private readonly ofMatches: Float64Array;
  private readonly ofRelatives: Float64Array;
  private readonly ofAnyTwo: Float64Array;

  /** `random` holds how probable each level is for any two people. */
  constructor(
    private readonly layout: LevelLayout,
    records: number,
    random: Float64Array,
  ) {
    this.pairs = Math.max(LEAST_PRIOR_PAIRS, records * PRIOR_PAIRS_PER_RECORD);
    const telling = layout.fields.filter(({ role }) => role === 'givenName' || role === 'birthDate').length;
    this.mostAlike = telling > 1 ? MOST_ALIKE_RELATIVES : MOST_ALIKE_BY_ONE_FIELD;
    this.swapped = this.pairs * EXPECTED_SWAPPED;
    this.ofMatches = Float64Array.from(layout.fields.flatMap(({ role }) => comparisonOf(role).expected.map((share) => share * this.pairs)));
    this.ofRelatives = this.relatives(random);
    this.ofAnyTwo = expectedOfAnyTwo(layout);
  }

  /** The pairs counted beforehand in a class, slot by slot. */
  of(pairClass: PairClass): Float64Array {
    if (pairClass === 'random') return this.ofAnyTwo;
    return pairClass === 'household' ? this.ofRelatives : this.ofMatches;
  }

  /** Field by field, whether a class has levels of its own. */
  ownFields(pairClass: PairClass): readonly boolean[] {
    return this.layout.fields.map(({ role }) => OWN_REACHES[pairClass].includes(reachOf(role)));
  }

  /** Of all levels with no more disagreement than a class may have, the most probable ones: those given, scaled. */
  hold(pairClass: PairClass, levels: Float64Array): Float64Array {
    if (pairClass === 'random') return levels;
    const result = levels.slice();
    for (const [field, { role }] of this.layout.fields.entries()) {
      const [start, end] = [this.layout.start(field), this.layout.end(field)];
      const split = start + comparisonOf(role).firstDifferent;
      const different = levels.subarray(split, end).reduce((sum, level) => sum + level, 0);
      const wanted = this.allowedDifference(pairClass, reachOf(role), different);
      if (different === wanted) continue;
      for (let slot = start; slot < end; slot++) {
        result[slot] = (levels[slot] as number) * (slot < split ? (1 - wanted) / (1 - different) : wanted / different);
      }
    }
    return result;
  }

  /** The share of disagreement that is nearest to the one found and allowed. */
  private allowedDifference(pairClass: PairClass, reach: Reach, different: number): number {
    if (reach === 'open') return pairClass === 'match' ? Math.min(different, MOST_DIFFERENT_OPEN) : different;
    if (pairClass === 'household' && reach === 'family') return Math.max(different, 1 - this.mostAlike);
    return Math.min(different, MOST_DIFFERENT);
  }

  /** Relatives share what is a household's as one person's records do, and what is a person's own hardly more often than strangers. */
  private relatives(random: Float64Array): Float64Array {
    const result = this.ofMatches.slice();
    for (const [field, { role }] of this.layout.fields.entries()) {
      const expectedAlike = EXPECTED_ALIKE_RELATIVES[reachOf(role)];
      if (expectedAlike === undefined) continue;
      for (let slot = this.layout.start(field); slot < this.layout.end(field); slot++) {
        const expected = expectedAlike * (this.ofMatches[slot] as number) + (1 - expectedAlike) * this.pairs * (random[slot] as number);
        result[slot] = reachOf(role) === 'family' ? SURER_OF_RELATIVES * expected : expected;
      }
    }
    return result;
  }
}

/** Any two people's levels as pairs that were counted beforehand. */
export function expectedOfAnyTwo(layout: LevelLayout): Float64Array {
  return Float64Array.from(
    layout.fields.flatMap(({ role }) => levelsOfAnyTwo(role).map((share) => LEAST_PAIRS_A_LEVEL + share * PAIRS_ELSEWHERE)),
  );
}
