import { aDelivery, SETTINGS } from '../intake/webhooks/deliveries';
import { vendorFixture } from '../intake/webhooks/vendorFixture';
import { System } from './system';

jest.setTimeout(150_000);

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const CREATE = `mutation ($type: String!, $settings: JSONObject) {
  createSource(input: { name: $type, type: $type, department: SALES, settings: $settings }) { source { webhookPath } } }`;
const TIMELINE = `query ($type: String!, $value: String!) { profile(identifier: { type: $type, value: $value }) {
  identifiers { type value } timeline(first: 50) { nodes { kind properties } } } }`;

async function connect(type: string): Promise<string> {
  const { data, codes } = await system.graphql(CREATE, { type, settings: SETTINGS[type] });
  if (!data) throw new Error(`The source was refused: ${codes.join()}`);
  return system.address + data.createSource.source.webhookPath;
}

async function post(
  type: string,
  url: string,
  { bodyText, headers = {} }: { bodyText: string; headers?: Readonly<Record<string, string>> },
): Promise<number> {
  const { body, headers: signed, url: address } = aDelivery(type, { bodyText, headers, signedAtMs: Date.now(), url });
  // Those that the transport sets itself, and the captured signatures that are blotted out.
  const sent = Object.entries(signed).filter(([name, value]) => !/^(?:content-length|accept-encoding)$/.test(name) && !value.includes('…'));
  const answer = await fetch(address, { method: 'POST', headers: sent, body: Buffer.from(body) });
  return answer.status;
}

interface Seen {
  readonly identifiers: readonly string[];
  readonly kinds: readonly string[];
}

async function seen(type: string, value: string): Promise<Seen> {
  const { profile } = (await system.graphql(TIMELINE, { type, value })).data;
  return {
    identifiers: profile.identifiers.map((one: { type: string; value: string }) => `${one.type}:${one.value}`).sort(),
    kinds: profile.timeline.nodes.map((node: { kind: string }) => node.kind).sort(),
  };
}

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

it('what six vendors sent, twice, is on the profiles that it is about, once', async () => {
  const urls = new Map<string, string>();
  for (const type of Object.keys(SETTINGS)) urls.set(type, await connect(type));
  for (const name of [...FIXTURES, ...FIXTURES]) {
    const type = name.split('-')[0] ?? '';
    expect(await post(type, urls.get(type) ?? '', vendorFixture(name))).toBe(200);
  }
  const form = new URLSearchParams(vendorFixture('mailchimp-subscribe').payload as Record<string, string>).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const bodyText of [form, form]) expect(await post('mailchimp', urls.get('mailchimp') ?? '', { bodyText, headers })).toBe(200);
  await system.settled();
  const { data } = await system.graphql('{ deadLetters { nodes { code reason message } } }');
  expect(data.deadLetters.nodes).toEqual([]);

  expect(await seen('email', 'ada.lovelace@example.com')).toEqual({
    identifiers: [
      'email:ada.lovelace@example.com',
      'hubspot.contact_id:65059681001',
      'hubspot.contact_id:65059681032',
      'phone:+442079460000',
      'salesforce.contact_id:0035e00000ABCDEAA4',
    ],
    kinds: [
      'CUSTOM',
      'DEAL_STAGE_CHANGED',
      'EMAIL_BOUNCED',
      'EMAIL_CLICKED',
      'EMAIL_DELIVERED',
      'EMAIL_OPENED',
      'EMAIL_SENT',
      'IDENTIFIED',
      'IDENTIFIED',
      'IDENTIFIED',
      'IDENTIFIED',
      'UNSUBSCRIBED',
      'UNSUBSCRIBED',
    ],
  });
  expect(await seen('email', 'example@email.com')).toEqual({
    identifiers: [
      'email:example@email.com',
      'shopify.cart_token:eeafa272cebfd4b22385bc4b645e762c',
      'shopify.checkout_token:123123123',
      'shopify.customer_id:603851970716743426',
    ],
    kinds: ['CART_UPDATED', 'CHECKOUT_STARTED'],
  });
  expect(await seen('stripe.customer_id', 'cus_NSPHp4fOlXGw8P')).toEqual({
    identifiers: ['email:hook@me.com', 'stripe.customer_id:cus_NSPHp4fOlXGw8P'],
    kinds: ['IDENTIFIED', 'ORDER_PLACED', 'PAYMENT_MADE'],
  });
  expect((await seen('shopify.order_id', '820982911946154508')).kinds).toEqual(['ORDER_PLACED']);
  expect((await seen('email', 'api@mailchimp.com')).kinds).toEqual(['CONSENT_CHANGED', 'IDENTIFIED']);
});
