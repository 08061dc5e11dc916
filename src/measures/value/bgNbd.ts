import { hypergeometric } from './hypergeometric';

/**
 * Parameters of the BG/NBD model (Fader, Hardie and Lee, "Counting Your Customers" the Easy Way: An Alternative to the Pareto/NBD Model,
 * Marketing Science 24, 2005): rates of ordering are gamma(r, alpha) over customers, the chance to be lost after an order is beta(a, b).
 */
export interface BgNbdParameters {
  readonly r: number;
  /** In the unit of time of the histories. */
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/** What the model needs of a customer, counted from the first order day in one unit of time. */
export interface PurchaseHistory {
  /** x: order days after the first. */
  readonly frequency: number;
  /** t_x: when the last of them was; 0 where there was none. */
  readonly recency: number;
  /** T: how long the customer has been watched. */
  readonly age: number;
}

/** This near to a = 1 the formula of the expectation divides by next to nothing. */
const NEAR_ONE = 1e-6;
const BESIDE_ONE = 1e-5;

/** P(alive | x, t_x, T). One who never came back is alive for certain: the model has customers leave only after a repeated order. */
export function aliveProbability(history: PurchaseHistory, parameters: BgNbdParameters): number {
  return 1 / (1 + lostOdds(history, parameters));
}

/** The odds of having been lost after the last order. */
function lostOdds({ frequency, recency, age }: PurchaseHistory, { r, alpha, a, b }: BgNbdParameters): number {
  if (frequency === 0) return 0;
  return Math.exp(Math.log(a / (b + frequency - 1)) + (r + frequency) * Math.log((alpha + age) / (alpha + recency)));
}

/**
 * E(Y(t) | x, t_x, T), equation 10 of the paper: orders expected in the coming `horizon`. Euler's transformation of the paper's ₂F₁ leaves a
 * series whose parameters do not grow with x, so that it is exact for customers of many orders, too.
 */
export function expectedOrders(history: PurchaseHistory, horizon: number, parameters: BgNbdParameters): number {
  if (Math.abs(parameters.a - 1) >= NEAR_ONE) return expectedAwayFromOne(history, horizon, parameters);
  const beside = (a: number) => expectedAwayFromOne(history, horizon, { ...parameters, a });
  return (beside(1 - BESIDE_ONE) + beside(1 + BESIDE_ONE)) / 2;
}

function expectedAwayFromOne(history: PurchaseHistory, horizon: number, parameters: BgNbdParameters): number {
  const { r, alpha, a, b } = parameters;
  const z = horizon / (alpha + history.age + horizon);
  const c = a + b + history.frequency - 1;
  const series = hypergeometric(a + b - 1 - r, a - 1, c, z, (a - 1) * Math.log1p(-z));
  return ((c / (a - 1)) * (1 - series)) / (1 + lostOdds(history, parameters));
}
