import type { ConversionPath } from './attribution';

/** What one label is worth to the conversions as a whole. */
export interface RemovalCredit {
  readonly label: string;
  /** The share of conversions that would be lost without it: 1 − P(conversion without the label) / P(conversion). */
  readonly removalEffect: number;
  /** Conversions, in proportion to the removal effects. */
  readonly conversions: number;
}

export interface MarkovAttribution {
  /** From the start to a conversion, in the chain; null where there are no paths. */
  readonly conversionProbability: number | null;
  /** Most conversions first. */
  readonly credits: readonly RemovalCredit[];
}

/** States of the chain: the start, the end without a conversion, the conversion; the labels come after. */
const [START, NONE, CONVERTED, FIRST_LABEL] = [0, 1, 2, 3];

/**
 * Attribution by removal effects in a first-order Markov chain (Anderl, Becker, von Wangenheim and Schumann, Mapping the customer journey,
 * International Journal of Research in Marketing 33, 2016). Without a label its visitors are lost: every way into it ends there. Conversions
 * without any touch are nobody's and are left out.
 */
export function attributeByMarkovChain(paths: readonly ConversionPath[]): MarkovAttribution {
  const touched = paths.filter(({ touches }) => touches.length > 0);
  const labels = [...new Set(touched.flatMap(({ touches }) => touches))].sort();
  const chain = transitionsOf(touched, labels);
  if (labels.length === 0) return { conversionProbability: null, credits: [] };
  const conversionProbability = reaching(chain, null);
  const effects = labels.map((_, index) => effectOf(conversionProbability, reaching(chain, FIRST_LABEL + index)));
  const total = effects.reduce((sum, effect) => sum + effect, 0);
  const conversions = touched.reduce((sum, path) => sum + path.conversions, 0);
  const credits = labels.map((label, index) => {
    const removalEffect = effects[index] ?? 0;
    return { label, removalEffect, conversions: total === 0 ? 0 : (conversions * removalEffect) / total };
  });
  return {
    conversionProbability,
    credits: credits.sort((one, other) => other.conversions - one.conversions || (one.label < other.label ? -1 : 1)),
  };
}

function effectOf(whole: number, without: number): number {
  return whole === 0 ? 0 : 1 - without / whole;
}

/** Probabilities of going from one state to the next, as counted. */
function transitionsOf(paths: readonly ConversionPath[], labels: readonly string[]): readonly Float64Array[] {
  const stateOf = new Map(labels.map((label, index) => [label, FIRST_LABEL + index]));
  const counts = Array.from({ length: FIRST_LABEL + labels.length }, () => new Float64Array(FIRST_LABEL + labels.length));
  const count = (from: number, to: number, times: number) => {
    const row = counts[from];
    if (row) row[to] = (row[to] ?? 0) + times;
  };
  for (const { touches, conversions, others } of paths) {
    let state: number = START;
    for (const label of touches) {
      const next = stateOf.get(label) ?? NONE;
      count(state, next, conversions + others);
      state = next;
    }
    count(state, CONVERTED, conversions);
    count(state, NONE, others);
  }
  return counts.map((row) => {
    const total = row.reduce((sum, times) => sum + times, 0);
    return total === 0 ? row : row.map((times) => times / total);
  });
}

/** The probability of a conversion from the start, with one state removed; the solution of p = Q p + c by Gauss's elimination. */
function reaching(chain: readonly Float64Array[], removed: number | null): number {
  const states = chain.map((_, index) => index).filter((state) => state !== NONE && state !== CONVERTED && state !== removed);
  const rows = states.map((from) => {
    const left = states.map((to) => (from === to ? 1 : 0) - (chain[from]?.[to] ?? 0));
    return Float64Array.of(...left, chain[from]?.[CONVERTED] ?? 0);
  });
  return solveFirst(rows);
}

/** The first unknown of a system whose rows end with the right-hand side. Substochastic systems need no pivoting: their diagonal dominates. */
function solveFirst(rows: readonly Float64Array[]): number {
  const size = rows.length;
  for (const [pivot, by] of [...rows.entries()].reverse()) {
    for (const row of rows.slice(0, pivot)) subtractRow(row, by, (row[pivot] ?? 0) / (by[pivot] ?? 1));
  }
  const [first] = rows;
  return (first?.[size] ?? 0) / (first?.[0] ?? 1);
}

function subtractRow(row: Float64Array, other: Float64Array, factor: number): void {
  if (factor === 0) return;
  for (const [column, value] of other.entries()) row[column] = (row[column] ?? 0) - factor * value;
}
