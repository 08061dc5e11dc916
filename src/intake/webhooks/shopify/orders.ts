import type { JsonObject } from '../../../kernel/json';
import { amountIn, currencyIn, known, textIn } from '../payload';
import type { VendorMessage } from '../webhookVendor';
import { buyerContext } from './buyer';
import { productsOf } from './products';
import { exactId, happenedAt, type ShopifyEvent } from './shopifyEvent';

/** orders/create */
export function readOrderCreated(event: ShopifyEvent): readonly VendorMessage[] {
  const { body } = event;
  const properties = {
    ...orderOf(body),
    ...known({
      cart_id: textIn(body, 'cart_token'),
      checkout_id: textIn(body, 'checkout_token'),
      tax: amountIn(body, 'total_tax'),
      discount: amountIn(body, 'total_discounts'),
      referrer: textIn(body, 'referring_site'),
      landing_page: textIn(body, 'landing_site'),
    }),
    products: productsOf(body),
  };
  return [aboutOrder(event, 'Order Completed', { ...happenedAt(event, 'created_at'), properties })];
}

/** orders/paid */
export function readOrderPaid(event: ShopifyEvent): readonly VendorMessage[] {
  const { total, ...order } = orderOf(event.body);
  const gateways = event.body['payment_gateway_names'];
  const properties = known({ ...order, amount: total, payment_method: Array.isArray(gateways) ? gateways.join(', ') : null });
  return [aboutOrder(event, 'Payment Made', { ...happenedAt(event, 'updated_at', 'processed_at'), properties })];
}

/** orders/cancelled */
export function readOrderCancelled(event: ShopifyEvent): readonly VendorMessage[] {
  const properties = {
    ...orderOf(event.body),
    ...known({ reason: textIn(event.body, 'cancel_reason') }),
    products: productsOf(event.body),
  };
  return [aboutOrder(event, 'Order Cancelled', { ...happenedAt(event, 'cancelled_at', 'updated_at'), properties })];
}

/** orders/fulfilled: all of it is on its way. */
export function readOrderFulfilled(event: ShopifyEvent): readonly VendorMessage[] {
  return [aboutOrder(event, 'Order Fulfilled', { ...happenedAt(event, 'updated_at'), properties: orderOf(event.body) })];
}

function orderOf(order: JsonObject): JsonObject {
  return known({
    order_id: exactId(order),
    order_name: textIn(order, 'name'),
    total: amountIn(order, 'total_price'),
    currency: currencyIn(order, 'currency'),
  });
}

function aboutOrder({ id, body }: ShopifyEvent, event: string, what: { timestamp?: string; properties: JsonObject }): VendorMessage {
  const context = buyerContext(body, [
    ['shopify.order_id', exactId(body)],
    ['shopify.checkout_token', textIn(body, 'checkout_token')],
  ]);
  return { type: 'track', messageId: id, event, ...what, context };
}
