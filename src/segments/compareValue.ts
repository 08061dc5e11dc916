import type { Json } from '../kernel/json';
import { compareCodePoints } from './codePointOrder';
import type { Comparison, Moment } from './definition';
import { instantOf } from './instantOf';

/** Whether a value, as it is at `nowMs`, satisfies a comparison. */
export type ValueTest = (value: Json | undefined, nowMs: number) => boolean;

type Constant = string | number | boolean;
type Present = Exclude<Json, null>;

/** Whether a value satisfies a comparison, as docs/decisions/segments.md says under "Comparing". Undefined: absent. */
export function compareValue(value: Json | undefined, comparison: Comparison, nowMs: number): boolean {
  return valueTest(comparison)(value, nowMs);
}

/** `compareValue` made ready for many values. */
export function valueTest(comparison: Comparison): ValueTest {
  const test = presentTest(comparison);
  const whereAbsent = comparison.op === 'neq' || (comparison.op === 'exists' && !comparison.value);
  return (value, nowMs) => (value === undefined || value === null ? whereAbsent : test(value, nowMs));
}

function presentTest(comparison: Comparison): (value: Present, nowMs: number) => boolean {
  switch (comparison.op) {
    case 'eq':
      return equals(comparison.value);
    case 'neq': {
      const isEqual = equals(comparison.value);
      return (value) => !isEqual(value);
    }
    case 'in': {
      const values: ReadonlySet<Json> = new Set(comparison.values);
      return (value) => (Array.isArray(value) ? value.some((item) => values.has(item)) : values.has(value));
    }
    case 'contains':
      return contains(comparison.value);
    case 'startsWith': {
      const start = comparison.value;
      return (value) => typeof value === 'string' && value.startsWith(start);
    }
    case 'exists': {
      const { value: wanted } = comparison;
      return () => wanted;
    }
    case 'before':
    case 'after':
      return momentTest(comparison.op, comparison.moment);
    default:
      return orderTest(comparison.op, comparison.value);
  }
}

function equals(constant: Constant): (value: Present) => boolean {
  return (value) => value === constant || (Array.isArray(value) && value.includes(constant));
}

function contains(constant: Constant): (value: Present) => boolean {
  return (value) => {
    if (typeof value === 'string') return typeof constant === 'string' && value.includes(constant);
    return Array.isArray(value) && value.includes(constant);
  };
}

function orderTest(op: 'gt' | 'gte' | 'lt' | 'lte', constant: string | number): (value: Present) => boolean {
  const accepts = orderOf[op];
  if (typeof constant === 'string') return (value) => typeof value === 'string' && accepts(compareCodePoints(value, constant));
  return (value) => typeof value === 'number' && Number.isFinite(value) && accepts(Math.sign(value - constant));
}

const orderOf: Readonly<Record<'gt' | 'gte' | 'lt' | 'lte', (order: number) => boolean>> = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

function momentTest(op: 'before' | 'after', moment: Moment): (value: Present, nowMs: number) => boolean {
  return (value, nowMs) => {
    const atMs = typeof value === 'string' ? instantOf(value) : null;
    if (atMs === null) return false;
    const limitMs = momentAt(moment, nowMs);
    return op === 'before' ? atMs < limitMs : atMs > limitMs;
  };
}

function momentAt(moment: Moment, nowMs: number): number {
  return 'atMs' in moment ? moment.atMs : nowMs + moment.fromNowMs;
}

/** When time alone changes what `compareValue` answers of a value next; Infinity: never. */
export function valueChangesAtMs(value: Json | undefined, comparison: Comparison, nowMs: number): number {
  if (!movesWithNow(comparison) || typeof value !== 'string') return Infinity;
  const atMs = instantOf(value);
  if (atMs === null) return Infinity;
  const reachedAtMs = atMs - comparison.moment.fromNowMs;
  const changesAtMs = comparison.op === 'before' ? reachedAtMs + 1 : reachedAtMs;
  return changesAtMs > nowMs ? changesAtMs : Infinity;
}

/** Whether it is with a moment from now, so that time alone can change what it answers. */
export function movesWithNow(comparison: Comparison): comparison is { op: 'before' | 'after'; moment: { fromNowMs: number } } {
  return (comparison.op === 'before' || comparison.op === 'after') && 'fromNowMs' in comparison.moment;
}
