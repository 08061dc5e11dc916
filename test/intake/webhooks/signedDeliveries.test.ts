import { HUBSPOT } from '../../../src/intake/webhooks/hubspot/hubspot';
import { MAILCHIMP } from '../../../src/intake/webhooks/mailchimp';
import { SALESFORCE } from '../../../src/intake/webhooks/salesforce/salesforce';
import { SENDGRID } from '../../../src/intake/webhooks/sendgrid';
import { SHOPIFY } from '../../../src/intake/webhooks/shopify/shopify';
import { STRIPE } from '../../../src/intake/webhooks/stripe/stripe';
import type { WebhookVendor } from '../../../src/intake/webhooks/webhookVendor';
import { aDelivery, SECRET, SETTINGS } from './deliveries';
import { vendorFixture } from './vendorFixture';

const NOW_MS = Date.UTC(2026, 5, 1, 12);
const MINUTE_MS = 60_000;
const VENDORS = { stripe: STRIPE, shopify: SHOPIFY, sendgrid: SENDGRID, hubspot: HUBSPOT, salesforce: SALESFORCE, mailchimp: MAILCHIMP };
const vendorOf = (name: string) => VENDORS[name.split('-')[0] as keyof typeof VENDORS];
const settingsOf = ({ type }: WebhookVendor) => SETTINGS[type] ?? {};

const FIXTURES = [
  'hubspot-contact-propertychange',
  'hubspot-workflow-contact',
  'hubspot-workflow-deal',
  'salesforce-cdc-contact-update',
  'salesforce-platform-event',
  'sendgrid-events',
  'shopify-carts-update',
  'shopify-checkouts-update',
  'shopify-customers-create',
  'shopify-orders-create',
  'shopify-refunds-create',
  'stripe-checkout-session-completed',
  'stripe-customer-created',
  'stripe-customer-subscription-created',
  'stripe-invoice-paid',
];
/** Their signatures say when they were made. */
const TIMED = FIXTURES.filter((name) => !name.startsWith('shopify'));

function deliveryOf(name: string, changes: { body?: (text: string) => string; ageMs?: number } = {}) {
  const vendor = vendorOf(name);
  const { bodyText, headers } = vendorFixture(name);
  const signed = aDelivery(vendor.type, { bodyText, headers, signedAtMs: NOW_MS, receivedAtMs: NOW_MS + (changes.ageMs ?? 0) });
  return { vendor, delivery: changes.body ? { ...signed, body: Buffer.from(changes.body(bodyText)) } : signed };
}

describe('a delivery signed as its vendor signs', () => {
  it.each(FIXTURES)('is genuine: %s', (name) => {
    const { vendor, delivery } = deliveryOf(name);
    expect(vendor.verify(delivery, settingsOf(vendor))).toBeNull();
  });

  it.each(FIXTURES)('is not, once a byte of it is changed: %s', (name) => {
    const { vendor, delivery } = deliveryOf(name, { body: (text) => text.replace(/[0-9]/, (digit) => String((Number(digit) + 1) % 10)) });
    expect(vendor.verify(delivery, settingsOf(vendor))).toBe('WEBHOOK_SIGNATURE_INVALID');
  });

  it.each(FIXTURES)('is not for a source with another secret, with none, or without its signature: %s', (name) => {
    const { vendor, delivery } = deliveryOf(name);
    const others = [{ signingSecret: 'another', publicKey: 'another' }, {}, { signingSecret: '' }];
    for (const settings of others) expect(vendor.verify(delivery, settings)).toBe('WEBHOOK_SIGNATURE_INVALID');
    expect(vendor.verify({ ...delivery, headers: {} }, settingsOf(vendor))).toBe('WEBHOOK_SIGNATURE_INVALID');
  });

  it.each(TIMED)('is good for five minutes: %s', (name) => {
    const [inTime, late] = [deliveryOf(name, { ageMs: 5 * MINUTE_MS }), deliveryOf(name, { ageMs: 5 * MINUTE_MS + 1000 })];
    expect(inTime.vendor.verify(inTime.delivery, settingsOf(inTime.vendor))).toBeNull();
    expect(late.vendor.verify(late.delivery, settingsOf(late.vendor))).toBe('WEBHOOK_STALE');
  });

  it('of Shopify covers no time, and is as good on the last attempt', () => {
    const { vendor, delivery } = deliveryOf('shopify-orders-create', { ageMs: 48 * 60 * MINUTE_MS });
    expect(vendor.verify(delivery, settingsOf(vendor))).toBeNull();
  });
});

describe('a secret that replaces another', () => {
  it('is as good as the one before, while both are configured', () => {
    for (const name of ['stripe-invoice-paid', 'shopify-orders-create', 'hubspot-workflow-deal', 'salesforce-platform-event']) {
      const { vendor, delivery } = deliveryOf(name);
      expect(vendor.verify(delivery, { signingSecret: ['the next one', SECRET] })).toBeNull();
    }
  });

  it('of Stripe signs a second time beside it', () => {
    const { delivery } = deliveryOf('stripe-invoice-paid');
    const signature = (delivery.headers['stripe-signature'] ?? '').replace(',v1=', `,v1=${'0'.repeat(64)},v1=`);
    expect(STRIPE.verify({ ...delivery, headers: { 'stripe-signature': signature } }, settingsOf(STRIPE))).toBeNull();
  });
});

describe('the time of a signature', () => {
  it('is part of what is signed', () => {
    const { delivery } = deliveryOf('stripe-invoice-paid', { ageMs: 60 * MINUTE_MS });
    const fresh = (delivery.headers['stripe-signature'] ?? '').replace(/t=\d+/, `t=${(NOW_MS + 60 * MINUTE_MS) / 1000}`);
    expect(STRIPE.verify({ ...delivery, headers: { 'stripe-signature': fresh } }, settingsOf(STRIPE))).toBe('WEBHOOK_SIGNATURE_INVALID');
  });
});

describe("HubSpot's older signatures", () => {
  it('are not enough: they cover no time', () => {
    const { vendor, delivery } = deliveryOf('hubspot-workflow-contact');
    const { 'x-hubspot-signature-v3': _, ...headers } = delivery.headers;
    expect(vendor.verify({ ...delivery, headers }, settingsOf(vendor))).toBe('WEBHOOK_SIGNATURE_INVALID');
  });
});

describe("a bridge's shared secret", () => {
  it('is taken in place of a signature, and no other', () => {
    const delivery = { body: Buffer.from('{}'), url: '', receivedAtMs: NOW_MS };
    const verify = (authorization: string) => SALESFORCE.verify({ ...delivery, headers: { authorization } }, settingsOf(SALESFORCE));
    expect(verify(`Bearer ${SECRET}`)).toBeNull();
    for (const wrong of ['Bearer ', 'Bearer another', SECRET, `Basic ${SECRET}`]) expect(verify(wrong)).toBe('WEBHOOK_SIGNATURE_INVALID');
  });
});

describe("Mailchimp's address", () => {
  it('is the secret: nothing else of a delivery tells it from a stranger', () => {
    const delivery = { body: Buffer.from('type=subscribe'), headers: {}, receivedAtMs: NOW_MS };
    const verify = (url: string) => MAILCHIMP.verify({ ...delivery, url }, settingsOf(MAILCHIMP));
    expect(verify(`https://hooks.example.com/webhooks/src_7?a=1&secret=${SECRET}`)).toBeNull();
    for (const url of [
      'https://hooks.example.com/webhooks/src_7',
      'https://h/?secret=',
      'https://h/?secret=another',
      `https://h/${SECRET}`,
    ]) {
      expect(verify(url)).toBe('WEBHOOK_SIGNATURE_INVALID');
    }
  });
});

describe('settings of a source', () => {
  it('will do with what its vendor signs with, and not without', () => {
    for (const vendor of Object.values(VENDORS)) {
      expect(vendor.checkSettings(settingsOf(vendor))).toBeNull();
      expect(vendor.checkSettings({})).toMatch(/^(signingSecret|publicKey|urlSecret) must be /);
      expect(vendor.checkSettings({ signingSecret: 7, publicKey: 'no key', urlSecret: [] })).not.toBeNull();
    }
  });
});
