import { addDecimals, type Decimal } from '../../kernel/decimal';
import { amountOf } from '../../kernel/money';
import type { Order } from '../order';
import { type CustomerHistory, type OrderDay, purchaseHistory } from './purchaseHistory';

const DAY_MS = 86_400_000;

/** The number of a moment's UTC day. */
export function dayOf(atMs: number): number {
  return Math.floor(atMs / DAY_MS);
}

/** A customer's order days in order, with what was spent in one currency, refunds off. Cancelled orders are none. */
export function orderDaysOf(orders: readonly Order[], currency: string): readonly OrderDay[] {
  const days = new Map<number, Decimal | null>();
  for (const { status, placedAtMs, net } of orders) {
    if (status === 'CANCELLED') continue;
    const day = dayOf(placedAtMs);
    const before = days.get(day) ?? null;
    const value = net.currency === currency ? amountOf(net) : null;
    days.set(day, before && value ? addDecimals(before, value) : (before ?? value));
  }
  return [...days].map(([day, value]): OrderDay => ({ day, value })).sort((one, other) => one.day - other.day);
}

/** A customer's history in days as of `nowMs`, with what was spent in one currency. Null before the first order. */
export function orderHistoryOf(orders: readonly Order[], currency: string, nowMs: number): CustomerHistory | null {
  return purchaseHistory(orderDaysOf(orders, currency), dayOf(nowMs), 1);
}
