import type { JsonObject } from '../../../kernel/json';
import { amountIn, currencyIn, known, objectIn, objectsIn, textIn } from '../payloadFields';

/** A message must stay below 32 KB. */
const MAX_PRODUCTS = 100;

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

/** Currency of an amount that Shopify states twice: in the shop's currency, and as the customer saw it. The shop's is taken. */
export function shopCurrency(amountSet: JsonObject): string | null {
  return currencyIn(objectIn(amountSet, 'shop_money'), 'currency_code');
}
