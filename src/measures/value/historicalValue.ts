import { addMoney, divideMoney, type Money, noMoney, subtractMoney } from '../../kernel/money';
import type { Order } from '../order';
import type { LooseRefund } from '../refund';

/** What a customer has brought in one currency. */
export interface CurrencyValue {
  readonly currency: string;
  /** Orders that were not cancelled. */
  readonly orders: number;
  /** What they came to, less what was paid back in this currency; negative where that was more. */
  readonly revenue: Money;
  /** Revenue by orders, rounded half away from zero; null without orders. */
  readonly averageOrderValue: Money | null;
  readonly lastOrderAtMs: number | null;
}

export interface HistoricalValue {
  /** In whatever currency. */
  readonly orders: number;
  /** In the currency of most orders, the one ordered in last where several have as many; null without orders and refunds. */
  readonly revenue: Money | null;
  readonly averageOrderValue: Money | null;
  /** That currency first; no sum is taken across them. */
  readonly byCurrency: readonly CurrencyValue[];
}

interface Sum {
  orders: number;
  revenue: Money;
  lastOrderAtMs: number | null;
}

/** Historical value of one customer. A cancelled order is none; a refund of no order is off the revenue of its currency. */
export function historicalValueOf(orders: readonly Order[], looseRefunds: readonly LooseRefund[]): HistoricalValue {
  const sums = new Map<string, Sum>();
  const sumOf = (currency: string): Sum => {
    const sum = sums.get(currency) ?? { orders: 0, revenue: noMoney(currency), lastOrderAtMs: null };
    sums.set(currency, sum);
    return sum;
  };
  for (const order of orders.filter(({ status }) => status !== 'CANCELLED')) {
    const sum = sumOf(order.value.currency);
    sum.orders++;
    sum.revenue = addMoney(sum.revenue, order.value);
    sum.lastOrderAtMs = Math.max(sum.lastOrderAtMs ?? order.placedAtMs, order.placedAtMs);
    for (const refund of order.refunded) takeOff(sumOf(refund.currency), refund);
  }
  for (const { value } of looseRefunds) takeOff(sumOf(value.currency), value);
  const byCurrency = [...sums].map(([currency, sum]) => ({ currency, ...sum, averageOrderValue: averageOf(sum) })).sort(byOrders);
  const [shown] = byCurrency;
  return {
    orders: byCurrency.reduce((count, { orders: own }) => count + own, 0),
    revenue: shown?.revenue ?? null,
    averageOrderValue: shown?.averageOrderValue ?? null,
    byCurrency,
  };
}

function takeOff(sum: Sum, refund: Money): void {
  sum.revenue = subtractMoney(sum.revenue, refund);
}

function averageOf({ orders, revenue }: Sum): Money | null {
  return orders === 0 ? null : divideMoney(revenue, { units: BigInt(orders), scale: 0 });
}

function byOrders(one: CurrencyValue, other: CurrencyValue): number {
  const byLast = (other.lastOrderAtMs ?? 0) - (one.lastOrderAtMs ?? 0);
  return other.orders - one.orders || byLast || (one.currency < other.currency ? -1 : 1);
}
