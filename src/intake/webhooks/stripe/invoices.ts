import type { JsonObject } from '../../../kernel/json';
import { messageIdOf } from '../messageName';
import { currencyIn, known, objectIn, objectsIn, textIn, timeIn } from '../payload';
import { contextOf } from '../personOn';
import type { VendorMessage } from '../webhookVendor';
import { majorUnits } from './minorUnits';
import { planOf } from './plan';
import { idIn, type StripeEvent } from './stripeEvent';

/** invoice.paid; the invoice of a new billing period also renews its subscription. */
export function readInvoicePaid(event: StripeEvent): readonly VendorMessage[] {
  const { object } = event;
  const payment = aboutInvoice(event, 'Payment Made', paymentOf(object, 'amount_paid'));
  if (textIn(object, 'billing_reason') !== 'subscription_cycle') return [payment];
  const lines = objectsIn(object, ['lines', 'data']).filter((line) => line['proration'] !== true);
  const renewed = known({ ...planOf(lines), subscription_id: subscriptionOf(object), invoice_id: idIn(object, 'id') });
  return [payment, { ...aboutInvoice(event, 'Subscription Renewed', renewed), messageId: messageIdOf(event.id, 'renewed') }];
}

/** invoice.payment_failed, once an attempt. */
export function readInvoicePaymentFailed(event: StripeEvent): readonly VendorMessage[] {
  const { object } = event;
  const properties = known({
    ...paymentOf(object, 'amount_due'),
    attempt: object['attempt_count'],
    next_attempt_at: timeIn(object, 'next_payment_attempt'),
    reason: textIn(object, ['last_finalization_error', 'message']),
  });
  return [aboutInvoice(event, 'Payment Failed', properties)];
}

function paymentOf(invoice: JsonObject, amount: string): JsonObject {
  const currency = currencyIn(invoice, 'currency');
  return known({
    amount: majorUnits(invoice[amount], currency),
    currency,
    invoice_id: idIn(invoice, 'id'),
    subscription_id: subscriptionOf(invoice),
    billing_reason: textIn(invoice, 'billing_reason'),
  });
}

/** Since version 2025-03-31 the subscription stands with the invoice's parent. */
function subscriptionOf(invoice: JsonObject): string | null {
  return idIn(invoice, 'subscription') ?? idIn(objectIn(invoice, ['parent', 'subscription_details']), 'subscription');
}

function aboutInvoice({ id, createdAt, object }: StripeEvent, event: string, properties: JsonObject): VendorMessage {
  const context = contextOf({
    ids: [
      ['stripe.customer_id', idIn(object, 'customer')],
      ['stripe.charge_id', idIn(object, 'charge')],
    ],
    email: textIn(object, 'customer_email'),
    phone: textIn(object, 'customer_phone'),
  });
  return { type: 'track', messageId: messageIdOf(id), timestamp: createdAt, event, properties, context };
}
