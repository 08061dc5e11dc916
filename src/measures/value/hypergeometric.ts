const MOST_TERMS = 1_000_000;
const LAST_DIGIT = 1e-17;
/** Sums beyond this are carried on in a smaller scale. */
const LARGE = 1e200;
const LN_LARGE = Math.log(LARGE);

/**
 * exp(`lnFactor`) · ₂F₁(a, b; c; z) for c > 0 and 0 ≤ z < 1 by Gauss's series. The factor is given as its logarithm so that a product whose
 * factors are too large or too small for a double is still exact.
 */
export function hypergeometric(a: number, b: number, c: number, z: number, lnFactor: number): number {
  let term = 1;
  let sum = 1;
  let lnScale = lnFactor;
  for (let n = 0; n < MOST_TERMS; n++) {
    const ratio = (((a + n) * (b + n)) / ((c + n) * (1 + n))) * z;
    term *= ratio;
    sum += term;
    if (Math.abs(term) > LARGE) {
      term /= LARGE;
      sum /= LARGE;
      lnScale += LN_LARGE;
    }
    const isFalling = Math.abs(ratio) < 1;
    if (isFalling && Math.abs(term) * Math.abs(ratio) <= LAST_DIGIT * Math.abs(sum) * (1 - Math.abs(ratio))) break;
  }
  return sum * Math.exp(lnScale);
}
