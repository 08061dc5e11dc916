import { checkSigningSecret, signingSecrets } from '../signingSecrets';
import type { WebhookVendor } from '../webhookVendor';
import { readChargeFailed, readChargeRefunded, readChargeSucceeded, readDisputeClosed, readDisputeCreated } from './charges';
import { readCheckoutCompleted, readLatePayment } from './checkouts';
import { readCustomer } from './customers';
import { readInvoicePaid, readInvoicePaymentFailed } from './invoices';
import { type ReadEvent, readStripeEvent } from './stripeEvent';
import {
  readSubscriptionCreated,
  readSubscriptionDeleted,
  readSubscriptionPaused,
  readSubscriptionResumed,
  readSubscriptionUpdated,
  readTrialWillEnd,
} from './subscriptions';
import { verifyStripe } from './verifyStripe';

/**
 * One event of each thing that happened is read: not payment_intent.* and invoice.payment_succeeded, which say again what charge.* and invoice.paid
 * say, nor refund.*, which says again what charge.refunded does.
 */
const READERS: ReadonlyMap<string, ReadEvent> = new Map([
  ['customer.created', readCustomer],
  ['customer.updated', readCustomer],
  ['customer.subscription.created', readSubscriptionCreated],
  ['customer.subscription.updated', readSubscriptionUpdated],
  ['customer.subscription.deleted', readSubscriptionDeleted],
  ['customer.subscription.paused', readSubscriptionPaused],
  ['customer.subscription.resumed', readSubscriptionResumed],
  ['customer.subscription.trial_will_end', readTrialWillEnd],
  ['invoice.paid', readInvoicePaid],
  ['invoice.payment_failed', readInvoicePaymentFailed],
  ['checkout.session.completed', readCheckoutCompleted],
  ['checkout.session.async_payment_succeeded', readLatePayment],
  ['checkout.session.async_payment_failed', readLatePayment],
  ['charge.succeeded', readChargeSucceeded],
  ['charge.failed', readChargeFailed],
  ['charge.refunded', readChargeRefunded],
  ['charge.dispute.created', readDisputeCreated],
  ['charge.dispute.closed', readDisputeClosed],
]);

const SECRET_NAMES = ['signingSecret', 'endpointSecret', 'webhookSecret'];

/** Stripe, "Webhooks" and "Types of events". Settings: `signingSecret` (`whsec_…`). */
export const STRIPE: WebhookVendor = {
  type: 'stripe',
  keptHeaders: [],
  checkSettings: (settings) => checkSigningSecret(settings, SECRET_NAMES, 'the signing secret of the endpoint (whsec_…)'),
  verify: (delivery, settings) => verifyStripe(delivery, signingSecrets(settings, SECRET_NAMES)),
  toMessages(payload) {
    const event = readStripeEvent(payload);
    return READERS.get(event.type)?.(event) ?? [];
  },
};
