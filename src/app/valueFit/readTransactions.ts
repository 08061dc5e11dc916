import { addDecimals, type Decimal, parseDecimal } from '../../kernel/decimal';
import { Refusal } from '../../kernel/refusals';
import type { OrderDay } from '../../measures/value/purchaseHistory';
import { findColumns, type TransactionColumns } from './transactionColumns';
import { readDay } from './transactionDay';
import { type Row, rowsOf } from './transactionFile';
import type { ValueFitFlags } from './valueFitFlags';

/** A file's customers in the order in which they first stand in it, each with the order days in order. */
export interface Transactions {
  readonly columns: TransactionColumns;
  readonly rows: number;
  readonly customers: readonly { readonly id: string; readonly days: readonly OrderDay[] }[];
  readonly lastDay: number;
  /** Whether days are numbers of the file's own, not of the calendar. */
  readonly isCounted: boolean;
  /** Days that came to less than nothing: refunds. */
  readonly refundDays: number;
}

/** From so many rows the columns are guessed. */
const SAMPLE_ROWS = 200;

type Days = Map<number, Decimal | null>;

/** Reads the whole file; throws a Refusal that names the line of a date or an amount that is none. */
export async function readTransactions({ file, columns: flags }: Pick<ValueFitFlags, 'file' | 'columns'>): Promise<Transactions> {
  const sample: Row[] = [];
  const byCustomer = new Map<string, Days>();
  let reader: RowReader | null = null;
  for await (const row of rowsOf(file)) {
    if (reader) reader.add(row);
    else if (sample.push(row) === SAMPLE_ROWS) reader = startReading(sample, flags, byCustomer);
  }
  reader ??= startReading(sample, flags, byCustomer);
  return reader.read();
}

function startReading(sample: readonly Row[], flags: ValueFitFlags['columns'], byCustomer: Map<string, Days>): RowReader {
  const columns = findColumns(sample, flags);
  const reader = new RowReader(columns, byCustomer);
  for (const row of columns.hasHeader ? sample.slice(1) : sample) reader.add(row);
  return reader;
}

class RowReader {
  private rows = 0;
  private lastDay = Number.NEGATIVE_INFINITY;
  private isCounted: boolean | null = null;

  constructor(
    private readonly columns: TransactionColumns,
    private readonly byCustomer: Map<string, Days>,
  ) {}

  add({ line, cells }: Row): void {
    const { customer, date, amount } = this.columns;
    const id = cells[customer] ?? '';
    if (id === '') throw new Refusal('TRANSACTIONS_UNUSABLE', `Line ${line} names no customer.`);
    const day = this.dayOf(cells[date] ?? '', line);
    const value = amount === null ? null : amountOf(cells[amount] ?? '', line);
    const days = this.byCustomer.get(id) ?? new Map<number, Decimal | null>();
    this.byCustomer.set(id, days);
    const before = days.get(day);
    days.set(day, before && value ? addDecimals(before, value) : value);
    this.rows++;
    this.lastDay = Math.max(this.lastDay, day);
  }

  read(): Transactions {
    let refundDays = 0;
    const customers = [...this.byCustomer].map(([id, days]) => {
      const sorted = [...days].map(([day, value]): OrderDay => ({ day, value })).sort((one, other) => one.day - other.day);
      const ordered = sorted.filter(({ value }) => !value || value.units >= 0n);
      refundDays += sorted.length - ordered.length;
      return { id, days: ordered };
    });
    return { columns: this.columns, rows: this.rows, customers, lastDay: this.lastDay, isCounted: this.isCounted === true, refundDays };
  }

  private dayOf(text: string, line: number): number {
    const read = readDay(text);
    this.isCounted ??= read?.isCounted ?? null;
    if (read && read.isCounted === this.isCounted) return read.day;
    throw new Refusal('TRANSACTIONS_UNUSABLE', `Line ${line}: "${text}" is no date, or none like the others.`);
  }
}

function amountOf(text: string, line: number): Decimal {
  const amount = parseDecimal(text);
  if (!amount) throw new Refusal('TRANSACTIONS_UNUSABLE', `Line ${line}: "${text}" is no amount.`);
  return amount;
}
