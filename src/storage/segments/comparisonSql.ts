import type { Comparison } from '../../segments/definition';
import type { SqlParameters } from './sqlParameters';

type Scalar = string | number | boolean;

/**
 * Whether a JSON value compares so, as a boolean that is never null; `compareValue` in SQL. `value`: an expression of type json that is cheap to repeat,
 * such as a column; null, as JSON null, is absent.
 */
export function comparisonSql(value: string, comparison: Comparison, nowMs: number, parameters: SqlParameters): string {
  switch (comparison.op) {
    case 'exists':
      return comparison.value ? presence(value) : `not ${presence(value)}`;
    case 'eq':
      return surely(equals(value, [comparison.value], parameters));
    case 'neq':
      return `not ${surely(equals(value, [comparison.value], parameters))}`;
    case 'in':
      return surely(equals(value, comparison.values, parameters));
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return surely(ordered(value, ORDERS[comparison.op], comparison.value, parameters));
    case 'contains':
      return surely(contains(value, comparison.value, parameters));
    case 'startsWith':
      return surely(ofType(value, { string: `starts_with(${value} #>> '{}', ${parameters.text(comparison.value)})` }));
    case 'before':
    case 'after': {
      const atMs = 'atMs' in comparison.moment ? comparison.moment.atMs : nowMs + comparison.moment.fromNowMs;
      const order = comparison.op === 'before' ? '<' : '>';
      return surely(ofType(value, { string: `instant_of(${value} #>> '{}') ${order} ${parameters.add(atMs, 'bigint')}` }));
    }
  }
}

/** What it answers of a value that is absent. */
export function holdsOfNothing(comparison: Comparison): boolean {
  return comparison.op === 'neq' || (comparison.op === 'exists' && !comparison.value);
}

/** When time alone turns it next, as a timestamptz; null where it never does. Only moments that move with now do. */
export function comparisonTurnSql(value: string, comparison: Comparison, nowMs: number, parameters: SqlParameters): string | null {
  if (comparison.op !== 'before' && comparison.op !== 'after') return null;
  if (!('fromNowMs' in comparison.moment)) return null;
  const saidMs = ofType(value, { string: `instant_of(${value} #>> '{}')` });
  const turnMs = (comparison.op === 'before' ? 1 : 0) - comparison.moment.fromNowMs;
  const turn = `(timestamptz 'epoch' + (${saidMs} + ${parameters.add(turnMs, 'bigint')}) * interval '1 millisecond')`;
  return `case when ${turn} > ${parameters.time(nowMs)} then ${turn} end`;
}

/** A member of an object, and a member of that, …: no index into a list is one. */
export function memberSql(value: string, path: readonly string[], parameters: SqlParameters): string {
  return [value, ...path.map((key) => parameters.text(key))].join(' -> ');
}

const ORDERS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

const surely = (condition: string): string => `coalesce(${condition}, false)`;

function presence(value: string): string {
  return `(${value} is not null and json_typeof(${value}) <> 'null')`;
}

/** Each only of values of its type, so that none fails of another; null of all others. */
function ofType(value: string, conditions: Readonly<Record<string, string>>): string {
  const cases = Object.entries(conditions).map(([type, condition]) => `when '${type}' then ${condition}`);
  return `case json_typeof(${value}) ${cases.join(' ')} end`;
}

function equals(value: string, wanted: readonly Scalar[], parameters: SqlParameters): string {
  return ofType(value, { ...scalarEquals(value, wanted, parameters), array: someElementEquals(value, wanted, parameters) });
}

function someElementEquals(value: string, wanted: readonly Scalar[], parameters: SqlParameters): string {
  const condition = ofType('element.value', scalarEquals('element.value', wanted, parameters));
  return `exists (select from json_array_elements(${value}) as element where ${condition})`;
}

function scalarEquals(value: string, wanted: readonly Scalar[], parameters: SqlParameters): Record<string, string> {
  const texts = wanted.filter((one) => typeof one === 'string');
  const numbers = wanted.filter((one) => typeof one === 'number');
  const truths = wanted.filter((one) => typeof one === 'boolean');
  return {
    string: texts.length > 0 ? `${value} #>> '{}' = any (${parameters.add(texts, 'text[]')})` : 'false',
    number: numbers.length > 0 ? `json_number(${value}) = any (${parameters.add(numbers, 'float8[]')})` : 'false',
    boolean: truths.length > 0 ? `(${value} #>> '{}')::boolean = any (${parameters.add(truths, 'boolean[]')})` : 'false',
  };
}

/** Strings by code points, which is the order of their bytes in UTF-8. */
function ordered(value: string, order: string, wanted: string | number, parameters: SqlParameters): string {
  if (typeof wanted === 'number') return ofType(value, { number: `json_number(${value}) ${order} ${parameters.add(wanted, 'float8')}` });
  return ofType(value, { string: `(${value} #>> '{}') collate "C" ${order} ${parameters.text(wanted)}` });
}

function contains(value: string, wanted: Scalar, parameters: SqlParameters): string {
  const array = someElementEquals(value, [wanted], parameters);
  return ofType(value, {
    ...(typeof wanted === 'string' && { string: `strpos(${value} #>> '{}', ${parameters.text(wanted)}) > 0` }),
    array,
  });
}
