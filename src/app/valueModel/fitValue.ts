import { type FittedValue, fittedValueText } from '../../measures/value/fittedValue';
import { dayOf } from '../../measures/value/orderHistory';
import { purchaseHistory } from '../../measures/value/purchaseHistory';
import { type RfmCustomer, rfmCuts } from '../../measures/value/rfm';
import { subscriptionLivesOf } from '../../measures/value/subscriptionLife';
import { fitValueModel, type ModelledCustomer } from '../../measures/value/valueModel';
import type { ValuedCustomer } from '../../storage/statements/loadValuedCustomers';

/** Everything that is to be fitted, as it goes to a thread. */
export interface ValueToFit {
  readonly customers: readonly ValuedCustomer[];
  readonly nowMs: number;
}

/** Takes seconds, in which nothing else runs. Answers the text of what was fitted. */
export function fitValue({ customers, nowMs }: ValueToFit): string {
  const fitted: FittedValue = {
    model: fitValueModel(customers.map((customer) => modelled(customer, nowMs))),
    cuts: rfmCuts(customers.flatMap((customer) => ranked(customer) ?? [])),
  };
  return fittedValueText(fitted);
}

function modelled({ currency, days, subscribed }: ValuedCustomer, nowMs: number): ModelledCustomer {
  return { currency, history: purchaseHistory(days, dayOf(nowMs), 1), lives: subscriptionLivesOf([{ spans: subscribed }], nowMs) };
}

/** Null of one who has not ordered. */
function ranked({ lastOrderAtMs, orders, revenue, currency }: ValuedCustomer): RfmCustomer | null {
  if (lastOrderAtMs === null || revenue === null) return null;
  return { lastOrderDay: dayOf(lastOrderAtMs), orders, revenue: { amount: revenue, currency } };
}
