import { addDecimals, decimalText } from '../../../kernel/decimal';
import { amountIn, currencyIn, decimalIn, known, neededText, objectIn, objectsIn, textIn, timeIn } from '../payloadFields';
import { contextOf } from '../personOn';
import type { VendorMessage } from '../webhookVendor';
import { buyerContext } from './buyer';
import { productsOf, shopCurrency } from './products';
import { happenedAt, type ShopifyEvent } from './shopifyEvent';

/** carts/create, carts/update: the whole cart. It names nobody: the checkout and the order that carry its token do. */
export function readCart(event: ShopifyEvent): readonly VendorMessage[] {
  const { id, body } = event;
  const token = neededText(body, 'token', 'id');
  const lines = objectsIn(body, 'line_items');
  const amounts = lines.flatMap((line) => decimalIn(line, 'line_price') ?? []);
  const properties = {
    cart_id: token,
    ...known({
      total: decimalText(
        amounts.reduce(addDecimals, { units: 0n, scale: 0 }),
        Math.max(0, ...amounts.map(({ scale }) => Math.min(scale, 2))),
      ),
      currency: lines.map((line) => shopCurrency(objectIn(line, 'line_price_set'))).find((code) => code !== null),
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
