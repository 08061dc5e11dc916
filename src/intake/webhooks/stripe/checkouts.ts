import type { JsonObject } from '../../../kernel/json';
import { messageIdOf } from '../messageName';
import { currencyIn, known, textIn, valueAt } from '../payload';
import { contextOf } from '../personOn';
import type { VendorMessage } from '../webhookVendor';
import { majorUnits } from './minorUnits';
import { idIn, type StripeEvent } from './stripeEvent';

/** checkout.session.completed. A session that only stores a card (`setup`) orders nothing. */
export function readCheckoutCompleted(event: StripeEvent): readonly VendorMessage[] {
  const { object } = event;
  if (textIn(object, 'mode') === 'setup') return [];
  const currency = currencyIn(object, 'currency');
  const discount = majorUnits(valueAt(object, ['total_details', 'amount_discount']), currency);
  const properties = known({
    order_id: orderId(object),
    total: majorUnits(object['amount_total'], currency),
    currency,
    discount,
    checkout_id: textIn(object, 'id'),
    subscription_id: idIn(object, 'subscription'),
    invoice_id: idIn(object, 'invoice'),
    payment_status: textIn(object, 'payment_status'),
  });
  return [aboutSession(event, 'Order Completed', properties)];
}

/** checkout.session.async_payment_succeeded and …_failed: money that came, or didn't, days after the order. */
export function readLatePayment(event: StripeEvent): readonly VendorMessage[] {
  const { object } = event;
  const currency = currencyIn(object, 'currency');
  const properties = known({ order_id: orderId(object), amount: majorUnits(object['amount_total'], currency), currency });
  return [aboutSession(event, event.type.endsWith('failed') ? 'Payment Failed' : 'Payment Made', properties)];
}

/** Its payment's id, which refunds and disputes carry; a session without a payment of its own is its own order. */
function orderId(session: JsonObject): string | null {
  return idIn(session, 'payment_intent') ?? textIn(session, 'id');
}

function aboutSession({ id, createdAt, object }: StripeEvent, event: string, properties: JsonObject): VendorMessage {
  return {
    type: 'track',
    messageId: messageIdOf(id),
    timestamp: createdAt,
    event,
    ...known({ userId: textIn(object, 'client_reference_id') }),
    properties,
    context: contextOf(
      {
        ids: [['stripe.customer_id', idIn(object, 'customer')]],
        email: textIn(object, ['customer_details', 'email'], 'customer_email'),
        phone: textIn(object, ['customer_details', 'phone']),
      },
      { channel: 'web' },
    ),
  };
}
