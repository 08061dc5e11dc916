import type { Fact } from '../../../src/measures/fact';
import { ordersOf } from '../../../src/measures/order';
import { looseRefundsOf } from '../../../src/measures/refund';
import { historicalValueOf } from '../../../src/measures/value/historicalValue';
import { aFact, anOrder, day, money } from '../commerceFacts';

const valueOfFacts = (...facts: Fact[]) => historicalValueOf(ordersOf(facts), looseRefundsOf(facts));

describe('historical value', () => {
  it('is the net revenue, and by order its average, rounded half away from zero', () => {
    const refund = aFact('REFUND_MADE', day(4), { order_id: '3', total: '0.05', currency: 'EUR' });
    expect(valueOfFacts(anOrder(day(1), '1', '10.00'), anOrder(day(2), '2', '0.10'), anOrder(day(3), '3', '20.00'), refund)).toMatchObject({
      orders: 3,
      revenue: money('30.05'),
      averageOrderValue: money('10.02'),
    });
  });

  it('never sums two currencies: that of most orders is shown, the others stand beside it', () => {
    const facts = [anOrder(day(1), '1', 10), anOrder(day(2), '2', 5000, 'JPY'), anOrder(day(3), '3', 20)];
    expect(valueOfFacts(...facts)).toEqual({
      orders: 3,
      revenue: money('30.00'),
      averageOrderValue: money('15.00'),
      byCurrency: [
        { currency: 'EUR', orders: 2, revenue: money('30.00'), averageOrderValue: money('15.00'), lastOrderAtMs: day(3) },
        { currency: 'JPY', orders: 1, revenue: money('5000', 'JPY'), averageOrderValue: money('5000', 'JPY'), lastOrderAtMs: day(2) },
      ],
    });
    expect(valueOfFacts(facts[0]!, facts[1]!).revenue).toEqual(money('5000', 'JPY'));
  });

  it('is less than nothing where refunds are larger than orders', () => {
    const refund = aFact('REFUND_MADE', day(4), { order_id: '1', total: 30, currency: 'EUR' });
    expect(valueOfFacts(anOrder(day(1), '1', 10), refund)).toMatchObject({ revenue: money('-20.00'), averageOrderValue: money('-20.00') });
  });

  it('has no order of what was cancelled, and takes refunds off their own currency', () => {
    const facts = [
      anOrder(day(1), '1', 10),
      aFact('ORDER_CANCELLED', day(2), { order_id: '1' }),
      anOrder(day(3), '2', 8),
      aFact('REFUND_MADE', day(4), { order_id: '2', total: 3, currency: 'USD' }),
      aFact('REFUND_MADE', day(5), { total: 1, currency: 'EUR' }),
    ];
    const { orders, byCurrency } = valueOfFacts(...facts);
    expect(orders).toBe(1);
    expect(byCurrency.map(({ revenue, averageOrderValue }) => [revenue, averageOrderValue])).toEqual([
      [money('7.00'), money('7.00')],
      [money('-3.00', 'USD'), null],
    ]);
  });

  it('is nothing known without orders', () => {
    expect(valueOfFacts()).toEqual({ orders: 0, revenue: null, averageOrderValue: null, byCurrency: [] });
  });
});
