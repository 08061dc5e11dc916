import { isJsonObject, type Json, type JsonObject } from '../../kernel/json';

/** What a property must be: a value, or one or more comparisons by name. */
export type PropertyMatch = (properties: JsonObject) => boolean;

type Comparison = (actual: Json, expected: Json) => boolean;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  eq: equal,
  neq: (actual, expected) => !equal(actual, expected),
  gt: (actual, expected) => order(actual, expected) > 0,
  gte: (actual, expected) => order(actual, expected) >= 0,
  lt: (actual, expected) => order(actual, expected) < 0,
  lte: (actual, expected) => order(actual, expected) <= 0,
  in: (actual, expected) => Array.isArray(expected) && expected.some((one) => equal(actual, one)),
  contains: (actual, expected) =>
    Array.isArray(actual)
      ? actual.some((one) => equal(one, expected))
      : typeof actual === 'string' && typeof expected === 'string' && actual.includes(expected),
  startsWith: (actual, expected) => typeof actual === 'string' && typeof expected === 'string' && actual.startsWith(expected),
};

export const COMPARISON_NAMES: readonly string[] = [...Object.keys(COMPARISONS), 'exists'];

/**
 * All of these must hold: `{ "currency": "EUR", "total": { "gte": 50, "lt": 100 } }`. A property that is not there fails every comparison but
 * `{ "exists": false }`. Numbers compare with decimal texts as numbers, which is how amounts and long ids come. Undefined where a comparison has a name
 * that is not one of `COMPARISON_NAMES`.
 */
export function propertyMatch(where: JsonObject): PropertyMatch | undefined {
  const checks: ((properties: JsonObject) => boolean)[] = [];
  for (const [property, wanted] of Object.entries(where)) {
    const comparisons = isJsonObject(wanted) ? Object.entries(wanted) : [['eq', wanted] as const];
    for (const [name, expected = null] of comparisons) {
      if (!COMPARISON_NAMES.includes(name)) return undefined;
      checks.push((properties) => holds(name, properties[property], expected));
    }
  }
  return (properties) => checks.every((check) => check(properties));
}

function holds(name: string, actual: Json | undefined, expected: Json): boolean {
  const isThere = actual !== undefined && actual !== null;
  if (name === 'exists') return isThere === (expected !== false);
  return isThere && (COMPARISONS[name]?.(actual, expected) ?? false);
}

function equal(left: Json, right: Json): boolean {
  if (typeof left !== typeof right) return order(left, right) === 0;
  return typeof left === 'object' ? JSON.stringify(left) === JSON.stringify(right) : left === right;
}

/** NaN, which is no order, where the two do not compare. */
function order(left: Json, right: Json): number {
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return numberOf(left) - numberOf(right);
}

function numberOf(value: Json): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
}
