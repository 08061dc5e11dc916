import { isSignedBy } from '../signature';
import { checkSigningSecret, signingSecrets } from '../signingSecrets';
import type { WebhookVendor } from '../webhookVendor';
import { readCart, readCheckout } from './carts';
import { readConsent, readCustomer, readCustomersMerged, readDataRequest, readRedaction } from './customers';
import { readCarrierEvent, readParcelChanged, readParcelSent } from './deliveries';
import { readOrderCancelled, readOrderCreated, readOrderFulfilled, readOrderPaid } from './orders';
import { readRefund } from './refunds';
import { type ReadEvent, readShopifyEvent } from './shopifyEvent';

/** By topic. orders/updated and orders/edited are not read: what they are sent for has topics of its own. */
const READERS: ReadonlyMap<string, ReadEvent> = new Map([
  ['orders/create', readOrderCreated],
  ['orders/paid', readOrderPaid],
  ['orders/cancelled', readOrderCancelled],
  ['orders/fulfilled', readOrderFulfilled],
  ['refunds/create', readRefund],
  ['fulfillments/create', readParcelSent],
  ['fulfillments/update', readParcelChanged],
  ['fulfillment_events/create', readCarrierEvent],
  ['carts/create', readCart],
  ['carts/update', readCart],
  ['checkouts/create', readCheckout],
  ['checkouts/update', readCheckout],
  ['customers/create', readCustomer],
  ['customers/update', readCustomer],
  ['customers/enable', readCustomer],
  ['customers/disable', readCustomer],
  ['customers/merge', readCustomersMerged],
  ['customers/redact', readRedaction],
  ['customers/data_request', readDataRequest],
  ['customers_email_marketing_consent/update', readConsent],
  ['customers_marketing_consent/update', readConsent],
]);

const SECRET_NAMES = ['signingSecret', 'clientSecret', 'sharedSecret'];

/**
 * Shopify, "Webhooks". Settings: `signingSecret`, the app's client secret. The signature covers no time, and Shopify tries again for hours with
 * the same headers, so no delivery is too old; a repeat has the same event id and counts once.
 */
export const SHOPIFY: WebhookVendor = {
  type: 'shopify',
  keptHeaders: ['x-shopify-topic', 'x-shopify-event-id', 'x-shopify-webhook-id', 'x-shopify-triggered-at'],
  checkSettings: (settings) => checkSigningSecret(settings, SECRET_NAMES, 'the client secret of the app'),
  verify({ body, headers }, settings) {
    const form = { algorithm: 'sha256', encoding: 'base64' } as const;
    const isGenuine = isSignedBy(signingSecrets(settings, SECRET_NAMES), headers['x-shopify-hmac-sha256'], [body], form);
    return isGenuine ? null : 'WEBHOOK_SIGNATURE_INVALID';
  },
  toMessages(payload, headers) {
    const event = readShopifyEvent(payload, headers);
    return READERS.get(event.topic)?.(event) ?? [];
  },
};
