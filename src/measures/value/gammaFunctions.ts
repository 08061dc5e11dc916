/** From here on the asymptotic series is exact to the last digits of a double. */
const ASYMPTOTIC_FROM = 10;
const HALF_LN_TWO_PI = 0.9189385332046728;
/** B(2k) / (2k (2k − 1)), Abramowitz and Stegun 6.1.41. */
const LN_GAMMA_TERMS = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];
/** B(2k) / 2k, Abramowitz and Stegun 6.3.18. */
const DIGAMMA_TERMS = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12, -3617 / 8160];

/** ln Γ(x) for x > 0, to about 1e-14 of max(1, its size): Stirling's series, reached by Γ(x + 1) = x Γ(x). */
export function lnGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < ASYMPTOTIC_FROM) product *= shifted++;
  const series = powersOfInverseSquare(shifted, LN_GAMMA_TERMS) / shifted;
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LN_TWO_PI + series - Math.log(product);
}

/** ψ(x), the derivative of ln Γ(x), for x > 0. */
export function digamma(x: number): number {
  let shifted = x;
  let sum = 0;
  while (shifted < ASYMPTOTIC_FROM) sum += 1 / shifted++;
  return Math.log(shifted) - 0.5 / shifted - powersOfInverseSquare(shifted, DIGAMMA_TERMS) / (shifted * shifted) - sum;
}

/** Σ termₖ / x²ᵏ, k from 0. */
function powersOfInverseSquare(x: number, terms: readonly number[]): number {
  const inverse = 1 / (x * x);
  let sum = 0;
  for (let k = terms.length - 1; k >= 0; k--) sum = sum * inverse + (terms[k] as number);
  return sum;
}
