import type { JsonObject } from '../kernel/json';
import { compareMoney, currencyCode, type Money, NO_CURRENCY, noMoney, subtractMoney } from '../kernel/money';
import type { Fact } from './fact';
import { amountIn, piecesOf, productIdOf, productsOf } from './factProperties';
import { factsInOrder } from './factsInOrder';
import { checkoutAliases, isAboutOrders, isPlacing, orderIdOf } from './orderReference';
import { ORDER_AMOUNTS, refundsOf, valueOfProducts } from './refund';

export type OrderStatus = 'PLACED' | 'DELIVERED' | 'CANCELLED' | 'REFUNDED' | 'PARTLY_REFUNDED';

export interface Order {
  /** The same for every message about the order, from whatever source. */
  readonly key: string;
  readonly externalId: string;
  readonly placedAtMs: number;
  /** As last stated; of NO_CURRENCY where no message says which currency. */
  readonly value: Money;
  /** `value` less refunds of the same currency: negative where refunds are larger; zero when cancelled. */
  readonly net: Money;
  /** One sum a currency. */
  readonly refunded: readonly Money[];
  readonly status: OrderStatus;
  /** Pieces; 0 where no message says. */
  readonly items: number;
  readonly products: readonly string[];
  readonly facts: readonly Fact[];
}

/**
 * A customer's orders, oldest first. Messages of several sources that name one order are one order; a placing without any number is an order
 * of its own. A message about an order that was never placed waits for the placing: it makes no order, and its refund is off nothing.
 */
export function ordersOf(facts: readonly Fact[]): Order[] {
  const groups = new Map<string, Fact[]>();
  const ordered = factsInOrder(facts).filter(isAboutOrders);
  const aliases = checkoutAliases(ordered);
  for (const fact of ordered) {
    const key = orderIdOf(fact, aliases) ?? (isPlacing(fact) ? `interaction/${fact.interactionId}` : null);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  const orders = [...groups].flatMap(([key, group]) => orderOf(key, group, aliases) ?? []);
  return orders.sort((one, other) => one.placedAtMs - other.placedAtMs);
}

function orderOf(key: string, facts: readonly Fact[], aliases: ReadonlyMap<string, string>): Order | null {
  const placings = facts.filter(isPlacing);
  const first = placings.find(({ kind }) => kind === 'ORDER_PLACED') ?? placings[0];
  if (!first) return null;
  const listings = placings.map(({ properties }) => productsOf(properties));
  const products = listings.findLast((list) => list !== null) ?? [];
  const value = lastValueOf(placings, currencyOf([...facts.filter((fact) => !isPlacing(fact)), ...placings]), products);
  const refunded = refundsOf(facts, value, products);
  const isCancelled = facts.some(({ kind }) => kind === 'ORDER_CANCELLED');
  const ownRefunds = refunded.get(value.currency) ?? noMoney(value.currency);
  return {
    key,
    externalId: orderIdOf(first, aliases) ?? first.messageId,
    placedAtMs: first.occurredAtMs,
    value,
    net: isCancelled ? noMoney(value.currency) : subtractMoney(value, ownRefunds),
    refunded: [...refunded.values()],
    status: isCancelled ? 'CANCELLED' : statusOf(facts, value, ownRefunds, refunded.size > 0),
    items: itemsOf(placings, products),
    products: [...new Set(products.flatMap((product) => productIdOf(product) ?? []))],
    facts,
  };
}

function statusOf(facts: readonly Fact[], value: Money, ownRefunds: Money, hasRefunds: boolean): OrderStatus {
  const isPaidBack = compareMoney(ownRefunds, noMoney(value.currency)) > 0;
  if (isPaidBack && compareMoney(ownRefunds, value) >= 0) return 'REFUNDED';
  if (hasRefunds) return 'PARTLY_REFUNDED';
  return facts.some(({ kind }) => kind === 'ORDER_DELIVERED') ? 'DELIVERED' : 'PLACED';
}

/** The last that is stated, of a placing rather than of what came after. */
function currencyOf(facts: readonly Fact[]): string {
  const codes = facts.map(({ properties }) => currencyCode(properties['currency']));
  return codes.findLast((code) => code !== null) ?? NO_CURRENCY;
}

/** As last stated, else what the products come to, else nothing. */
function lastValueOf(placings: readonly Fact[], currency: string, products: readonly JsonObject[]): Money {
  const stated = placings.map(({ properties }) => amountIn(properties, ORDER_AMOUNTS, currency));
  return stated.findLast((value) => value !== null) ?? valueOfProducts(products, currency, new Map());
}

function itemsOf(placings: readonly Fact[], products: readonly JsonObject[]): number {
  if (products.length > 0) return products.reduce((sum, product) => sum + piecesOf(product['quantity']), 0);
  const counts = placings.map(({ properties }) => properties['items'] ?? properties['item_count'] ?? properties['quantity']);
  const count = counts.findLast((value) => typeof value === 'number' || typeof value === 'string');
  return count === undefined ? 0 : piecesOf(count);
}
