import { addDecimals, type Decimal, decimalToNumber, ZERO } from '../../kernel/decimal';
import type { PurchaseHistory } from './bgNbd';
import type { SpendHistory } from './gammaGamma';

/** A customer's orders of one day are one: days are whole, counted from anywhere. */
export interface OrderDay {
  readonly day: number;
  /** What was ordered on that day in one currency; null where nothing in that currency was. */
  readonly value: Decimal | null;
}

/** What the models of ordering and of spending need of one customer. */
export interface CustomerHistory extends PurchaseHistory {
  readonly spend: SpendHistory;
}

/**
 * The history up to and with `untilDay`; later days are as if they had not been. The first order day is day 0 of it, and its value is left out
 * of the spending: it made the person a customer and says nothing about those that follow. Null where the first day is later. `days` in order,
 * each day once.
 */
export function purchaseHistory(days: readonly OrderDay[], untilDay: number, daysPerUnit: number): CustomerHistory | null {
  const seen = days.filter(({ day }) => day <= untilDay);
  const [first, ...repeats] = seen;
  const last = seen.at(-1);
  if (!first || !last) return null;
  return {
    frequency: repeats.length,
    recency: (last.day - first.day) / daysPerUnit,
    age: (untilDay - first.day) / daysPerUnit,
    spend: spendOf(repeats),
  };
}

function spendOf(repeats: readonly OrderDay[]): SpendHistory {
  const values = repeats.flatMap(({ value }) => (value ? [value] : []));
  const total = values.reduce(addDecimals, ZERO);
  return { frequency: values.length, meanValue: values.length === 0 ? 0 : decimalToNumber(total) / values.length };
}
