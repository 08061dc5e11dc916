/**
 * A log-likelihood of parameters that are all positive: answers its value and writes ∂/∂parameter into `gradient`. It may answer −∞ or NaN
 * where the parameters are impossible.
 */
export type LogLikelihood = (parameters: Float64Array, gradient: Float64Array) => number;

export interface Maximum {
  readonly parameters: Float64Array;
  readonly logLikelihood: number;
  readonly iterations: number;
  /** False where no maximum was found inside the limits: the data do not determine the parameters. */
  readonly converged: boolean;
}

const MOST_ITERATIONS = 500;
const MOST_HALVINGS = 40;
/** What the logarithm of a parameter may move at once. */
const LONGEST_STEP = 1.5;
/**
 * How far it may move from its start at all, up and down. Likelihoods that go on rising with a parameter do so ever more slowly: beyond, it changes
 * nothing but the work of whoever computes with it.
 */
const FARTHEST_UP = Math.log(200);
const FARTHEST_DOWN = Math.log(2_000);
/** A parameter that went this share of that way was held by nothing. */
const FAR = 0.85;
/** The slope per observation at which it is over; and the one that is good enough where arithmetic allows no further step. */
const FLAT = 1e-9;
const NEARLY_FLAT = 1e-5;
const ARMIJO = 1e-4;
/** A gain below this share of the value is lost in its last digits. */
const NO_GAIN = 1e-15;

interface Point {
  readonly logs: Float64Array;
  readonly value: number;
  readonly slope: Float64Array;
}

/**
 * The first maximum that is found from these starts, in their order; where there is none, the highest point that was reached. No chance is in
 * it: the same likelihood gives the same parameters.
 */
export function maximise(likelihood: LogLikelihood, starts: readonly (readonly number[])[], observations: number): Maximum {
  let best: Maximum | null = null;
  for (const start of starts) {
    const maximum = climb(likelihood, start, observations);
    if (maximum.converged) return maximum;
    if (!best || maximum.logLikelihood > best.logLikelihood) best = maximum;
  }
  if (!best) throw new Error('There is nowhere to start from.');
  return best;
}

/** BFGS (Nocedal and Wright, Numerical Optimization, algorithm 6.1) on the logarithms of the parameters, with backtracking. */
function climb(likelihood: LogLikelihood, start: readonly number[], observations: number): Maximum {
  const origin = Float64Array.from(start, Math.log);
  const look = (logs: Float64Array): Point | null => (wayFrom(origin, logs) > 1 ? null : pointAt(likelihood, logs, observations));
  let point = pointAt(likelihood, origin, observations);
  let inverse = identity(start.length);
  let iterations = 0;
  let isStuck = false;
  while (iterations < MOST_ITERATIONS && steepest(point.slope) > FLAT && !isStuck) {
    iterations++;
    const next = step(look, point, times(inverse, point.slope)) ?? step(look, point, point.slope);
    if (next) inverse = updated(inverse, point, next);
    isStuck = next === null;
    point = next ?? point;
  }
  const isInside = wayFrom(origin, point.logs) < FAR;
  return {
    parameters: point.logs.map(Math.exp),
    logLikelihood: point.value * observations,
    iterations,
    converged: isInside && Number.isFinite(point.value) && steepest(point.slope) < NEARLY_FLAT,
  };
}

/** Value and slope per observation, by the logarithms of the parameters. */
function pointAt(likelihood: LogLikelihood, logs: Float64Array, observations: number): Point {
  const parameters = logs.map(Math.exp);
  const gradient = new Float64Array(logs.length);
  const value = likelihood(parameters, gradient) / observations;
  return { logs, value, slope: gradient.map((slope, index) => (slope * (parameters[index] as number)) / observations) };
}

/** The first point along a direction that is enough higher; null where there is none, or the direction leads down. */
function step(look: (logs: Float64Array) => Point | null, from: Point, direction: Float64Array): Point | null {
  const rise = dot(direction, from.slope);
  if (!(rise > 0)) return null;
  let length = Math.min(1, LONGEST_STEP / steepest(direction));
  const leastGain = NO_GAIN * Math.abs(from.value);
  for (let halving = 0; halving < MOST_HALVINGS && length * rise > leastGain; halving++, length /= 2) {
    const point = look(from.logs.map((log, index) => log + length * (direction[index] as number)));
    if (point && point.value > from.value && point.value >= from.value + ARMIJO * length * rise) return point;
  }
  return null;
}

/** The BFGS update of the inverse Hessian (of the negative), skipped where the curvature is not that of a maximum. */
function updated(inverse: readonly Float64Array[], from: Point, to: Point): readonly Float64Array[] {
  const moved = to.logs.map((log, index) => log - (from.logs[index] as number));
  const bent = to.slope.map((slope, index) => (from.slope[index] as number) - slope);
  const curvature = dot(moved, bent);
  if (!(curvature > 1e-16)) return inverse;
  const bentBy = times(inverse, bent);
  const scale = (1 + dot(bent, bentBy) / curvature) / curvature;
  return inverse.map((row, i) =>
    row.map((cell, j) => {
      const [mi, mj] = [moved[i] as number, moved[j] as number];
      return cell + scale * mi * mj - ((bentBy[i] as number) * mj + mi * (bentBy[j] as number)) / curvature;
    }),
  );
}

function identity(size: number): readonly Float64Array[] {
  return Array.from({ length: size }, (_, i) => Float64Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)));
}

function times(matrix: readonly Float64Array[], vector: Float64Array): Float64Array {
  return Float64Array.from(matrix, (row) => dot(row, vector));
}

function dot(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] as number), 0);
}

/** The longest way that a parameter has gone, as a share of what it may. */
function wayFrom(origin: Float64Array, logs: Float64Array): number {
  const ways = logs.map((log, index) => log - (origin[index] as number));
  return steepest(ways.map((way) => way / (way > 0 ? FARTHEST_UP : FARTHEST_DOWN)));
}

function steepest(slope: Float64Array): number {
  return slope.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
