import type { JsonObject } from '../../../src/kernel/json';
import type { Fact } from '../../../src/measures/fact';
import { ordersOf } from '../../../src/measures/order';
import { subscriptionsOf } from '../../../src/measures/subscription';
import { churnOf, revenueChurnOf } from '../../../src/measures/value/churn';
import { customerSpansOf } from '../../../src/measures/value/customerSpans';
import { aFact, anOrder, day, money } from '../commerceFacts';

const spansOf = (...facts: Fact[]) => customerSpansOf(ordersOf(facts), subscriptionsOf(facts));
const ordersAt = (...days: number[]) => days.map((atDay) => anOrder(day(atDay), `o-${atDay}`, 10));
const started = (atDay: number, terms: JsonObject = {}) =>
  aFact('SUBSCRIPTION_STARTED', day(atDay), { subscription_id: 's', price: 20, currency: 'EUR', ...terms });
const changed = (atDay: number, terms: JsonObject) =>
  aFact('SUBSCRIPTION_CHANGED', day(atDay), { subscription_id: 's', currency: 'EUR', ...terms });
const cancelled = (atDay: number) => aFact('SUBSCRIPTION_CANCELLED', day(atDay), { subscription_id: 's' });
const period = (fromDay: number, toDay: number) => ({ fromMs: day(fromDay), toMs: day(toDay) });

describe('being a customer', () => {
  it('lasts 90 days after a first order', () => {
    expect(spansOf(...ordersAt(5))).toEqual([{ fromMs: day(5), toMs: day(95) }]);
  });

  it('lasts for the own 90th percentile gap where that is longer', () => {
    // gaps of 100, 110, …, 200 days: the 90th percentile is 190
    const days = [0];
    for (let gap = 100; gap <= 200; gap += 10) days.push(days.at(-1)! + gap);
    expect(spansOf(...ordersAt(...days)).at(-1)!.toMs).toBe(day(days.at(-1)! + 190));
  });

  it('ends in a silence, and begins again with the next order', () => {
    expect(spansOf(...ordersAt(0, 50, 300))).toEqual([
      { fromMs: day(0), toMs: day(140) },
      // gaps of 50 and 250 days: 50 + 0.9 · 200 = 230
      { fromMs: day(300), toMs: day(530) },
    ]);
  });

  it('knows no order that was cancelled', () => {
    expect(spansOf(...ordersAt(5), aFact('ORDER_CANCELLED', day(6), { order_id: 'o-5' }))).toEqual([]);
  });

  it('is having a subscription, from the first one on', () => {
    expect(spansOf(...ordersAt(0), started(10), cancelled(40), ...ordersAt(60), started(80))).toEqual([
      { fromMs: day(0), toMs: day(40) },
      { fromMs: day(80), toMs: null },
    ]);
  });
});

describe('churn', () => {
  it('is who was a customer at the start and is none at the end; new ones are left out', () => {
    const customers = [
      spansOf(started(0)),
      spansOf(started(0), cancelled(15)),
      spansOf(started(0), cancelled(15), started(20)),
      spansOf(started(12), cancelled(18)),
      spansOf(started(0), cancelled(5)),
    ];
    expect(churnOf(customers, period(10, 30))).toEqual({ lost: 1, atStart: 3, churnRate: 1 / 3, retentionRate: 2 / 3 });
  });

  it('puts what happens at a bound into the period that begins there', () => {
    const customers = [spansOf(started(0), cancelled(30))];
    expect(churnOf(customers, period(10, 30)).lost).toBe(0);
    expect(churnOf(customers, period(30, 50))).toMatchObject({ lost: 1, atStart: 1 });
    expect(churnOf([spansOf(started(10))], period(10, 30)).atStart).toBe(0);
  });

  it('loses those without a subscription by their silence', () => {
    const customers = [spansOf(...ordersAt(0)), spansOf(...ordersAt(0, 60))];
    expect(churnOf(customers, period(31, 120))).toMatchObject({ lost: 1, atStart: 2 });
  });

  it('has no rate where there was nobody', () => {
    expect(churnOf([], period(0, 1))).toEqual({ lost: 0, atStart: 0, churnRate: null, retentionRate: null });
  });
});

describe('revenue churn', () => {
  it('is what was lost of the starting MRR; net, less what expansion and reactivation brought', () => {
    const customers = [
      [started(0, { price: 100 }), cancelled(20)],
      [started(0, { price: 100 }), changed(20, { price: 60 })],
      [started(0, { price: 50 }), changed(20, { price: 80 })],
      [started(0, { price: 30 }), cancelled(5), started(25)],
      [started(15, { price: 500 })],
      [started(0, { price: 50 })],
    ].map(subscriptionsOf);
    expect(revenueChurnOf(customers, period(10, 30))).toEqual([
      {
        currency: 'EUR',
        startingMrr: money('300.00'),
        churned: money('100.00'),
        contracted: money('40.00'),
        expanded: money('30.00'),
        reactivated: money('20.00'),
        grossRate: 140 / 300,
        netRate: 90 / 300,
      },
    ]);
  });

  it('is negative net where more came back than went', () => {
    const customers = [
      [started(0, { price: 100 }), changed(20, { price: 150 })],
      [started(0, { price: 10 }), cancelled(20)],
    ].map(subscriptionsOf);
    expect(revenueChurnOf(customers, period(10, 30))[0]).toMatchObject({ grossRate: 10 / 110, netRate: -40 / 110 });
  });

  it('is of each currency on its own, and none where nothing came in', () => {
    const customers = [[started(0, { price: 100 }), cancelled(20)], [started(15, { currency: 'USD' })]].map(subscriptionsOf);
    expect(revenueChurnOf(customers, period(10, 30)).map(({ currency, grossRate, netRate }) => [currency, grossRate, netRate])).toEqual([
      ['EUR', 1, 1],
      ['USD', null, null],
    ]);
  });
});
