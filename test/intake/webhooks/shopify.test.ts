import { SHOPIFY } from '../../../src/intake/webhooks/shopify/shopify';
import { UnreadablePayload } from '../../../src/intake/webhooks/webhookVendor';
import type { JsonObject } from '../../../src/kernel/json';
import { type Mapped, mapped } from './mapped';
import { vendorFixture } from './vendorFixture';

const TRIGGERED_AT = '2026-05-01T10:00:00.000Z';
const ORDER = 'shopify.order_id:9007199254740993001';

function delivered(topic: string, body: JsonObject, headers: Record<string, string> = {}): Mapped[] {
  return mapped(SHOPIFY, body, {
    'x-shopify-topic': topic,
    'x-shopify-event-id': 'e-1',
    'x-shopify-triggered-at': TRIGGERED_AT,
    ...headers,
  });
}

function onlyOne(topic: string, body: JsonObject, headers: Record<string, string> = {}): Mapped {
  const all = delivered(topic, body, headers);
  expect(all).toHaveLength(1);
  return all[0] as Mapped;
}

const captured = (name: string): Mapped[] => {
  const { payload, headers } = vendorFixture(name);
  return mapped(SHOPIFY, payload, headers);
};

const IPOD = {
  product_id: '632910392',
  variant_id: '808950810',
  sku: 'IPOD2008PINK',
  name: 'IPod Nano - 8GB',
  price: '199.00',
  quantity: 1,
};
const anOrder = (fields: object = {}) => ({
  id: '9007199254740993001',
  name: '#1001',
  email: 'ada@example.com',
  total_price: '59.90',
  currency: 'EUR',
  customer: { id: 7 },
  created_at: TRIGGERED_AT,
  ...fields,
});

describe('payloads that Shopify sent', () => {
  it('orders/create is an order, with every digit of its ids', () => {
    expect(captured('shopify-orders-create')).toEqual([
      expect.objectContaining({
        kind: 'ORDER_PLACED',
        department: 'SALES',
        channel: 'WEB',
        direction: 'INBOUND',
        subject: { type: 'order', externalId: '820982911946154508' },
        properties: {
          order_id: '820982911946154508',
          order_name: '#9999',
          total: '388.00',
          currency: 'USD',
          tax: '0.00',
          discount: '20.00',
          products: [IPOD, IPOD],
        },
        occurredAt: '2022-01-01T00:00:00.000Z',
        identifiers: ['shopify.customer_id:115310627314723954', 'email:jon@example.com', 'shopify.order_id:820982911946154508'],
      }),
    ]);
  });

  it('carts/update is the whole cart, of nobody but its token', () => {
    expect(captured('shopify-carts-update')).toEqual([
      expect.objectContaining({
        kind: 'CART_UPDATED',
        department: 'SALES',
        channel: 'WEB',
        direction: 'INBOUND',
        subject: { type: 'cart', externalId: 'eeafa272cebfd4b22385bc4b645e762c' },
        properties: expect.objectContaining({
          cart_id: 'eeafa272cebfd4b22385bc4b645e762c',
          total: '59.97',
          currency: 'USD',
          products: [expect.objectContaining({ sku: 'example-shirt-s', price: '19.99', quantity: 3 })],
        }),
        occurredAt: '2022-01-01T00:00:00.000Z',
        identifiers: ['shopify.cart_token:eeafa272cebfd4b22385bc4b645e762c'],
      }),
    ]);
  });

  it('checkouts/update is a checkout, and says whose the cart is', () => {
    expect(captured('shopify-checkouts-update')).toEqual([
      expect.objectContaining({
        kind: 'CHECKOUT_STARTED',
        department: 'SALES',
        channel: 'WEB',
        direction: 'INBOUND',
        subject: { type: 'checkout', externalId: '123123123' },
        properties: {
          checkout_id: '123123123',
          cart_id: 'eeafa272cebfd4b22385bc4b645e762c',
          total: '421.88',
          currency: 'USD',
          discount: '0.00',
          products: [IPOD, IPOD],
        },
        identifiers: [
          'shopify.customer_id:603851970716743426',
          'email:example@email.com',
          'shopify.cart_token:eeafa272cebfd4b22385bc4b645e762c',
          'shopify.checkout_token:123123123',
        ],
      }),
    ]);
  });

  it('customers/create says who the customer is', () => {
    expect(captured('shopify-customers-create')).toEqual([
      expect.objectContaining({
        kind: 'IDENTIFIED',
        department: 'SALES',
        properties: expect.objectContaining({ email: 'bob@biller.com', firstName: 'Bob', lastName: 'Biller' }),
        identifiers: ['shopify.customer_id:706405506930370084', 'email:bob@biller.com'],
      }),
    ]);
  });

  it('refunds/create pays back what its lines come to, to whom the order belongs', () => {
    expect(captured('shopify-refunds-create')).toEqual([
      expect.objectContaining({
        kind: 'REFUND_MADE',
        department: 'SALES',
        direction: 'OUTBOUND',
        subject: { type: 'order', externalId: '820982911946154500' },
        properties: expect.objectContaining({ total: '398.00', currency: 'USD', reason: 'Things were damaged', products: [IPOD, IPOD] }),
        identifiers: ['shopify.order_id:820982911946154500'],
      }),
    ]);
  });
});

describe('orders', () => {
  it.each([
    ['orders/paid', 'PAYMENT_MADE', { amount: '59.90', currency: 'EUR' }],
    ['orders/cancelled', 'ORDER_CANCELLED', { total: '59.90', currency: 'EUR' }],
    ['orders/fulfilled', 'CUSTOM', { total: '59.90', currency: 'EUR' }],
  ])('of %s are %s', (topic, kind, properties) => {
    expect(onlyOne(topic, anOrder())).toMatchObject({
      kind,
      properties: { ...properties, order_id: '9007199254740993001' },
      identifiers: ['shopify.customer_id:7', 'email:ada@example.com', ORDER],
    });
  });

  it('of the till were placed in person', () => {
    expect(onlyOne('orders/create', anOrder({ source_name: 'pos' })).channel).toBe('IN_PERSON');
  });

  it('carry their cart and checkout, so that these join their customer', () => {
    const order = onlyOne('orders/create', anOrder({ cart_token: 'c-1', checkout_token: 'k-1' }));
    expect(order.identifiers).toEqual(expect.arrayContaining(['shopify.cart_token:c-1', 'shopify.checkout_token:k-1']));
    expect(order.properties).toMatchObject({ cart_id: 'c-1', checkout_id: 'k-1' });
  });

  it('of thousands of lines keep the first hundred, so that no message is too large', () => {
    const line_items = Array.from({ length: 5000 }, (_, index) => ({
      product_id: index,
      title: 'T'.repeat(1000),
      price: '1.00',
      quantity: 1,
    }));
    const { products } = onlyOne('orders/create', anOrder({ line_items })).properties;
    expect(products).toHaveLength(100);
  });
});

describe('refunds', () => {
  const aRefund = (fields: object) => ({ id: 5, order_id: '9007199254740993001', created_at: TRIGGERED_AT, ...fields });
  const aPayment = (amount: string, fields: object = {}) => ({ kind: 'refund', status: 'success', amount, currency: 'EUR', ...fields });

  it('are what their payments paid back, not those that failed', () => {
    const transactions = [aPayment('19.90'), aPayment('0.20'), aPayment('5.00', { status: 'failure' }), aPayment('7.00', { kind: 'void' })];
    expect(onlyOne('refunds/create', aRefund({ transactions }))).toMatchObject({
      properties: { total: '20.10', currency: 'EUR' },
      identifiers: [ORDER],
    });
  });

  it('without payments count taxes, and shipping as an adjustment below zero', () => {
    const refund_line_items = [
      { quantity: 1, subtotal: 10.1, total_tax: 0.2, subtotal_set: { shop_money: { amount: '10.10', currency_code: 'EUR' } } },
    ];
    const order_adjustments = [{ amount: '-4.00', tax_amount: '-0.60' }];
    expect(onlyOne('refunds/create', aRefund({ refund_line_items, order_adjustments })).properties).toMatchObject({
      total: '14.90',
      currency: 'EUR',
    });
  });
});

describe('deliveries', () => {
  it('count once, whether the fulfilment or the carrier tells', () => {
    const told = onlyOne('fulfillments/update', { id: 31, order_id: 8, shipment_status: 'delivered', updated_at: TRIGGERED_AT });
    const seen = onlyOne('fulfillment_events/create', {
      id: 32,
      fulfillment_id: 31,
      order_id: 8,
      status: 'delivered',
      happened_at: TRIGGERED_AT,
    });
    expect([told, seen]).toMatchObject([
      { kind: 'ORDER_DELIVERED', channel: 'POSTAL' },
      { kind: 'ORDER_DELIVERED', identifiers: ['shopify.order_id:8'] },
    ]);
    expect(told.messageId).toBe(seen.messageId);
  });

  it('under way are no news, but for the first', () => {
    expect(onlyOne('fulfillments/create', { id: 31, order_id: 8, tracking_number: '1Z' })).toMatchObject({
      name: 'Order Shipped',
      properties: { tracking_number: '1Z' },
    });
    expect(delivered('fulfillments/update', { id: 31, order_id: 8, shipment_status: 'in_transit' })).toEqual([]);
    expect(delivered('fulfillment_events/create', { id: 32, fulfillment_id: 31, order_id: 8, status: 'out_for_delivery' })).toEqual([]);
  });
});

describe('carts and checkouts', () => {
  it('emptied hold nothing', () => {
    expect(onlyOne('carts/update', { token: 'c-1', line_items: [] }).properties).toEqual({ cart_id: 'c-1', total: '0', products: [] });
  });

  it('completed say nothing more: the order does', () => {
    expect(delivered('checkouts/update', { token: 'k-1', completed_at: TRIGGERED_AT })).toEqual([]);
  });
});

describe('customers', () => {
  it('merged in Shopify are declared one, once it is done', () => {
    const merge = {
      admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/1',
      admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/2',
    };
    const merged = onlyOne('customers/merge', { ...merge, status: 'completed' });
    expect(merged).toMatchObject({
      kind: 'IDENTIFIED',
      occurredAt: TRIGGERED_AT,
      identifiers: ['shopify.customer_id:1', 'shopify.customer_id:2'],
      aliases: [[0, 1]],
    });
    expect(delivered('customers/merge', { ...merge, status: 'failed' })).toEqual([]);
  });

  it('consent to letters and to text messages', () => {
    const letters = {
      customer_id: 7,
      email_address: 'ada@example.com',
      email_marketing_consent: { state: 'subscribed', consent_updated_at: TRIGGERED_AT },
    };
    expect(onlyOne('customers_email_marketing_consent/update', letters)).toMatchObject({
      kind: 'CONSENT_CHANGED',
      properties: { purpose: 'email', granted: true },
      identifiers: ['shopify.customer_id:7', 'email:ada@example.com'],
    });
    const texts = { id: 7, phone: '+12025550143', sms_marketing_consent: { state: 'unsubscribed' } };
    expect(onlyOne('customers_marketing_consent/update', texts).properties).toMatchObject({ purpose: 'sms', granted: false });
  });
});

describe('the name of an event', () => {
  it('is the same for every attempt and every subscription, and another for every topic and thing', () => {
    const name = (topic: string, body: JsonObject, webhookId: string) =>
      onlyOne(topic, body, { 'x-shopify-webhook-id': webhookId }).messageId;
    expect(name('orders/create', anOrder(), 'w-1')).toBe(name('orders/create', anOrder(), 'w-2'));
    expect(name('orders/paid', anOrder(), 'w-1')).not.toBe(name('orders/create', anOrder(), 'w-1'));
    expect(name('orders/create', anOrder({ id: 2 }), 'w-1')).not.toBe(name('orders/create', anOrder(), 'w-1'));
  });

  it('needs its topic', () => {
    expect(() => SHOPIFY.toMessages(anOrder(), {}, {})).toThrow(UnreadablePayload);
    expect(delivered('app/uninstalled', {})).toEqual([]);
  });
});
