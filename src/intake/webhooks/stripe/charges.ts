import { addDecimals, decimalText, negated, parseDecimal } from '../../../kernel/decimal';
import type { JsonObject } from '../../../kernel/json';
import { messageIdOf } from '../messageName';
import { currencyIn, known, textIn } from '../payload';
import { contextOf } from '../personOn';
import type { VendorMessage } from '../webhookVendor';
import { majorUnits } from './minorUnits';
import { idIn, type StripeEvent } from './stripeEvent';

/** What Stripe itself writes into the description of an invoice's charge; since version 2025-03-31 nothing else on a charge tells of its invoice. */
const INVOICE_DESCRIPTION = /^(?:Subscription (?:creation|update|cycle)|Payment for Invoice)\b/i;

/** charge.succeeded. The charge of an invoice only says whose it is: the payment itself comes as invoice.paid. */
export function readChargeSucceeded(event: StripeEvent): readonly VendorMessage[] {
  if (isOfInvoice(event.object)) return [whoseCharge(event)];
  return [aboutCharge(event, 'Payment Made', paymentOf(event.object))];
}

/** charge.failed; the failure of an invoice's payment comes as invoice.payment_failed. */
export function readChargeFailed(event: StripeEvent): readonly VendorMessage[] {
  if (isOfInvoice(event.object)) return [whoseCharge(event)];
  const reason = textIn(event.object, 'failure_message', 'failure_code');
  return [aboutCharge(event, 'Payment Failed', { ...paymentOf(event.object), ...known({ reason }) })];
}

/** charge.refunded: `amount_refunded` counts all refunds of the charge, so what this one paid back is what it grew by. */
export function readChargeRefunded(event: StripeEvent): readonly VendorMessage[] {
  const { object, before } = event;
  const currency = currencyIn(object, 'currency');
  const all = parseDecimal(object['amount_refunded']);
  const earlier = parseDecimal(before['amount_refunded']);
  const now = all && decimalText(earlier ? addDecimals(all, negated(earlier)) : all);
  return [aboutCharge(event, 'Charge Refunded', known({ ...orderOf(object), total: majorUnits(now, currency), currency }))];
}

/** charge.dispute.created: the customer asks the bank for the money. */
export function readDisputeCreated(event: StripeEvent): readonly VendorMessage[] {
  return [aboutDispute(event, 'Refund Requested')];
}

/** charge.dispute.closed: only a lost one pays back. */
export function readDisputeClosed(event: StripeEvent): readonly VendorMessage[] {
  const isLost = textIn(event.object, 'status') === 'lost';
  return [aboutDispute(event, isLost ? 'Refund Made' : 'Dispute Won')];
}

function aboutDispute(event: StripeEvent, name: string): VendorMessage {
  const { object } = event;
  const currency = currencyIn(object, 'currency');
  const reason = textIn(object, 'reason');
  return {
    type: 'track',
    messageId: messageIdOf(event.id),
    timestamp: event.createdAt,
    event: name,
    properties: known({
      order_id: idIn(object, 'payment_intent'),
      dispute_id: textIn(object, 'id'),
      total: majorUnits(object['amount'], currency),
      currency,
      reason: reason === null ? 'dispute' : `dispute: ${reason}`,
    }),
    context: contextOf({
      ids: [['stripe.charge_id', idIn(object, 'charge')]],
      email: textIn(object, ['evidence', 'customer_email_address']),
    }),
  };
}

function isOfInvoice(charge: JsonObject): boolean {
  return idIn(charge, 'invoice') !== null || INVOICE_DESCRIPTION.test(textIn(charge, 'description') ?? '');
}

function paymentOf(charge: JsonObject): JsonObject {
  const currency = currencyIn(charge, 'currency');
  return known({
    ...orderOf(charge),
    amount: majorUnits(charge['amount'], currency),
    currency,
    payment_method: textIn(charge, ['payment_method_details', 'type']),
  });
}

/** A checkout's order is named by its payment. */
function orderOf(charge: JsonObject): JsonObject {
  return { order_id: idIn(charge, 'payment_intent'), invoice_id: idIn(charge, 'invoice') };
}

function whoseCharge({ id, createdAt, object }: StripeEvent): VendorMessage {
  return { type: 'identify', messageId: messageIdOf(id), timestamp: createdAt, traits: {}, context: personOf(object) };
}

function aboutCharge({ id, createdAt, object }: StripeEvent, event: string, properties: JsonObject): VendorMessage {
  return { type: 'track', messageId: messageIdOf(id), timestamp: createdAt, event, properties, context: personOf(object) };
}

function personOf(charge: JsonObject): JsonObject {
  return contextOf({
    ids: [
      ['stripe.customer_id', idIn(charge, 'customer')],
      ['stripe.charge_id', idIn(charge, 'id')],
    ],
    email: textIn(charge, ['billing_details', 'email'], 'receipt_email'),
    phone: textIn(charge, ['billing_details', 'phone']),
  });
}
