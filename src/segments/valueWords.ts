import type { Json } from '../kernel/json';
import type { Comparison } from './definition';
import type { MeasureName } from './measureNames';
import { constantWords, momentWords, shownValue } from './plainWords';

/** What a value is called. */
export interface Label {
  readonly text: string;
  /** Its value is never shown. */
  readonly isPersonal: boolean;
  /** A number that time or each event makes another, while what is asked of it stays as it is: not shown either. */
  readonly isMoving?: boolean;
  /** Behind a number: `last seen at least 3 days ago`. */
  readonly unit?: string;
}

export const MEASURE_LABELS: Readonly<Record<MeasureName, Label>> = {
  'nps.latest': measureLabel('NPS'),
  'nps.average': measureLabel('average NPS'),
  'csat.latest': measureLabel('CSAT'),
  'csat.average': measureLabel('average CSAT'),
  'ces.latest': measureLabel('CES'),
  'ces.average': measureLabel('average CES'),
  orders: measureLabel('orders'),
  revenue: measureLabel('revenue'),
  averageOrderValue: measureLabel('average order value'),
  openConversations: measureLabel('open conversations'),
  reopens: measureLabel('reopened conversations'),
  openFriction: measureLabel('open signs of friction'),
  lifecycleStage: measureLabel('lifecycle stage'),
  lastSeenDaysAgo: { ...measureLabel('last seen'), isMoving: true, unit: ' days ago' },
  firstSeenDaysAgo: { ...measureLabel('first seen'), isMoving: true, unit: ' days ago' },
  health: measureLabel('health'),
  churnRisk: measureLabel('risk of churn'),
  aliveProbability: measureLabel('probability of still being a customer'),
};

function measureLabel(text: string): Label {
  return { text, isPersonal: false };
}

type OrderOp = 'gt' | 'gte' | 'lt' | 'lte';
const ORDERS: Readonly<Record<OrderOp, { readonly words: string; readonly inverse: OrderOp }>> = {
  gt: { words: 'above', inverse: 'lte' },
  gte: { words: 'at least', inverse: 'lt' },
  lt: { words: 'below', inverse: 'gte' },
  lte: { words: 'at most', inverse: 'gt' },
};

/** Says of a value that it satisfies a comparison, or that it doesn't: `plan is pro`, `NPS 9 (at least 9)`, `email is set`. */
export type ValuePhrase = (value: Json | undefined, holds: boolean) => string;

/** A phrase made ready for many values. */
export function valuePhrase(label: Label, comparison: Comparison): ValuePhrase {
  const bare = barePhrase(label, comparison);
  if (label.isPersonal) return bare;
  const telling = tellingPhrase(label, comparison, bare);
  if (!label.isMoving) return telling;
  const ofNumber = isOrder(comparison) ? boundPhrase(label, comparison) : bare;
  return (value, holds) => (typeof value === 'number' ? ofNumber : telling)(value, holds);
}

/** Without the value: `plan is not above 20`. */
function barePhrase({ text, unit = '' }: Label, comparison: Comparison): ValuePhrase {
  const [positive, negative] = [`${text} ${comparisonWords(comparison)}${unit}`, `${text} ${negatedWords(comparison)}${unit}`];
  return (_, holds) => (holds ? positive : negative);
}

/** `last seen at least 3 days ago`. */
function boundPhrase({ text, unit = '' }: Label, comparison: OrderComparison): ValuePhrase {
  const [positive, negative] = [true, false].map((holds) => `${text} ${boundWords(comparison, holds)}${unit}`) as [string, string];
  return (_, holds) => (holds ? positive : negative);
}

/** With the value where there is one of the type that is asked for. */
function tellingPhrase({ text, unit = '' }: Label, comparison: Comparison, bare: ValuePhrase): ValuePhrase {
  const [limit, negativeLimit] = [limitWords(comparison, true), limitWords(comparison, false)];
  const type = isOrder(comparison) ? typeof comparison.value : null;
  return (value, holds) => {
    const shownLimit = holds ? limit : negativeLimit;
    const shown = shownLimit === null || (type !== null && type !== typeof value) ? null : shownValue(value);
    if (shown === null) return bare(value, holds);
    return typeof value === 'number' ? `${text} ${shown}${unit}${shownLimit}` : `${text} is ${shown}${shownLimit}`;
  };
}

/** What stands behind a value that is shown; null where the value adds nothing to what is asked. */
function limitWords(comparison: Comparison, holds: boolean): string | null {
  if (comparison.op === 'eq' || comparison.op === 'neq') {
    return holds === (comparison.op === 'eq') ? '' : ` (not ${constantWords(comparison.value)})`;
  }
  if (comparison.op === 'in') return holds ? '' : ` (not ${listWords(comparison.values)})`;
  return isOrder(comparison) ? ` (${boundWords(comparison, holds)})` : null;
}

/** `at least 50`; turned round where it does not hold. */
function boundWords({ op, value }: OrderComparison, holds: boolean): string {
  return `${ORDERS[holds ? op : ORDERS[op].inverse].words} ${constantWords(value)}`;
}

type OrderComparison = Extract<Comparison, { op: OrderOp }>;

function isOrder(comparison: Comparison): comparison is OrderComparison {
  return comparison.op in ORDERS;
}

/** What is asked of a value, to stand behind what it is called: `is at least 50`. */
export function comparisonWords(comparison: Comparison): string {
  switch (comparison.op) {
    case 'exists':
      return comparison.value ? 'is set' : 'is not set';
    case 'contains':
      return `contains ${constantWords(comparison.value)}`;
    case 'startsWith':
      return `starts with ${constantWords(comparison.value)}`;
    default:
      return `is ${predicateWords(comparison)}`;
  }
}

function negatedWords(comparison: Comparison): string {
  switch (comparison.op) {
    case 'exists':
      return comparison.value ? 'is not set' : 'is set';
    case 'contains':
      return `does not contain ${constantWords(comparison.value)}`;
    case 'startsWith':
      return `does not start with ${constantWords(comparison.value)}`;
    case 'neq':
      return `is ${constantWords(comparison.value)}`;
    default:
      return `is not ${predicateWords(comparison)}`;
  }
}

function predicateWords(comparison: Exclude<Comparison, { op: 'exists' | 'contains' | 'startsWith' }>): string {
  switch (comparison.op) {
    case 'eq':
      return constantWords(comparison.value);
    case 'neq':
      return `not ${constantWords(comparison.value)}`;
    case 'in':
      return listWords(comparison.values);
    case 'before':
    case 'after':
      return `${comparison.op} ${momentWords(comparison.moment)}`;
    default:
      return `${ORDERS[comparison.op].words} ${constantWords(comparison.value)}`;
  }
}

const MOST_LISTED = 3;

function listWords(values: readonly (string | number | boolean)[]): string {
  const listed = values.slice(0, MOST_LISTED).map(constantWords).join(', ');
  return `one of ${listed}${values.length > MOST_LISTED ? ` and ${values.length - MOST_LISTED} more` : ''}`;
}
