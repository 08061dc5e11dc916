import { addDecimals, multiplyDecimals, parseDecimal, ZERO } from '../kernel/decimal';
import type { JsonObject } from '../kernel/json';
import { addMoney, asMoney, compareMoney, type Money, NO_CURRENCY, noMoney, subtractMoney, sumsByCurrency } from '../kernel/money';
import type { Fact } from './fact';
import { amountIn, idOf, piecesOf, productIdOf, productsOf } from './factProperties';
import { factsInOrder } from './factsInOrder';
import { checkoutAliases, isAboutOrders, orderIdOf } from './orderReference';

/** Money paid back to the customer that belongs to no order, and to no subscription or invoice either. */
export interface LooseRefund {
  readonly atMs: number;
  readonly value: Money;
  readonly fact: Fact;
}

/** Where an order's amount stands, the first that is there. */
export const ORDER_AMOUNTS = ['total', 'value', 'revenue', 'amount', 'subtotal'];
const REFUND_AMOUNTS = ['refund_amount', ...ORDER_AMOUNTS];

/**
 * Refunds that name nothing they are for, oldest first: they are off what the orders brought. One for a subscription or an invoice is not, for
 * neither is what those brought; one without an amount says nothing.
 */
export function looseRefundsOf(facts: readonly Fact[]): LooseRefund[] {
  const ordered = factsInOrder(facts).filter(isAboutOrders);
  const aliases = checkoutAliases(ordered);
  const loose = ordered.filter((fact) => fact.kind === 'REFUND_MADE' && orderIdOf(fact, aliases) === null && !isOfSubscription(fact));
  return latestOfEachRefund(loose).flatMap((fact) => {
    const value = paidBack(fact.properties, NO_CURRENCY);
    return value ? [{ atMs: fact.occurredAtMs, value, fact }] : [];
  });
}

function isOfSubscription({ subject, properties }: Fact): boolean {
  const named = idOf(properties, 'subscription_id', 'subscriptionId', 'invoice_id', 'invoiceId');
  return named !== null || subject?.type === 'subscription' || subject?.type === 'invoice';
}

/**
 * What was paid back, by currency. A refund without an amount is of the products it lists, at their prices; without any, of all that was left.
 * A refund without a currency is in the order's.
 */
export function refundsOf(facts: readonly Fact[], value: Money, products: readonly JsonObject[]): ReadonlyMap<string, Money> {
  const prices = new Map(products.map((product) => [productIdOf(product) ?? '', product['price']]));
  const { currency } = value;
  const refunds: Money[] = [];
  for (const { properties } of latestOfEachRefund(facts.filter(({ kind }) => kind === 'REFUND_MADE'))) {
    const stated = paidBack(properties, currency);
    const listed = productsOf(properties);
    if (stated) refunds.push(stated);
    else if (listed && listed.length > 0) refunds.push(valueOfProducts(listed, currency, prices));
    else refunds.push(restOf(value, refunds));
  }
  return sumsByCurrency(refunds);
}

/** Some sources write what was paid back with a minus. */
function paidBack(properties: JsonObject, currency: string): Money | null {
  const stated = amountIn(properties, REFUND_AMOUNTS, currency);
  if (!stated) return null;
  const nothing = noMoney(stated.currency);
  return compareMoney(stated, nothing) < 0 ? subtractMoney(nothing, stated) : stated;
}

function restOf(value: Money, refunds: readonly Money[]): Money {
  const sum = refunds.filter(({ currency }) => currency === value.currency).reduce(addMoney, noMoney(value.currency));
  const rest = subtractMoney(value, sum);
  return compareMoney(rest, noMoney(value.currency)) > 0 ? rest : noMoney(value.currency);
}

/** Messages that number one refund are one refund, as the last of them has it. */
function latestOfEachRefund(refunds: readonly Fact[]): readonly Fact[] {
  const latest = new Map(refunds.map((fact) => [idOf(fact.properties, 'refund_id', 'refundId') ?? `message ${fact.messageId}`, fact]));
  return [...latest.values()];
}

/** Prices times pieces; `prices` are known otherwise, by product. */
export function valueOfProducts(products: readonly JsonObject[], currency: string, prices: ReadonlyMap<string, unknown>): Money {
  let sum = ZERO;
  for (const product of products) {
    const price = parseDecimal(product['price']) ?? parseDecimal(prices.get(productIdOf(product) ?? ''));
    if (price) sum = addDecimals(sum, multiplyDecimals(price, { units: BigInt(piecesOf(product['quantity'])), scale: 0 }));
  }
  return asMoney(sum, currency);
}
