import type { JsonObject } from '../../../kernel/json';
import { messageIdOf } from '../messageName';
import { known, objectIn, textIn } from '../payload';
import { contextOf } from '../personOn';
import type { VendorMessage } from '../webhookVendor';
import { exactId, happenedAt, type ShopifyEvent } from './shopifyEvent';

/** fulfillments/create: a parcel was sent. */
export function readParcelSent(event: ShopifyEvent): readonly VendorMessage[] {
  return [aboutParcel(event, { messageId: event.id, event: 'Order Shipped', ...happenedAt(event, 'created_at') })];
}

/** fulfillments/update: told of again whenever anything changes; a parcel is delivered once. */
export function readParcelChanged(event: ShopifyEvent): readonly VendorMessage[] {
  if (textIn(event.body, 'shipment_status') !== 'delivered') return [];
  const messageId = messageIdOf('delivered', exactId(event.body));
  return [aboutParcel(event, { messageId, event: 'Order Delivered', ...happenedAt(event, 'updated_at') })];
}

/** fulfillment_events/create: what the carrier says. The same delivery as in fulfillments/update. */
export function readCarrierEvent(event: ShopifyEvent): readonly VendorMessage[] {
  const { body } = event;
  if (textIn(body, 'status') !== 'delivered') return [];
  const messageId = messageIdOf('delivered', textIn(body, 'fulfillment_id'));
  return [aboutParcel(event, { messageId, event: 'Order Delivered', ...happenedAt(event, 'happened_at', 'created_at') })];
}

type Named = Pick<VendorMessage, 'messageId' | 'event' | 'timestamp'>;

function aboutParcel({ body }: ShopifyEvent, named: Named): VendorMessage {
  const orderId = textIn(body, 'order_id');
  const properties: JsonObject = known({
    order_id: orderId,
    carrier: textIn(body, 'tracking_company'),
    tracking_number: textIn(body, 'tracking_number'),
  });
  const destination = objectIn(body, 'destination');
  const email = textIn(body, 'email');
  return {
    type: 'track',
    ...named,
    properties,
    context: contextOf({ ids: [['shopify.order_id', orderId]], email, phone: textIn(destination, 'phone') }),
  };
}
