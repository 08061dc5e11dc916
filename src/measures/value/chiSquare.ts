import { lnGamma } from './gammaFunctions';

const MOST_TERMS = 10_000;
const LAST_DIGIT = 1e-16;
const TINY = 1e-300;

/** P(χ² > `value`) with so many degrees of freedom: the regularised upper incomplete gamma function Q(degrees / 2, value / 2). */
export function chiSquareTail(value: number, degrees: number): number {
  if (value <= 0) return 1;
  const [shape, x] = [degrees / 2, value / 2];
  return x < shape + 1 ? 1 - lowerBySeries(shape, x) : upperByFraction(shape, x);
}

/** P(|Z| > |z|) of the standard normal distribution. */
export function twoSidedTail(z: number): number {
  return chiSquareTail(z * z, 1);
}

function front(shape: number, x: number): number {
  return Math.exp(shape * Math.log(x) - x - lnGamma(shape));
}

/** Abramowitz and Stegun 6.5.29. */
function lowerBySeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && term > LAST_DIGIT * sum; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum * front(shape, x);
}

/** Abramowitz and Stegun 6.5.31, evaluated by Lentz's method. */
function upperByFraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / nonZero(a * d + b);
    c = nonZero(b + a / c);
    const change = c * d;
    fraction *= change;
    if (Math.abs(change - 1) < LAST_DIGIT * 10) break;
  }
  return fraction * front(shape, x);
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
