import { ordersOf } from '../../../src/measures/order';
import { subscriptionsOf } from '../../../src/measures/subscription';
import { aliveProbability } from '../../../src/measures/value/bgNbd';
import { orderHistoryOf } from '../../../src/measures/value/orderHistory';
import { purchaseHistory } from '../../../src/measures/value/purchaseHistory';
import { endingRisk } from '../../../src/measures/value/shiftedBetaGeometric';
import { PERIOD_MS, subscriptionLivesOf } from '../../../src/measures/value/subscriptionLife';
import { fitValueModel, type ModelledCustomer, predictionOf } from '../../../src/measures/value/valueModel';
import { aFact, anOrder, day, HOUR_MS } from '../commerceFacts';
import { CDNOW, CDNOW_SPEND, Draws } from './simulated';

describe('a history of orders', () => {
  it('has order days, the first of which only starts it, with what was spent on the others, refunds off', () => {
    const facts = [
      anOrder(day(1), '1', 100),
      anOrder(day(11), '2', 10),
      anOrder(day(11) + HOUR_MS, '3', 20),
      anOrder(day(21), '4', 50),
      aFact('REFUND_MADE', day(25), { order_id: '4', total: 5, currency: 'EUR' }),
      anOrder(day(22), '5', 70),
      aFact('ORDER_CANCELLED', day(23), { order_id: '5' }),
    ];
    expect(orderHistoryOf(ordersOf(facts), 'EUR', day(41))).toEqual({
      frequency: 2,
      recency: 20,
      age: 40,
      spend: { frequency: 2, meanValue: 37.5 },
    });
  });

  it('counts orders in another currency as orders, and not their value', () => {
    const facts = [anOrder(day(1), '1', 100), anOrder(day(5), '2', 900, 'JPY'), anOrder(day(9), '3', 8)];
    expect(orderHistoryOf(ordersOf(facts), 'EUR', day(10))).toMatchObject({ frequency: 2, spend: { frequency: 1, meanValue: 8 } });
  });

  it('is as of a time, and none before the first order', () => {
    const orders = ordersOf([anOrder(day(5), '1', 1), anOrder(day(9), '2', 1)]);
    expect(orderHistoryOf(orders, 'EUR', day(7))).toMatchObject({ frequency: 0, recency: 0, age: 2 });
    expect(orderHistoryOf(orders, 'EUR', day(4))).toBeNull();
  });

  it('is of customer 0001 of the CDNOW sample as published: x = 2, t_x = 30.43, T = 38.86 weeks', () => {
    const days = ['1997-01-01', '1997-01-18', '1997-08-02', '1997-12-12'].map((date) => ({
      day: Date.parse(date) / 86_400_000,
      value: null,
    }));
    const { frequency, recency, age } = purchaseHistory(days, Date.parse('1997-09-30') / 86_400_000, 7)!;
    expect([frequency, recency.toFixed(2), age.toFixed(2)]).toEqual([2, '30.43', '38.86']);
  });
});

describe('the lives of subscriptions', () => {
  const step = (kind: 'STARTED' | 'CANCELLED', atMs: number) => aFact(`SUBSCRIPTION_${kind}`, atMs, { subscription_id: 's' });

  it('are whole months: those survived of one that runs, and the one it ended in of one that ended', () => {
    const startMs = day(0);
    const running = subscriptionsOf([step('STARTED', startMs)]);
    expect(subscriptionLivesOf(running, startMs + 2.5 * PERIOD_MS)).toEqual([{ periods: 2, ended: false }]);
    const resumed = subscriptionsOf([
      step('STARTED', startMs),
      step('CANCELLED', startMs + 2.5 * PERIOD_MS),
      step('STARTED', startMs + 4 * PERIOD_MS),
    ]);
    expect(subscriptionLivesOf(resumed, startMs + 5 * PERIOD_MS)).toEqual([
      { periods: 3, ended: true },
      { periods: 1, ended: false },
    ]);
    expect(subscriptionLivesOf(resumed, startMs + PERIOD_MS)).toEqual([{ periods: 1, ended: false }]);
  });

  it('are unknown where only the end is known', () => {
    expect(subscriptionLivesOf(subscriptionsOf([step('CANCELLED', day(3))]), day(9))).toEqual([]);
  });
});

describe('the models of a workspace', () => {
  function customers(count: number, currency: string, scale: number, seed: number): readonly ModelledCustomer[] {
    const draws = new Draws(seed);
    return Array.from({ length: count }, () => {
      const { frequency, recency, age } = draws.history(200 + 80 * draws.uniform(), { ...CDNOW, alpha: CDNOW.alpha * 7 });
      const spend = draws.spend(frequency, { ...CDNOW_SPEND, v: CDNOW_SPEND.v * scale });
      return { currency, history: { frequency, recency, age, spend }, lives: [] };
    });
  }
  const euros = customers(2_000, 'EUR', 1, 1);
  const yen = customers(2_000, 'JPY', 160, 2);
  const lives = [1, 2, 2, 3, 5]
    .map((periods) => ({ periods, ended: true }))
    .concat(Array.from({ length: 9 }, () => ({ periods: 6, ended: false })));
  const model = fitValueModel([...euros, ...yen, { currency: 'EUR', history: null, lives }]);
  const regular = { frequency: 6, recency: 150, age: 160, spend: { frequency: 6, meanValue: 40 } };

  it('know ordering from all, and spending of each currency from those who pay in it', () => {
    expect(model.ordering!.customers).toBe(4_000);
    expect(Object.keys(model.spending)).toEqual(['EUR', 'JPY']);
    const mean = ({ p, q, v }: { p: number; q: number; v: number }) => (p * v) / (q - 1);
    expect(mean(model.spending['JPY']!) / mean(model.spending['EUR']!) / 160).toBeCloseTo(1, 0.9);
    expect(fitValueModel([...euros, ...yen]).spending['EUR']).toEqual(fitValueModel(euros).spending['EUR']);
  });

  it('can be stored as JSON', () => {
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  it('predict orders, and their value in the customer’s currency', () => {
    const prediction = predictionOf({ currency: 'EUR', history: regular, lives: [] }, model);
    expect(prediction.aliveProbability).toBe(aliveProbability(regular, model.ordering!));
    expect(prediction.churnRisk).toBe(1 - prediction.aliveProbability!);
    expect(prediction.predictedOrders).toBeGreaterThan(1);
    expect(prediction.predictedValue).toMatchObject({ currency: 'EUR', amount: expect.stringMatching(/^\d+\.\d\d$/) });
    expect(Number(prediction.predictedValue!.amount) / (prediction.predictedOrders! * 40)).toBeCloseTo(1, 0.9);
    expect(predictionOf({ currency: 'USD', history: regular, lives: [] }, model)).toMatchObject({
      predictedValue: null,
      churnRisk: expect.any(Number),
    });
  });

  it('take a subscriber’s risk from the subscriptions: all that run have to end', () => {
    const running = { periods: 2, ended: false };
    const risk = (own: readonly (typeof running)[]) => predictionOf({ currency: 'EUR', history: regular, lives: own }, model).churnRisk;
    expect(risk([running, { periods: 4, ended: true }])).toBe(endingRisk(2, 3, model.ending!));
    expect(risk([running, running])).toBe(endingRisk(2, 3, model.ending!) ** 2);
    expect(risk([{ periods: 4, ended: true }])).toBe(1);
  });

  it('say nothing where there is nothing to learn from', () => {
    const nothing = fitValueModel([]);
    expect(nothing).toEqual({ ordering: null, spending: {}, ending: null });
    expect(predictionOf({ currency: 'EUR', history: regular, lives: [] }, nothing)).toEqual({
      aliveProbability: null,
      predictedOrders: null,
      predictedValue: null,
      churnRisk: null,
    });
  });
});
