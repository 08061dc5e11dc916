import { Contradictions, type Reliability } from './contradiction';
import { Expectations, expectedOfAnyTwo } from './expectations';
import type { Field } from './field';
import { LevelLayout } from './levelLayout';
import { type LevelProbabilities, PAIR_CLASSES, type PairClass } from './matchModel';
import { NO_LEVEL, SWAPPED } from './pairLevels';
import type { Pattern } from './patterns';
import { comparisonOf } from './roles';

const CLASS_COUNT = PAIR_CLASSES.length;
const MATCH = PAIR_CLASSES.indexOf('match');
const RANDOM = PAIR_CLASSES.indexOf('random');

const MOST_ROUNDS = 60;
const SMALL_CHANGE = 1e-7;
/** One person's records contradict each other as good as never. */
const LOG_CONTRADICTION = Math.log(1e-6);
/** Shares below this change nothing. */
const LEAST_SHARE = 1e-12;

export interface Estimate {
  readonly levels: readonly (readonly LevelProbabilities[])[];
  readonly classes: Readonly<Record<PairClass, number>>;
  readonly swapped: number;
  /** Of the data and the expectations together, after each round; it never falls. */
  readonly logLikelihoods: readonly number[];
}

export interface EstimateInput {
  readonly fields: readonly Field[];
  /** All pairs that there are, by pattern; a sample is scaled to what it stands for. */
  readonly patterns: readonly Pattern[];
  readonly records: number;
  readonly reliability: Reliability;
}

/**
 * Estimates, without labels, how probable each level is in each class, by expectation maximisation (Dempster, Laird and Rubin 1977; for record
 * linkage Winkler 1988) over the whole space of pairs: the candidates, and a sample that stands for the rest. Because the rest is there, too,
 * no pair was selected for agreeing on a blocking rule, so that neither the levels nor the share of matches are distorted by the rules.
 * Expectations on the matches' levels (a Dirichlet prior) keep the classes what their names say.
 */
export function estimate(input: EstimateInput): Estimate {
  const space = new PairSpace(input);
  const logLikelihoods: number[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const logLikelihood = space.improve();
    const before = logLikelihoods.at(-1);
    logLikelihoods.push(logLikelihood);
    if (before !== undefined && logLikelihood - before < SMALL_CHANGE * Math.abs(before)) break;
  }
  return { ...space.result(), logLikelihoods };
}

/** What one round counts: how many pairs of each class have each level, the classes' sizes, and how many matches have swapped names. */
class Counts {
  readonly levels: readonly Float64Array[];
  readonly classes = new Float64Array(CLASS_COUNT);
  swapped = 0;
  ordered = 0;

  constructor(slots: number) {
    this.levels = PAIR_CLASSES.map(() => new Float64Array(slots));
  }
}

/** The parameters of all classes in flat arrays, and one round of their estimation. */
class PairSpace {
  private readonly layout: LevelLayout;
  private readonly expectations: Expectations;
  private readonly contradictions: Contradictions;
  private readonly ownFields: readonly (readonly boolean[])[];
  private readonly total: number;
  private theta: readonly Float64Array[];
  private classes = new Float64Array(CLASS_COUNT);
  private swapped: number;

  constructor(private readonly input: EstimateInput) {
    this.layout = new LevelLayout(input.fields);
    this.contradictions = new Contradictions(input.fields, input.reliability);
    this.total = input.patterns.reduce((sum, { count }) => sum + count, 0);
    const random = this.levelsOfAll();
    this.expectations = new Expectations(this.layout, input.records, random);
    this.ownFields = PAIR_CLASSES.map((pairClass) => this.expectations.ownFields(pairClass));
    this.theta = this.ownFields.map((own, index) => {
      if (index === RANDOM) return random;
      const pairClass = PAIR_CLASSES[index] as PairClass;
      return this.layout.choose(own, this.expectations.hold(pairClass, this.layout.normalise(this.expectations.of(pairClass))), random);
    });
    const first = Math.min(0.1, input.records / 2 / this.total);
    this.classes.fill(first);
    this.classes[RANDOM] = 1 - (CLASS_COUNT - 1) * first;
    this.swapped = this.expectations.swapped / this.expectations.pairs;
  }

  /** One round; answers the log-likelihood of the parameters that it started from. */
  improve(): number {
    const counts = new Counts(this.layout.slots);
    const logTheta = this.theta.map((levels) => levels.map(Math.log));
    const logClasses = this.classes.map(Math.log);
    const shares = new Float64Array(CLASS_COUNT);
    let logLikelihood = this.logPrior(logTheta, logClasses);
    for (const { levels, count } of this.input.patterns) {
      logLikelihood += count * this.expect(levels, logTheta, logClasses, shares);
      this.count(levels, count, shares, counts);
    }
    this.maximise(counts);
    return logLikelihood;
  }

  result(): Omit<Estimate, 'logLikelihoods'> {
    const of = (probabilities: (index: number) => number): Readonly<Record<PairClass, number>> => ({
      match: probabilities(0),
      household: probabilities(1),
      place: probabilities(2),
      random: probabilities(3),
    });
    const levels = this.input.fields.map(({ role }, field) =>
      comparisonOf(role).levels.map((_, level) => of((index) => this.theta[index]?.[this.layout.start(field) + level] as number)),
    );
    return { levels, classes: of((index) => this.classes[index] as number), swapped: this.swapped };
  }

  /** Fills `shares` with how probable each class is for a pattern; answers the log-likelihood of the pattern. */
  private expect(levels: Uint8Array, logTheta: readonly Float64Array[], logClasses: Float64Array, shares: Float64Array): number {
    let highest = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < CLASS_COUNT; index++) {
      const own = index === MATCH ? this.logOfMatch(levels) : 0;
      const log = (logClasses[index] as number) + this.layout.sumAt(logTheta[index] as Float64Array, levels) + own;
      shares[index] = log;
      if (log > highest) highest = log;
    }
    let sum = 0;
    for (let index = 0; index < CLASS_COUNT; index++) sum += shares[index] = Math.exp((shares[index] as number) - highest);
    for (let index = 0; index < CLASS_COUNT; index++) shares[index] = (shares[index] as number) / sum;
    return highest + Math.log(sum);
  }

  /** What only matches are: free of contradictions, and seldom with swapped names. */
  private logOfMatch(levels: Uint8Array): number {
    const contradiction = this.contradictions.find(levels) === undefined ? 0 : LOG_CONTRADICTION;
    const order = levels[this.input.fields.length];
    if (order === NO_LEVEL) return contradiction;
    return contradiction + Math.log(order === SWAPPED ? this.swapped : 1 - this.swapped);
  }

  private count(levels: Uint8Array, pairs: number, shares: Float64Array, counts: Counts): void {
    for (let index = 0; index < CLASS_COUNT; index++) {
      const share = (shares[index] as number) * pairs;
      counts.classes[index] = (counts.classes[index] as number) + share;
      if (share > LEAST_SHARE) this.layout.addAt(counts.levels[index] as Float64Array, levels, share);
    }
    const order = levels[this.input.fields.length];
    if (order === NO_LEVEL) return;
    const matches = (shares[MATCH] as number) * pairs;
    counts.ordered += matches;
    if (order === SWAPPED) counts.swapped += matches;
  }

  private maximise(counts: Counts): void {
    const random = this.layout.normalise(this.countsOfAnyTwo(counts));
    this.theta = PAIR_CLASSES.map((pairClass, index) => {
      if (index === RANDOM) return random;
      const expected = this.expectations.of(pairClass);
      const sums = (counts.levels[index] as Float64Array).map((sum, slot) => sum + (expected[slot] as number));
      const own = this.expectations.hold(pairClass, this.layout.normalise(sums));
      return this.layout.choose(this.ownFields[index] as readonly boolean[], own, random);
    });
    this.classes = counts.classes.map((sum) => (sum + 1) / (this.total + CLASS_COUNT));
    this.swapped = (counts.swapped + this.expectations.swapped) / (counts.ordered + this.expectations.pairs);
  }

  /** The pairs of any two people; where a class has no levels of its own, its pairs tell about any two people, too. */
  private countsOfAnyTwo(counts: Counts): Float64Array {
    const sums = (counts.levels[RANDOM] as Float64Array).map((sum, slot) => sum + (this.expectations.of('random')[slot] as number));
    for (let index = 0; index < CLASS_COUNT; index++) {
      if (index === RANDOM) continue;
      const none = new Float64Array(this.layout.slots);
      const shared = this.layout.choose(this.ownFields[index] as readonly boolean[], none, counts.levels[index] as Float64Array);
      for (let slot = 0; slot < sums.length; slot++) sums[slot] = (sums[slot] as number) + (shared[slot] as number);
    }
    return sums;
  }

  /** Nearly all pairs are two people's, so the levels of all pairs are a good first guess at theirs. */
  private levelsOfAll(): Float64Array {
    const sums = expectedOfAnyTwo(this.layout);
    for (const { levels, count } of this.input.patterns) this.layout.addAt(sums, levels, count);
    return this.layout.normalise(sums);
  }

  private logPrior(logTheta: readonly Float64Array[], logClasses: Float64Array): number {
    let sum = logClasses.reduce((total, log) => total + log, 0);
    for (const [index, pairClass] of PAIR_CLASSES.entries()) {
      const expected = this.layout.choose(
        this.ownFields[index] as readonly boolean[],
        this.expectations.of(pairClass),
        new Float64Array(this.layout.slots),
      );
      for (let slot = 0; slot < expected.length; slot++) sum += (expected[slot] as number) * (logTheta[index]?.[slot] as number);
    }
    const { swapped, pairs } = this.expectations;
    return sum + swapped * Math.log(this.swapped) + (pairs - swapped) * Math.log(1 - this.swapped);
  }
}
