import { addDecimals, multiplyDecimals, parseDecimal, ZERO } from '../kernel/decimal';
import type { JsonObject } from '../kernel/json';
import { asMoney, currencyCode, type Money, NO_CURRENCY } from '../kernel/money';
import { eventKey } from '../timeline/eventSpecs';
import type { Fact } from './fact';
import { amountIn, idOf, piecesOf, productIdOf, productsOf, subjectIdOf } from './factProperties';
import { factsInOrder } from './factsInOrder';

export interface Cart {
  readonly externalId: string | null;
  /** Products as the source sent them, each once, with `quantity`. */
  readonly items: readonly JsonObject[];
  /** Null where prices are missing or of several currencies. */
  readonly value: Money | null;
  readonly updatedAtMs: number;
  /** Untouched for an hour without an order. */
  readonly abandoned: boolean;
  /** When silence makes it abandoned; in the past where it has. */
  readonly abandonedAtMs: number;
  /** What made the cart what it is, since it was last empty; in order. */
  readonly facts: readonly Fact[];
}

const HOUR_MS = 3_600_000;
const PRODUCT_FIELDS = [
  'product_id',
  'productId',
  'sku',
  'name',
  'price',
  'quantity',
  'category',
  'variant',
  'brand',
  'url',
  'image_url',
  'currency',
];
const CART_AMOUNTS = ['value', 'total', 'cart_total'];

interface OpenCart {
  readonly id: string;
  readonly items: Map<string, JsonObject>;
  /** What the source says the whole comes to, while nothing was put in or taken out since. */
  stated: Money | null;
  currency: string;
  facts: Fact[];
}

/**
 * What the customer has in the cart; null once it is ordered or emptied. Of several carts the one touched last. An order that names its cart or
 * checkout ends that one; an order that names none, or one that nobody saw, ends all before it.
 */
export function cartOf(facts: readonly Fact[], nowMs: number): Cart | null {
  const carts = new Map<string, OpenCart>();
  for (const fact of factsInOrder(facts)) {
    if (fact.occurredAtMs > nowMs) break;
    if (fact.kind === 'ORDER_PLACED') endCarts(carts, fact);
    else if (fact.kind === 'CART_UPDATED' || fact.kind === 'CHECKOUT_STARTED') touch(carts, fact);
  }
  const latest = [...carts.values()].sort((one, other) => lastAtMs(one) - lastAtMs(other)).at(-1);
  return latest ? asCart(latest, nowMs) : null;
}

function asCart(cart: OpenCart, nowMs: number): Cart {
  const updatedAtMs = lastAtMs(cart);
  const items = [...cart.items.values()];
  return {
    externalId: cart.id === '' ? null : cart.id,
    items,
    value: valueOfItems(items, cart.currency) ?? cart.stated,
    updatedAtMs,
    abandoned: nowMs - updatedAtMs >= HOUR_MS,
    abandonedAtMs: updatedAtMs + HOUR_MS,
    facts: cart.facts,
  };
}

function lastAtMs({ facts }: OpenCart): number {
  return facts.at(-1)?.occurredAtMs ?? 0;
}

function cartIdsOf(fact: Fact): readonly string[] {
  const { properties } = fact;
  const cart = idOf(properties, 'cart_id', 'cartId', 'cart_token') ?? subjectIdOf(fact, 'cart');
  const checkout = idOf(properties, 'checkout_id', 'checkoutId') ?? subjectIdOf(fact, 'checkout');
  return [cart, checkout].filter((id) => id !== null);
}

function endCarts(carts: Map<string, OpenCart>, order: Fact): void {
  const ended = [...carts.values()].filter(({ facts }) =>
    facts.some((fact) => cartIdsOf(fact).some((id) => cartIdsOf(order).includes(id))),
  );
  if (ended.length === 0) carts.clear();
  for (const { id } of ended) carts.delete(id);
}

function touch(carts: Map<string, OpenCart>, fact: Fact): void {
  const id = cartIdsOf(fact)[0] ?? '';
  const cart: OpenCart = carts.get(id) ?? { id, items: new Map(), stated: null, currency: NO_CURRENCY, facts: [] };
  cart.currency = currencyCode(fact.properties['currency']) ?? cart.currency;
  cart.facts.push(fact);
  carts.set(id, cart);
  const whole = productsOf(fact.properties);
  const word = eventKey(fact.name);
  if (whole) replaceItems(cart, whole, fact.properties);
  else if (word.includes('emptied')) cart.items.clear();
  else if (fact.kind === 'CART_UPDATED' && !word.includes('coupon') && !word.includes('view'))
    changeItem(cart, fact.properties, word.includes('remove'));
  if (cart.items.size === 0) carts.delete(id);
}

function replaceItems(cart: OpenCart, products: readonly JsonObject[], properties: JsonObject): void {
  cart.items.clear();
  for (const [index, product] of products.entries()) addItem(cart, productIdOf(product) ?? `item ${index}`, product);
  cart.stated = amountIn(properties, CART_AMOUNTS, cart.currency);
}

/** A product's own fields stand on the event itself. */
function changeItem(cart: OpenCart, properties: JsonObject, isRemoved: boolean): void {
  const id = productIdOf(properties);
  if (id === null) return;
  cart.stated = null;
  if (!isRemoved) addItem(cart, id, Object.fromEntries(Object.entries(properties).filter(([name]) => PRODUCT_FIELDS.includes(name))));
  else takeItem(cart, id, properties);
}

function addItem(cart: OpenCart, id: string, product: JsonObject): void {
  const known = cart.items.get(id);
  const pieces = piecesOf(product['quantity']) + (known ? piecesOf(known['quantity']) : 0);
  cart.items.set(id, { ...known, ...product, quantity: pieces });
}

/** As many pieces as it says; all of them where it does not. */
function takeItem(cart: OpenCart, id: string, { quantity }: JsonObject): void {
  const known = cart.items.get(id);
  if (!known) return;
  const left = quantity === undefined ? 0 : piecesOf(known['quantity']) - piecesOf(quantity);
  if (left > 0) cart.items.set(id, { ...known, quantity: left });
  else cart.items.delete(id);
}

function valueOfItems(items: readonly JsonObject[], currency: string): Money | null {
  let sum = ZERO;
  for (const item of items) {
    const price = parseDecimal(item['price']);
    const own = currencyCode(item['currency']);
    if (!price || (own !== null && own !== currency)) return null;
    sum = addDecimals(sum, multiplyDecimals(price, { units: BigInt(piecesOf(item['quantity'])), scale: 0 }));
  }
  return asMoney(sum, currency);
}
