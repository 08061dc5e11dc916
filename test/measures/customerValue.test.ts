import { Customer } from '../../src/measures/customer';
import { customerValueOf } from '../../src/measures/customerValue';
import type { Fact } from '../../src/measures/fact';
import { USUAL_SETTINGS } from '../../src/measures/settings';
import type { FittedValue } from '../../src/measures/value/fittedValue';
import { rfmCuts } from '../../src/measures/value/rfm';
import { aFact, anOrder, day, money } from './commerceFacts';

const customer = (facts: readonly Fact[], nowMs: number) =>
  new Customer({ facts, nowMs, settings: USUAL_SETTINGS, sentimentOf: () => null });
const ranked = (lastOrderDay: number, orders: number, amount: string) => ({ lastOrderDay, orders, revenue: money(amount) });
const DAY_0 = day(0) / 86_400_000;

/** Five customers cut the quintiles, and the parameters published for CDNOW (Fader, Hardie, Lee 2005), which are by the week, are taken for days. */
const FITTED: FittedValue = {
  model: {
    ordering: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426, logLikelihood: -9582.4, customers: 2357, iterations: 1, converged: true },
    spending: {},
    ending: null,
  },
  cuts: rfmCuts([1, 2, 3, 4, 5].map((n) => ranked(DAY_0 + 10 * n, n, `${10 * n}.00`))),
};

describe('the value of a customer', () => {
  const facts = [
    anOrder(day(0), '1', 30),
    anOrder(day(30.43), '2', 20),
    anOrder(day(30.43), '3', 5, 'USD'),
    aFact('REFUND_MADE', day(31), { order_id: '2', total: 5, currency: 'EUR' }),
  ];

  it('is that of the currency of most orders, refunds off, and says nothing that nobody has learnt yet', () => {
    expect(customerValueOf(customer(facts, day(38.86)), null)).toEqual({
      orders: 3,
      revenue: money('45.00'),
      averageOrderValue: money('22.50'),
      rfm: null,
      aliveProbability: null,
      predictedOrders90d: null,
      predictedValue90d: null,
      churnRisk: null,
    });
  });

  it('has ranks among all customers and chances by the models, where there are some', () => {
    const value = customerValueOf(customer(facts, day(38.86)), FITTED);
    expect(value.rfm).toBe('334');
    expect(value.aliveProbability).toBeGreaterThan(0.5);
    expect(value.churnRisk).toBeCloseTo(1 - (value.aliveProbability ?? Number.NaN), 12);
    expect(value.predictedOrders90d).toBeGreaterThan(0);
    expect(value.predictedValue90d).toBeNull();
  });

  it('is nothing of who never ordered', () => {
    expect(customerValueOf(customer([aFact('SIGNED_UP', day(1))], day(9)), FITTED)).toEqual({
      orders: 0,
      revenue: null,
      averageOrderValue: null,
      rfm: null,
      aliveProbability: null,
      predictedOrders90d: null,
      predictedValue90d: null,
      churnRisk: null,
    });
  });

  it('has no rank where everything was cancelled', () => {
    const cancelled = [anOrder(day(0), '1', 30), aFact('ORDER_CANCELLED', day(1), { order_id: '1' })];
    expect(customerValueOf(customer(cancelled, day(9)), FITTED)).toMatchObject({ orders: 0, rfm: null });
  });
});
