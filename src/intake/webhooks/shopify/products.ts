import type { JsonObject } from '../../../kernel/json';
import { amountIn, known, objectsIn, textIn } from '../payload';

/** A message must stay below 32 KB. */
export const MAX_PRODUCTS = 100;

/** The first hundred lines of an order, a checkout or a cart, as `products`. */
export function productsOf(thing: JsonObject): readonly JsonObject[] {
  return objectsIn(thing, 'line_items').slice(0, MAX_PRODUCTS).map(productOf);
}

export function productOf(line: JsonObject): JsonObject {
  return known({
    product_id: textIn(line, 'product_id'),
    variant_id: textIn(line, 'variant_id'),
    sku: textIn(line, 'sku'),
    name: textIn(line, 'title', 'presentment_title', 'name')?.slice(0, 200),
    price: amountIn(line, 'discounted_price', 'price'),
    quantity: line['quantity'],
  });
}
