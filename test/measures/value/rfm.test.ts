import fc from 'fast-check';
import { type RfmCustomer, rfmCuts, rfmOf } from '../../../src/measures/value/rfm';
import { money } from '../commerceFacts';

const customer = (lastOrderDay: number, orders: number, amount: string, currency = 'EUR'): RfmCustomer => ({
  lastOrderDay,
  orders,
  revenue: money(amount, currency),
});
/** As of cuts that were stored. */
const scores = (customers: readonly RfmCustomer[]) => {
  const cuts = JSON.parse(JSON.stringify(rfmCuts(customers)));
  return customers.map((one) => rfmOf(one, cuts));
};

describe('RFM', () => {
  it('cuts fifteen customers into five groups of three, the best scored 5 (quintiles after Hughes, Strategic Database Marketing)', () => {
    const customers = Array.from({ length: 15 }, (_, index) => customer(index, 20 - index, `${index}.50`));
    expect(scores(customers)).toEqual([...'11122233344455'].map((r) => `${r}${6 - Number(r)}${r}`).concat('515'));
  });

  it('gives equal values one score', () => {
    const customers = [1, 1, 1, 1, 1, 1, 2, 2, 3, 9].map((orders) => customer(7, orders, '10.00'));
    // nobody has less than one order, six of ten have less than two, eight less than three, nine less than nine
    expect(scores(customers).map((score) => score![1])).toEqual([...'1111114455']);
    expect(new Set(scores(customers).map((score) => `${score![0]}${score![2]}`))).toEqual(new Set(['11']));
  });

  it('ranks money among those who pay in the same currency', () => {
    const euros = [1, 2, 3, 4, 5].map((amount) => customer(1, 1, `${amount}.00`));
    const yen = [100, 200, 300, 400, 500].map((amount) => customer(1, 1, String(amount), 'JPY'));
    expect(scores([...euros, ...yen]).map((score) => score![2])).toEqual([...'1234512345']);
    expect(rfmOf(customer(1, 1, '1.00', 'USD'), rfmCuts(euros))).toBeNull();
  });

  it('compares money as decimals, below nothing too', () => {
    expect(
      scores(['-5.00', '9.00', '10.00', '100.00', '1000.00'].map((amount) => customer(1, 1, amount))).map((score) => score![2]),
    ).toEqual([...'12345']);
  });

  it('scores one customer 111, for nobody has less', () => {
    expect(scores([customer(1, 1, '1.00')])).toEqual(['111']);
  });

  it('is the formula of its description, for any customers in any order', () => {
    const anyCustomer = fc
      .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 }))
      .map(([lastDay, orders, amount]) => customer(lastDay, orders, `${amount}.00`));
    fc.assert(
      fc.property(fc.array(anyCustomer, { minLength: 1, maxLength: 30 }), (customers) => {
        const cuts = rfmCuts([...customers].reverse());
        for (const one of customers) {
          const less = customers.filter(({ orders }) => orders < one.orders).length;
          expect(Number(rfmOf(one, cuts)![1])).toBe(1 + Math.floor((5 * less) / customers.length));
        }
      }),
    );
  });
});
