import type { Money } from '../kernel/money';
import type { Customer } from './customer';
import type { FittedValue } from './value/fittedValue';
import { dayOf } from './value/orderHistory';
import { rfmOf } from './value/rfm';
import { predictionOf, type ValueModel } from './value/valueModel';

export interface CustomerValue {
  /** In whatever currency; cancelled ones are none. */
  readonly orders: number;
  readonly revenue: Money | null;
  readonly averageOrderValue: Money | null;
  /** Null without orders, and before anything was fitted. */
  readonly rfm: string | null;
  readonly aliveProbability: number | null;
  readonly predictedOrders90d: number | null;
  readonly predictedValue90d: Money | null;
  readonly churnRisk: number | null;
}

const NOTHING_LEARNT: ValueModel = { ordering: null, spending: {}, ending: null };

/** `fitted`: what was learnt of all customers last; null where nothing was yet. */
export function customerValueOf(customer: Customer, fitted: FittedValue | null): CustomerValue {
  const { orders, revenue, averageOrderValue } = customer.historicalValue;
  const { predictedOrders, predictedValue, ...chances } = predictionOf(customer.modelled, fitted?.model ?? NOTHING_LEARNT);
  return {
    orders,
    revenue,
    averageOrderValue,
    rfm: fitted && rfmIn(customer, fitted),
    ...chances,
    predictedOrders90d: predictedOrders,
    predictedValue90d: predictedValue,
  };
}

function rfmIn({ orders, historicalValue }: Customer, { cuts }: FittedValue): string | null {
  const last = orders.findLast(({ status }) => status !== 'CANCELLED');
  if (!last || !historicalValue.revenue) return null;
  return rfmOf({ lastOrderDay: dayOf(last.placedAtMs), orders: historicalValue.orders, revenue: historicalValue.revenue }, cuts);
}
