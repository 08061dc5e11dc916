import { STRIPE } from '../../../src/intake/webhooks/stripe/stripe';
import type { JsonObject } from '../../../src/kernel/json';
import { type Mapped, mapped } from './mapped';
import { vendorFixture } from './vendorFixture';

const CREATED_AT = Date.UTC(2026, 4, 1) / 1000;
const CUSTOMER = 'stripe.customer_id:cus_1';

/** An event about this object; `before`: its previous attributes. */
function anEvent(type: string, object: JsonObject, before?: JsonObject): Mapped[] {
  const data = { object: { customer: 'cus_1', ...object }, ...(before ? { previous_attributes: before } : {}) };
  return mapped(STRIPE, { id: 'evt_1', object: 'event', type, created: CREATED_AT, data });
}

function onlyOne(type: string, object: JsonObject, before?: JsonObject): Mapped {
  const all = anEvent(type, object, before);
  expect(all).toHaveLength(1);
  return all[0] as Mapped;
}

const kinds = (all: readonly Mapped[]) => all.map(({ kind, name }) => `${kind} ${name}`);
const aPrice = (fields: object = {}) => ({
  id: 'price_pro',
  currency: 'eur',
  unit_amount: 4900,
  recurring: { interval: 'month', interval_count: 1 },
  ...fields,
});
const aSubscription = (fields: object = {}) => ({
  id: 'sub_1',
  status: 'active',
  items: { data: [{ price: aPrice(), quantity: 3 }] },
  ...fields,
});

describe('payloads that Stripe sent', () => {
  it('customer.created says who the customer is', () => {
    const [created, ...others] = mapped(STRIPE, vendorFixture('stripe-customer-created').payload);
    expect(others).toEqual([]);
    expect(created).toMatchObject({
      kind: 'IDENTIFIED',
      department: 'SALES',
      channel: 'API',
      direction: 'INTERNAL',
      properties: { email: 'hook@me.com', name: 'Martin', language: 'en-US', address: { country: 'CM' } },
      occurredAt: '2023-03-03T08:59:58.000Z',
      messageId: 'evt_1MhUT6E0b6fckueSqWR0Bec4',
      identifiers: ['stripe.customer_id:cus_NSPHp4fOlXGw8P', 'email:hook@me.com'],
    });
  });

  it('checkout.session.completed is an order', () => {
    expect(mapped(STRIPE, vendorFixture('stripe-checkout-session-completed').payload)).toEqual([
      expect.objectContaining({
        kind: 'ORDER_PLACED',
        department: 'SALES',
        channel: 'WEB',
        direction: 'INBOUND',
        properties: expect.objectContaining({ total: '0.00', currency: 'USD', subscription_id: 'sub_1MhUT5E0b6fckueSYAo1LoiF' }),
        identifiers: ['stripe.customer_id:cus_NSPHp4fOlXGw8P', 'email:hook@me.com'],
        occurredAt: '2023-03-03T09:00:00.000Z',
      }),
    ]);
  });

  it('invoice.paid of a new subscription is a payment, and no renewal', () => {
    expect(mapped(STRIPE, vendorFixture('stripe-invoice-paid').payload)).toEqual([
      expect.objectContaining({
        kind: 'PAYMENT_MADE',
        department: 'SALES',
        channel: 'API',
        direction: 'INBOUND',
        properties: {
          amount: '0.00',
          currency: 'USD',
          invoice_id: 'in_1MhUT5E0b6fckueSfPlY05Fw',
          subscription_id: 'sub_1MhUT5E0b6fckueSYAo1LoiF',
          billing_reason: 'subscription_create',
        },
        identifiers: ['stripe.customer_id:cus_NSPHp4fOlXGw8P', 'email:hook@me.com'],
      }),
    ]);
  });

  it('customer.subscription.created on trial starts both', () => {
    const all = mapped(STRIPE, vendorFixture('stripe-customer-subscription-created').payload);
    expect(kinds(all)).toEqual(['SUBSCRIPTION_STARTED Subscription Started', 'TRIAL_STARTED Trial Started']);
    expect(all[0]).toMatchObject({
      department: 'PRODUCT',
      subject: { type: 'subscription', externalId: 'sub_1MhUZrE0b6fckueSZfQ2Ytz6' },
      properties: {
        plan: 'price_1M3wjkE0b6fckueSKPgfRMSG',
        price: '7.00',
        currency: 'USD',
        interval: 'month',
        interval_count: 1,
        quantity: 10,
      },
      identifiers: ['stripe.customer_id:cus_NSPOMxl5eL01qM'],
    });
    expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(2);
  });
});

describe('amounts', () => {
  it.each([
    ['usd', 4990, '49.90'],
    ['usd', 5, '0.05'],
    ['usd', 0, '0.00'],
    ['jpy', 4990, '4990'],
    ['krw', 1, '1'],
    ['kwd', 4990, '4.990'],
    ['isk', 50000, '500.00'],
    ['ugx', 50000, '500.00'],
    ['usd', '9007199254740993', '90071992547409.93'],
  ])('of %s in its smallest unit: %s is %s', (currency, amount_paid, amount) => {
    expect(onlyOne('invoice.paid', { id: 'in_1', currency, amount_paid }).properties).toMatchObject({
      amount,
      currency: currency.toUpperCase(),
    });
  });

  it('may be parts of a cent', () => {
    const items = { data: [{ price: aPrice({ currency: 'usd', unit_amount: null, unit_amount_decimal: '0.05' }), quantity: 1 }] };
    expect(onlyOne('customer.subscription.created', aSubscription({ items })).properties).toMatchObject({ price: '0.0005' });
  });
});

describe('invoices', () => {
  it('of a new period are a payment and a renewal', () => {
    const lines = {
      data: [
        { price: aPrice(), quantity: 3 },
        { price: aPrice({ unit_amount: 1 }), proration: true },
      ],
    };
    const paid = { id: 'in_1', currency: 'eur', amount_paid: 14700, billing_reason: 'subscription_cycle', subscription: 'sub_1', lines };
    const all = anEvent('invoice.paid', paid);
    expect(kinds(all)).toEqual(['PAYMENT_MADE Payment Made', 'SUBSCRIPTION_RENEWED Subscription Renewed']);
    expect(all[1]?.properties).toEqual({
      subscription_id: 'sub_1',
      invoice_id: 'in_1',
      plan: 'price_pro',
      price: '49.00',
      currency: 'EUR',
      interval: 'month',
      interval_count: 1,
      quantity: 3,
    });
    expect(all.map(({ messageId }) => messageId)).toEqual(['evt_1', 'evt_1:renewed']);
  });

  it('name their subscription with their parent since version 2025-03-31', () => {
    const parent = { subscription_details: { subscription: 'sub_9' } };
    expect(onlyOne('invoice.paid', { id: 'in_1', currency: 'eur', amount_paid: 1, parent }).subject).toEqual({
      type: 'subscription',
      externalId: 'sub_9',
    });
  });

  it('that could not be paid are a failed payment', () => {
    const failed = onlyOne('invoice.payment_failed', {
      id: 'in_1',
      currency: 'eur',
      amount_due: 4900,
      attempt_count: 2,
      customer_email: 'Ada@Example.com',
    });
    expect(failed).toMatchObject({ kind: 'PAYMENT_FAILED', identifiers: [CUSTOMER, 'email:ada@example.com'] });
    expect(failed.properties).toMatchObject({ amount: '49.00', currency: 'EUR', invoice_id: 'in_1', attempt: 2 });
  });
});

describe('subscriptions', () => {
  it('that wait for their first payment start when it was made', () => {
    expect(anEvent('customer.subscription.created', aSubscription({ status: 'incomplete' }))).toEqual([]);
    expect(kinds(anEvent('customer.subscription.updated', aSubscription(), { status: 'incomplete' }))).toEqual([
      'SUBSCRIPTION_STARTED Subscription Started',
    ]);
    expect(anEvent('customer.subscription.updated', aSubscription({ status: 'incomplete_expired' }), { status: 'incomplete' })).toEqual([]);
  });

  it('end their trial by going on', () => {
    const ended = onlyOne('customer.subscription.updated', aSubscription(), { status: 'trialing' });
    expect(ended).toMatchObject({ kind: 'TRIAL_ENDED', properties: { outcome: 'converted', subscription_id: 'sub_1' } });
  });

  it('change their plan', () => {
    const before = { items: { data: [{ price: aPrice({ id: 'price_basic', unit_amount: 1900 }), quantity: 1 }] } };
    const changed = onlyOne('customer.subscription.updated', aSubscription(), before);
    expect(changed).toMatchObject({
      kind: 'SUBSCRIPTION_CHANGED',
      properties: { plan: 'price_pro', price: '49.00', quantity: 3, previous_plan: 'price_basic', previous_price: '19.00' },
    });
  });

  it.each([
    [{ pause_collection: { behavior: 'void' } }, { pause_collection: null }, 'SUBSCRIPTION_CHANGED Subscription Paused'],
    [{ pause_collection: null }, { pause_collection: { behavior: 'void' } }, 'SUBSCRIPTION_STARTED Subscription Resumed'],
    [{ cancel_at_period_end: true }, { cancel_at_period_end: false }, 'CUSTOM Subscription Cancellation Scheduled'],
    [{ cancel_at_period_end: false }, { cancel_at_period_end: true }, 'CUSTOM Subscription Cancellation Withdrawn'],
  ])('with %j, before %j, are %s', (fields, before, expected) => {
    expect(kinds(anEvent('customer.subscription.updated', aSubscription(fields), before))).toEqual([expected]);
  });

  it.each([
    ['customer.subscription.paused', 'SUBSCRIPTION_CHANGED Subscription Paused'],
    ['customer.subscription.resumed', 'SUBSCRIPTION_STARTED Subscription Resumed'],
    ['customer.subscription.trial_will_end', 'CUSTOM Trial Will End'],
  ])('%s is %s', (type, expected) => {
    expect(kinds(anEvent(type, aSubscription()))).toEqual([expected]);
  });

  it('renewed tell nothing new: the invoice does', () => {
    expect(anEvent('customer.subscription.updated', aSubscription(), { current_period_end: 1, latest_invoice: 'in_0' })).toEqual([]);
  });

  it('are cancelled when they are deleted, for the reason that the customer gave', () => {
    const cancelled = onlyOne(
      'customer.subscription.deleted',
      aSubscription({
        status: 'canceled',
        ended_at: CREATED_AT,
        trial_end: CREATED_AT - 1,
        cancellation_details: { feedback: 'too_expensive', comment: 'Sorry', reason: 'cancellation_requested' },
      }),
    );
    expect(cancelled).toMatchObject({ kind: 'SUBSCRIPTION_CANCELLED', properties: { reason: 'too_expensive', comment: 'Sorry' } });
  });

  it('cancelled on trial end the trial, too', () => {
    const all = anEvent('customer.subscription.deleted', aSubscription({ ended_at: CREATED_AT, trial_end: CREATED_AT + 1 }));
    expect(kinds(all)).toEqual(['SUBSCRIPTION_CANCELLED Subscription Cancelled', 'TRIAL_ENDED Trial Ended']);
  });

  it('of several items have one price; what is billed in another rhythm is left out', () => {
    const yearly = aPrice({ id: 'price_extra', recurring: { interval: 'year', interval_count: 1 } });
    const items = {
      data: [{ price: aPrice(), quantity: 2 }, { price: aPrice({ id: 'price_seat', unit_amount: 550 }), quantity: 3 }, { price: yearly }],
    };
    expect(onlyOne('customer.subscription.created', aSubscription({ items })).properties).toMatchObject({
      plan: 'price_pro + price_seat',
      price: '114.50',
      quantity: 1,
      interval: 'month',
    });
  });
});

describe('charges', () => {
  const aCharge = (fields: object = {}) => ({
    id: 'ch_1',
    amount: 5990,
    currency: 'eur',
    payment_intent: 'pi_1',
    billing_details: { email: 'ada@example.com', phone: '+12025550143' },
    ...fields,
  });
  const whose = [CUSTOMER, 'email:ada@example.com', 'phone:+12025550143', 'stripe.charge_id:ch_1'];

  it('are payments', () => {
    expect(onlyOne('charge.succeeded', aCharge({ payment_method_details: { type: 'card' } }))).toMatchObject({
      kind: 'PAYMENT_MADE',
      identifiers: whose,
      properties: { amount: '59.90', currency: 'EUR', order_id: 'pi_1', payment_method: 'card' },
    });
    expect(onlyOne('charge.failed', aCharge({ failure_message: 'Your card was declined.' }))).toMatchObject({
      kind: 'PAYMENT_FAILED',
      properties: { reason: 'Your card was declined.' },
    });
  });

  it('of an invoice only say whose they are, since the invoice is the payment', () => {
    for (const ofInvoice of [{ invoice: 'in_1' }, { description: 'Subscription creation' }, { description: 'Payment for Invoice' }]) {
      for (const type of ['charge.succeeded', 'charge.failed']) {
        expect(onlyOne(type, aCharge(ofInvoice))).toMatchObject({ kind: 'IDENTIFIED', identifiers: whose });
      }
    }
  });

  it('refunded in parts pay back what the refunded amount grew by', () => {
    const first = onlyOne('charge.refunded', aCharge({ amount_refunded: 1990 }), { amount_refunded: 0 });
    const second = onlyOne('charge.refunded', aCharge({ amount_refunded: 5990 }), { amount_refunded: 1990 });
    expect(first).toMatchObject({
      kind: 'REFUND_MADE',
      direction: 'OUTBOUND',
      properties: { total: '19.90', currency: 'EUR', order_id: 'pi_1' },
    });
    expect(second.properties['total']).toBe('40.00');
  });

  it('disputed ask for a refund, which is made where the dispute is lost', () => {
    const dispute = {
      id: 'dp_1',
      customer: null,
      charge: 'ch_1',
      payment_intent: 'pi_1',
      amount: 5990,
      currency: 'eur',
      reason: 'product_not_received',
    };
    expect(onlyOne('charge.dispute.created', dispute)).toMatchObject({
      kind: 'REFUND_REQUESTED',
      identifiers: ['stripe.charge_id:ch_1'],
      properties: { total: '59.90', reason: 'dispute: product_not_received', order_id: 'pi_1' },
    });
    expect(onlyOne('charge.dispute.closed', { ...dispute, status: 'lost' })).toMatchObject({
      kind: 'REFUND_MADE',
      properties: { total: '59.90' },
    });
    expect(onlyOne('charge.dispute.closed', { ...dispute, status: 'won' })).toMatchObject({ kind: 'CUSTOM', name: 'Dispute Won' });
  });
});

describe('checkouts', () => {
  const aSession = {
    id: 'cs_1',
    mode: 'payment',
    amount_total: 5990,
    currency: 'eur',
    payment_intent: 'pi_1',
    client_reference_id: 'user-ada',
  };

  it("name the company's own user, and their order by the payment that a refund names", () => {
    expect(onlyOne('checkout.session.completed', aSession)).toMatchObject({
      identifiers: ['user_id:user-ada', CUSTOMER],
      subject: { type: 'order', externalId: 'pi_1' },
      properties: { total: '59.90', currency: 'EUR' },
    });
  });

  it('that only store a card order nothing', () => {
    expect(anEvent('checkout.session.completed', { ...aSession, mode: 'setup' })).toEqual([]);
  });

  it('may be paid days later, or not', () => {
    expect(onlyOne('checkout.session.async_payment_succeeded', aSession)).toMatchObject({
      kind: 'PAYMENT_MADE',
      properties: { amount: '59.90' },
    });
    expect(onlyOne('checkout.session.async_payment_failed', aSession)).toMatchObject({
      kind: 'PAYMENT_FAILED',
      properties: { order_id: 'pi_1' },
    });
  });
});

it('says nothing of events that say again what others did', () => {
  for (const type of ['payment_intent.succeeded', 'invoice.payment_succeeded', 'refund.created', 'product.updated', 'constructor']) {
    expect(anEvent(type, { id: 'x' })).toEqual([]);
  }
});
