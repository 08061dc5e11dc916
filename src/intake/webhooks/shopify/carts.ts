import { amountIn, currencyIn, known, neededText, objectsIn, textIn, timeIn } from '../payload';
import { contextOf } from '../personOn';
import type { VendorMessage } from '../webhookVendor';
import { amountsIn, firstCurrency, shopCurrency, totalOf } from './amounts';
import { buyerContext } from './buyer';
import { productsOf } from './products';
import { happenedAt, type ShopifyEvent } from './shopifyEvent';

/** carts/create, carts/update: the whole cart. It names nobody: the checkout and the order that carry its token do. */
export function readCart(event: ShopifyEvent): readonly VendorMessage[] {
  const { id, body } = event;
  const token = neededText(body, 'token', 'id');
  const lines = objectsIn(body, 'line_items');
  const properties = {
    cart_id: token,
    ...known({
      total: totalOf(lines.flatMap((line) => amountsIn(line, 'line_price'))),
      currency: firstCurrency(lines.map((line) => shopCurrency(line, 'line_price'))),
    }),
    products: productsOf(body),
  };
  const context = contextOf({ ids: [['shopify.cart_token', token]] }, { channel: 'web' });
  return [{ type: 'track', messageId: id, ...happenedAt(event, 'updated_at', 'created_at'), event: 'Cart Updated', properties, context }];
}

/** checkouts/create, checkouts/update, while it isn't completed: then the order comes. */
export function readCheckout(event: ShopifyEvent): readonly VendorMessage[] {
  const { id, body } = event;
  if (timeIn(body, 'completed_at') !== null) return [];
  const properties = {
    ...known({
      checkout_id: textIn(body, 'token'),
      cart_id: textIn(body, 'cart_token'),
      total: amountIn(body, 'total_price'),
      currency: currencyIn(body, 'currency'),
      discount: amountIn(body, 'total_discounts'),
    }),
    products: productsOf(body),
  };
  const context = buyerContext(body, [['shopify.checkout_token', textIn(body, 'token')]]);
  return [
    { type: 'track', messageId: id, ...happenedAt(event, 'updated_at', 'created_at'), event: 'Checkout Started', properties, context },
  ];
}
