import { Z_95 } from './wilson';

/** P(|T| ≤ t) with whole degrees of freedom: the finite sums of Abramowitz & Stegun, 26.7.3 (odd) and 26.7.4 (even). */
function centralProbability(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const squaredCosine = Math.cos(angle) ** 2;
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? Math.cos(angle) : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= (squaredCosine * (k - 1)) / k;
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

/** The expansion of Abramowitz & Stegun, 26.7.5; good to six digits from here on. */
const MANY_DEGREES = 60;

function expanded(degrees: number, z: number): number {
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
}

const BISECTIONS = 60;
/** Above Student's t at 97.5 % for one degree of freedom, 12.706. */
const LARGEST_T = 13;

/** The quantile of Student's t for a two-sided 95 % interval: 12.706 for 1 degree of freedom, 1.960 for ever more. */
export function studentT95(degrees: number): number {
  if (degrees >= MANY_DEGREES) return expanded(degrees, Z_95);
  let low = Z_95;
  let high = LARGEST_T;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (centralProbability(middle, degrees) < 0.95) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
