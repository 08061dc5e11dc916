import type { JsonObject } from '../../kernel/json';
import { isJsonObject } from '../../kernel/json';
import type { Fact } from '../fact';
import type { FrictionHistory } from './history';
import type { Sign } from './sign';
import { spanText } from './spanText';

/** A time from a touch of the cart to the next that finds something in it. */
interface Idle {
  readonly touch: Fact;
  readonly next: Fact | null;
  readonly items: number;
}

/**
 * The cart holds something and is left alone without an order. Grain: a time without a touch; named by the touch before it, over with the next one, which
 * may be the order.
 */
export function abandonedCarts({ facts, settings }: FrictionHistory): Sign[] {
  const afterMs = settings.cartAbandonedAfterMs;
  return idleTimes(facts).flatMap(({ touch, next, items }) => {
    if (next !== null && next.occurredAtMs - touch.occurredAtMs <= afterMs) return [];
    return [
      {
        kind: 'ABANDONED_CART' as const,
        about: touch,
        evidence: next ? [touch, next] : [touch],
        severity: touch.kind === 'CHECKOUT_STARTED' ? ('MEDIUM' as const) : ('LOW' as const),
        detectedAtMs: touch.occurredAtMs + afterMs,
        endsAtMs: next?.occurredAtMs ?? null,
        message: `Left ${items} ${items === 1 ? 'product' : 'products'} in the cart for more than ${spanText(afterMs)}`,
      },
    ];
  });
}

function idleTimes(facts: readonly Fact[]): Idle[] {
  const touches = facts.filter(({ kind }) => kind === 'CART_UPDATED' || kind === 'CHECKOUT_STARTED' || kind === 'ORDER_PLACED');
  let cart: ReadonlyMap<string, number> = new Map();
  return touches.flatMap((touch, index) => {
    cart = cartAfter(cart, touch);
    const items = cart.size;
    return items === 0 ? [] : [{ touch, next: touches[index + 1] ?? null, items }];
  });
}

/** Quantities by product. A list of products is the whole cart; a product's own fields are one product more, or less under a name that says removed. */
function cartAfter(cart: ReadonlyMap<string, number>, { kind, name, properties }: Fact): ReadonlyMap<string, number> {
  if (kind === 'ORDER_PLACED') return new Map();
  const { products } = properties;
  if (Array.isArray(products)) return new Map(products.filter(isJsonObject).map((product) => [productKey(product), quantityOf(product)]));
  if (kind === 'CHECKOUT_STARTED') return cart.size > 0 ? cart : new Map([['', 1]]);
  if (/\b(emptied|cleared)\b/i.test(name)) return new Map();
  const key = productKey(properties);
  if (key === '') return cart;
  const change = /\bremoved?\b/i.test(name) ? -quantityOf(properties) : quantityOf(properties);
  const quantity = (cart.get(key) ?? 0) + change;
  const others = [...cart].filter(([other]) => other !== key);
  return new Map(quantity > 0 ? [...others, [key, quantity]] : others);
}

function productKey(product: JsonObject): string {
  const key = product['product_id'] ?? product['productId'] ?? product['sku'] ?? product['variant'] ?? product['name'];
  return typeof key === 'string' || typeof key === 'number' ? String(key) : '';
}

function quantityOf(product: JsonObject): number {
  const quantity = Number(product['quantity'] ?? 1);
  return Number.isFinite(quantity) && quantity > 0 ? quantity : 1;
}
