import { compareMoney, type Money } from '../../kernel/money';

/** What a customer is ranked by. */
export interface RfmCustomer {
  /** Day of the last order, counted from anywhere: the later, the better. */
  readonly lastOrderDay: number;
  readonly orders: number;
  /** Historical value in the customer's own currency. */
  readonly revenue: Money;
}

/** Where the scores 2, 3, 4 and 5 begin, least value first; fewer where nobody reaches the higher ones. Plain JSON. */
export interface RfmCuts {
  readonly recency: readonly number[];
  readonly frequency: readonly number[];
  /** By currency: money is ranked among the customers who pay in the same one. */
  readonly monetary: Readonly<Record<string, readonly Money[]>>;
}

const SCORES = 5;

/**
 * Quintiles of a workspace's customers (Hughes, Strategic Database Marketing: sorted, cut into five parts of the same size, the best scored 5).
 * A customer's score is 1 + ⌊5 · (customers with less) / customers⌋, so that equal values share a score.
 */
export function rfmCuts(customers: readonly RfmCustomer[]): RfmCuts {
  const amounts = new Map<string, Money[]>();
  for (const { revenue } of customers) {
    const known = amounts.get(revenue.currency);
    if (known) known.push(revenue);
    else amounts.set(revenue.currency, [revenue]);
  }
  const ascending = (one: number, other: number) => one - other;
  return {
    recency: quintileCuts(
      customers.map(({ lastOrderDay }) => lastOrderDay),
      ascending,
    ),
    frequency: quintileCuts(
      customers.map(({ orders }) => orders),
      ascending,
    ),
    monetary: Object.fromEntries([...amounts].map(([currency, values]) => [currency, quintileCuts(values, compareMoney)])),
  };
}

/** Three digits, recency first: `555` is the best. Null in a currency that nobody had when the cuts were made. */
export function rfmOf({ lastOrderDay, orders, revenue }: RfmCustomer, { recency, frequency, monetary }: RfmCuts): string | null {
  const cuts = monetary[revenue.currency];
  if (!cuts) return null;
  const money = 1 + cuts.filter((cut) => compareMoney(cut, revenue) <= 0).length;
  return `${scoreOf(lastOrderDay, recency)}${scoreOf(orders, frequency)}${money}`;
}

function scoreOf(value: number, cuts: readonly number[]): number {
  return 1 + cuts.filter((cut) => cut <= value).length;
}

/** For each of the scores from 2 on the least value that reaches it; none where even the greatest value does not. */
function quintileCuts<T>(values: readonly T[], compare: (one: T, other: T) => number): readonly T[] {
  const sorted = [...values].sort(compare);
  const cuts: T[] = [];
  let below = 0;
  for (const [index, value] of sorted.entries()) {
    const before = sorted[index - 1];
    if (index > 0 && before !== undefined && compare(before, value) !== 0) below = index;
    while (cuts.length + 1 <= Math.floor((SCORES * below) / sorted.length)) cuts.push(value);
  }
  return cuts;
}
