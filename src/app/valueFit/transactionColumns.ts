import { parseDecimal } from '../../kernel/decimal';
import { Refusal } from '../../kernel/refusals';
import { readCalendarDay, readDay } from './transactionDay';
import type { Row } from './transactionFile';
import type { ValueFitFlags } from './valueFitFlags';

/** Where in a row things stand. A file without amounts tells how often customers order, and not how much. */
export interface TransactionColumns {
  readonly hasHeader: boolean;
  readonly names: readonly string[];
  readonly customer: number;
  readonly date: number;
  readonly amount: number | null;
}

type Part = keyof ValueFitFlags['columns'];

/** Names of columns, letters only; the first that fits. */
const NAMES: Readonly<Record<Part, readonly RegExp[]>> = {
  customer: [
    /^(customer|cust|client|user|member|person|profile|kunden?)(id|no|nr|number|key|code|nummer)?$/,
    /customer|client|user|kunde/,
    /^id$/,
  ],
  date: [/^(order|transaction|purchase|invoice)?(date|day|datum)$/, /date|day|time|datum|(^|at)$/],
  amount: [
    /^(amount|value|total|revenue|price|sales|spend|dollars|betrag)$/,
    /amount|value|total|revenue|sales|spend|dollar|price|money|betrag/,
  ],
};

/** Finds the columns by flag, by name, or where the first line is a transaction already by what they hold. */
export function findColumns(sample: readonly Row[], flags: ValueFitFlags['columns']): TransactionColumns {
  const [first, ...rest] = sample.map(({ cells }) => cells);
  if (!first) throw new Refusal('FILE_EMPTY', 'The file holds no transactions.');
  const hasHeader = !first.some((cell) => readCalendarDay(cell) !== null || parseDecimal(cell) !== null);
  const names = first.map((cell, index) => (hasHeader ? cell : `column ${index + 1}`));
  const rows = hasHeader ? rest : [first, ...rest];
  if (rows.length === 0) throw new Refusal('FILE_EMPTY', 'The file names columns and holds no transactions.');
  const taken = new Set<number>();
  const find = (part: Part, byContent: () => number): number => {
    const index = flagged(names, flags[part]) ?? (hasHeader ? byName(names, part, taken) : null) ?? byContent();
    taken.add(index);
    return index;
  };
  const free = (fits: (cell: string) => boolean) => (_: string, index: number) =>
    !taken.has(index) && rows.every((cells) => fits(cells[index] ?? ''));
  const date = find('date', () => names.findIndex(free((cell) => readCalendarDay(cell) !== null)));
  const customer = find('customer', () => names.findIndex(free(() => true)));
  const amount = find('amount', () => names.findLastIndex(free((cell) => parseDecimal(cell) !== null)));
  if (date < 0 || customer < 0)
    throw new Refusal(
      'TRANSACTIONS_UNUSABLE',
      `No column of ${names.join(', ')} ${date < 0 ? 'holds dates' : 'tells the customer'}; say which by flags.`,
    );
  if (rows.some((cells) => readDay(cells[date] ?? '') === null))
    throw new Refusal('TRANSACTIONS_UNUSABLE', `"${names[date]}" holds no dates.`);
  return { hasHeader, names, customer, date, amount: amount < 0 ? null : amount };
}

function flagged(names: readonly string[], flag: string | null): number | null {
  if (flag === null) return null;
  const named = names.indexOf(flag);
  if (named >= 0) return named;
  const number = /^\d+$/.test(flag) ? Number(flag) : 0;
  if (number >= 1 && number <= names.length) return number - 1;
  throw new Refusal('COLUMN_UNKNOWN', `There is no column "${flag}"; there are ${names.join(', ')}.`);
}

function byName(names: readonly string[], part: Part, taken: ReadonlySet<number>): number | null {
  const plain = names.map((name) => name.toLowerCase().replace(/[^a-z]/g, ''));
  for (const pattern of NAMES[part]) {
    const index = plain.findIndex((name, column) => !taken.has(column) && pattern.test(name));
    if (index >= 0) return index;
  }
  return null;
}
