import fc from 'fast-check';
import type { Fact } from '../../src/measures/fact';
import { ordersOf } from '../../src/measures/order';
import { looseRefundsOf } from '../../src/measures/refund';
import { aFact, anOrder, asTheyCome, day, money } from './commerceFacts';

const refund = (atDay: number, properties: Fact['properties']) => aFact('REFUND_MADE', day(atDay), properties);
const only = (...facts: Fact[]) => {
  const orders = ordersOf(facts);
  expect(orders).toHaveLength(1);
  return orders[0]!;
};

describe('orders', () => {
  it('are what was placed, with what came of them', () => {
    const placed = aFact('ORDER_PLACED', day(1), {
      order_id: '1042',
      total: 59.9,
      currency: 'eur',
      products: [{ product_id: 'p-1', quantity: 2 }, { sku: 's-2' }],
    });
    const delivered = aFact('ORDER_DELIVERED', day(4), { order_id: '1042', carrier: 'DHL' });
    expect(ordersOf([delivered, placed])).toEqual([
      {
        key: '1042',
        externalId: '1042',
        placedAtMs: day(1),
        value: money('59.90'),
        net: money('59.90'),
        refunded: [],
        status: 'DELIVERED',
        items: 3,
        products: ['p-1', 's-2'],
        facts: [placed, delivered],
      },
    ]);
  });

  it('are one where several messages, of several sources, name one number', () => {
    const site = anOrder(day(1), '1042', 50);
    const shop = { ...anOrder(day(2), '1042', '52.50'), sourceId: 2 };
    expect(only(shop, site)).toMatchObject({ placedAtMs: day(1), value: money('52.50'), facts: [site, shop] });
  });

  it('keep numbers beyond 2^53 apart, and take a number and its text for one', () => {
    expect(ordersOf([anOrder(day(1), '9007199254740992', 1), anOrder(day(1), '9007199254740993', 1)])).toHaveLength(2);
    const asNumber = aFact('ORDER_DELIVERED', day(2), { order_id: 1042 });
    expect(only(anOrder(day(1), '1042', 5), asNumber).status).toBe('DELIVERED');
  });

  it('are each their own where no message numbers them', () => {
    const unnumbered = () => aFact('ORDER_PLACED', day(1), { total: 5, currency: 'EUR' });
    const [one, other] = [unnumbered(), unnumbered()];
    expect(ordersOf([one, other, one]).map(({ externalId }) => externalId)).toEqual([one.messageId, other.messageId]);
  });

  it('are found by their checkout, and by the subject of the interaction', () => {
    const placed = aFact('ORDER_PLACED', day(1), { order_id: '7', checkout_id: 'c-7', total: 10, currency: 'EUR' });
    const byCheckout = refund(2, { checkout_id: 'c-7', total: 4, currency: 'EUR' });
    const bySubject = aFact('ORDER_CANCELLED', day(3), {}, { subject: { type: 'order', externalId: '7' } });
    expect(only(placed, byCheckout)).toMatchObject({ externalId: '7', net: money('6.00') });
    expect(only(placed, bySubject).status).toBe('CANCELLED');
  });

  it('follow an update, in what it says', () => {
    const updated = aFact('CUSTOM', day(2), { order_id: '7', products: [{ product_id: 'a', quantity: 5 }] }, { name: 'Order Updated' });
    expect(only(anOrder(day(1), '7', 10), updated)).toMatchObject({ value: money('10.00'), items: 5, products: ['a'] });
  });

  it('come to what their products come to where no amount is said, else to nothing', () => {
    const products = [
      { product_id: 'a', price: '0.10', quantity: 3 },
      { product_id: 'b', price: 2 },
    ];
    expect(only(aFact('ORDER_PLACED', day(1), { order_id: '7', currency: 'EUR', products })).value).toEqual(money('2.30'));
    expect(only(aFact('ORDER_PLACED', day(1), { order_id: '7' })).value).toEqual(money('0.00', 'XXX'));
  });

  it('take the currency that any message about them says', () => {
    const placed = aFact('ORDER_PLACED', day(1), { order_id: '7', total: 10, currency: null });
    expect(only(placed, refund(2, { order_id: '7', total: 4, currency: 'EUR' }))).toMatchObject({
      value: money('10.00'),
      net: money('6.00'),
    });
  });

  it('have nothing of what is cancelled, whatever is updated or refunded afterwards', () => {
    const cancelled = aFact('ORDER_CANCELLED', day(2), { order_id: '7' });
    const facts = [anOrder(day(1), '7', 10), cancelled, anOrder(day(3), '7', 10), refund(4, { order_id: '7', total: 10, currency: 'EUR' })];
    expect(only(...facts)).toMatchObject({ status: 'CANCELLED', value: money('10.00'), net: money('0.00') });
  });

  it('do not exist before they are placed', () => {
    const early = [aFact('ORDER_DELIVERED', day(2), { order_id: '7' }), refund(3, { order_id: '7', total: 4, currency: 'EUR' })];
    expect(ordersOf(early)).toEqual([]);
    expect(looseRefundsOf(early)).toEqual([]);
    expect(only(...early, anOrder(day(1), '7', 10))).toMatchObject({ status: 'PARTLY_REFUNDED', net: money('6.00') });
  });
});

describe('refunds', () => {
  it.each<[string, readonly Fact['properties'][], string, string]>([
    ['a part', [{ total: '4.10' }], '5.90', 'PARTLY_REFUNDED'],
    ['two parts', [{ total: 4 }, { amount: 6 }], '0.00', 'REFUNDED'],
    ['all, written with a minus', [{ total: -10 }], '0.00', 'REFUNDED'],
    ['more than the order', [{ total: 15 }], '-5.00', 'REFUNDED'],
    ['all that is left, where no amount is said', [{ total: 4 }, {}], '0.00', 'REFUNDED'],
    ['nothing more after all', [{ total: 15 }, {}], '-5.00', 'REFUNDED'],
    ['some products, at their prices', [{ products: [{ product_id: 'a', quantity: 2 }] }], '4.00', 'PARTLY_REFUNDED'],
    [
      'one refund told twice',
      [
        { refund_id: 'r', total: 4 },
        { refund_id: 'r', total: 4 },
      ],
      '6.00',
      'PARTLY_REFUNDED',
    ],
    ['another currency, which is off nothing', [{ total: 4, currency: 'USD' }], '10.00', 'PARTLY_REFUNDED'],
  ])('of %s leave %s', (_, refunds, net, status) => {
    const placed = aFact('ORDER_PLACED', day(1), {
      order_id: '7',
      total: 10,
      currency: 'EUR',
      products: [{ product_id: 'a', price: 3, quantity: 3 }],
    });
    const facts = refunds.map((properties, index) => refund(2 + index, { order_id: '7', ...properties }));
    expect(only(placed, ...facts)).toMatchObject({ net: money(net), status });
  });

  it('are kept by currency', () => {
    const facts = [refund(2, { order_id: '7', total: 4, currency: 'USD' }), refund(3, { order_id: '7', total: 3 })];
    expect(only(anOrder(day(1), '7', 10), ...facts)).toMatchObject({ net: money('7.00'), refunded: [money('4.00', 'USD'), money('3.00')] });
  });

  it('of nothing that is named are loose; those of an invoice or a subscription are not of orders', () => {
    const fact = refund(2, { total: 4, currency: 'EUR', reason: 'goodwill' });
    const ofInvoice = refund(2, { total: 9, currency: 'EUR', invoice_id: 'in-1' });
    expect(looseRefundsOf([fact, ofInvoice, refund(3, {}), anOrder(day(1), '7', 10)])).toEqual([
      { atMs: day(2), value: money('4.00'), fact },
    ]);
  });

  it('of amounts beyond all reason are amounts', () => {
    const products = [{ product_id: 'a', price: '9'.repeat(30), quantity: 1e9 }];
    const order = only(aFact('ORDER_PLACED', day(1), { order_id: '7', currency: 'EUR', products }), refund(2, { order_id: '7' }));
    expect(order).toMatchObject({ status: 'REFUNDED', net: money('0.00') });
  });
});

describe('orders and refunds', () => {
  const kinds = ['ORDER_PLACED', 'ORDER_PLACED', 'ORDER_DELIVERED', 'ORDER_CANCELLED', 'REFUND_MADE', 'REFUND_MADE'] as const;
  const anyFact = fc.record({
    kind: fc.constantFrom(...kinds),
    atDay: fc.integer({ min: 0, max: 4 }),
    order_id: fc.constantFrom('1', '2', '3', undefined),
    checkout_id: fc.constantFrom('c1', 'c2', undefined),
    total: fc.option(
      fc.integer({ min: 0, max: 2_000 }).map((cents) => cents / 100),
      { nil: undefined },
    ),
    currency: fc.constantFrom('EUR', 'USD', undefined),
    refund_id: fc.constantFrom('r1', undefined),
  });
  const histories = fc
    .array(anyFact, { maxLength: 12 })
    .map((facts) => facts.map(({ kind, atDay, ...properties }) => aFact(kind, day(atDay), properties)));

  it('are the same in whatever order messages come, and however often', () => {
    fc.assert(
      fc.property(
        histories.chain((facts) => fc.tuple(fc.constant(facts), asTheyCome(facts))),
        ([facts, come]) => {
          expect(ordersOf(come)).toEqual(ordersOf(facts));
          expect(looseRefundsOf(come)).toEqual(looseRefundsOf(facts));
        },
      ),
    );
  });
});
