import fc from 'fast-check';
import { HUBSPOT } from '../../../src/intake/webhooks/hubspot/hubspot';
import { MAILCHIMP } from '../../../src/intake/webhooks/mailchimp';
import { SALESFORCE } from '../../../src/intake/webhooks/salesforce/salesforce';
import { SENDGRID } from '../../../src/intake/webhooks/sendgrid';
import { SHOPIFY } from '../../../src/intake/webhooks/shopify/shopify';
import { STRIPE } from '../../../src/intake/webhooks/stripe/stripe';
import { UnreadablePayload, type VendorMessage } from '../../../src/intake/webhooks/webhookVendor';
import { isJsonObject, type Json, type JsonObject } from '../../../src/kernel/json';
import { vendorFixture } from './vendorFixture';

const FIXTURES = [
  [STRIPE, 'stripe-checkout-session-completed'],
  [STRIPE, 'stripe-customer-created'],
  [STRIPE, 'stripe-customer-subscription-created'],
  [STRIPE, 'stripe-invoice-paid'],
  [SHOPIFY, 'shopify-carts-update'],
  [SHOPIFY, 'shopify-checkouts-update'],
  [SHOPIFY, 'shopify-customers-create'],
  [SHOPIFY, 'shopify-orders-create'],
  [SHOPIFY, 'shopify-refunds-create'],
  [SENDGRID, 'sendgrid-events'],
  [MAILCHIMP, 'mailchimp-subscribe'],
  [HUBSPOT, 'hubspot-contact-propertychange'],
  [HUBSPOT, 'hubspot-workflow-contact'],
  [HUBSPOT, 'hubspot-workflow-deal'],
  [SALESFORCE, 'salesforce-cdc-contact-update'],
  [SALESFORCE, 'salesforce-platform-event'],
] as const;

/** What a vendor may say in place of anything, most of it nonsense. */
const ANYTHING: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    '',
    0,
    -1,
    1e300,
    Number.MAX_SAFE_INTEGER,
    '9007199254740993',
    true,
    [],
    {},
    [null],
    [[]],
    'GAP_CREATE',
    'x'.repeat(5000),
  ),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

/** The payload with what stands at some places in it replaced. */
function mutated(payload: Json, changes: readonly (readonly [number, Json])[]): Json {
  const count = placesIn(payload);
  return changes.reduce((changed, [place, value]) => replaced(changed, { left: place % count }, value), payload);
}

function placesIn(value: Json): number {
  const parts = typeof value === 'object' && value !== null ? Object.values(value) : [];
  return parts.reduce<number>((sum, part) => sum + placesIn(part as Json), 1);
}

function replaced(value: Json, place: { left: number }, by: Json): Json {
  if (place.left-- === 0) return by;
  if (Array.isArray(value)) return value.map((part) => replaced(part, place, by));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, replaced(part ?? null, place, by)]));
}

/** What a fixture may be called instead: of the same shape or not, it must not make a mapping fall. */
const OTHER_TYPES: Readonly<Record<string, readonly string[]>> = {
  stripe: [
    'customer.updated',
    'customer.subscription.updated',
    'customer.subscription.deleted',
    'customer.subscription.paused',
    'invoice.payment_failed',
    'checkout.session.async_payment_failed',
    'charge.succeeded',
    'charge.failed',
    'charge.refunded',
    'charge.dispute.created',
    'charge.dispute.closed',
  ],
  shopify: [
    'orders/paid',
    'orders/cancelled',
    'orders/fulfilled',
    'refunds/create',
    'fulfillments/create',
    'fulfillments/update',
    'fulfillment_events/create',
    'carts/create',
    'checkouts/create',
    'customers/merge',
    'customers_email_marketing_consent/update',
    'customers_marketing_consent/update',
  ],
  mailchimp: ['unsubscribe', 'profile', 'upemail', 'cleaned', 'campaign'],
  salesforce: ['Lead', 'Opportunity', 'Case', 'EmailMessage', 'CaseComment'],
};

const CAPTURED = new Map(FIXTURES.map(([, name]) => [name as string, vendorFixture(name)]));

/** The fixture as it is, or with its type replaced where a vendor keeps that. */
function called(name: string, vendorType: string, choice: number): { payload: Json; headers: Readonly<Record<string, string>> } {
  const { payload, headers } = CAPTURED.get(name) ?? vendorFixture(name);
  const types = OTHER_TYPES[vendorType] ?? [];
  const type = choice % 2 === 0 ? undefined : types[choice % types.length];
  if (type === undefined) return { payload, headers };
  if (vendorType === 'shopify') return { payload, headers: { ...headers, 'x-shopify-topic': type } };
  if (vendorType !== 'salesforce') return { payload: { ...(payload as JsonObject), type }, headers };
  const asText = JSON.stringify(payload)
    .replace('"entityName":"Contact"', `"entityName":"${type}"`)
    .replace('"UPDATE"', choice % 3 === 0 ? '"CREATE"' : '"UPDATE"');
  return { payload: JSON.parse(asText), headers };
}

function messagesOf([vendor, name]: (typeof FIXTURES)[number], { changes, choice }: Mutation): readonly VendorMessage[] | null {
  const { payload, headers } = called(name, vendor.type, choice);
  try {
    return vendor.toMessages(mutated(payload, changes), headers, {});
  } catch (error) {
    if (error instanceof UnreadablePayload) return null;
    throw error;
  }
}

interface Mutation {
  readonly changes: readonly (readonly [number, Json])[];
  readonly choice: number;
}
const mutations: fc.Arbitrary<Mutation> = fc.record({
  changes: fc.array(fc.tuple(fc.nat(10_000), ANYTHING), { minLength: 1, maxLength: 8 }),
  choice: fc.nat(100),
});

describe('a payload with anything in place of anything', () => {
  it.each(FIXTURES.map((fixture) => [fixture[1], fixture] as const))('is read, or refused as unreadable, alone: %s', (_, fixture) => {
    fc.assert(
      fc.property(mutations, (mutation) => {
        for (const { messageId, timestamp, type, event } of messagesOf(fixture, mutation) ?? []) {
          expect(messageId.length > 0 && Array.from(messageId).length <= 100).toBe(true);
          if (timestamp !== undefined) expect(new Date(timestamp).toISOString()).toBe(timestamp);
          if (type === 'track') expect(event).toMatch(/\S/);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is read the same way each time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FIXTURES), mutations, (fixture, mutation) => {
        expect(messagesOf(fixture, mutation)).toEqual(messagesOf(fixture, mutation));
      }),
    );
  });
});
