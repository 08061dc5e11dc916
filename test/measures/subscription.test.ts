import fc from 'fast-check';
import type { JsonObject } from '../../src/kernel/json';
import { monthlyValue, subscriptionsOf } from '../../src/measures/subscription';
import { aFact, asTheyCome, day, money } from './commerceFacts';

const TERMS = { subscription_id: 's', plan: 'Pro', price: 20, currency: 'EUR', interval: 'month' };
const fact = (step: 'STARTED' | 'RENEWED' | 'CHANGED' | 'CANCELLED', atDay: number, properties: JsonObject = TERMS, name?: string) =>
  aFact(`SUBSCRIPTION_${step}`, day(atDay), properties, name === undefined ? {} : { name });

describe('monthly recurring revenue', () => {
  it.each<[JsonObject, string]>([
    [{ price: 20 }, '20.00'],
    [{ price: 20, quantity: 5, interval: 'month' }, '100.00'],
    [{ price: '120.00', interval: 'year' }, '10.00'],
    [{ price: 100, interval: 'annually' }, '8.33'],
    [{ price: 50, interval: 'month', interval_count: 3 }, '16.67'],
    [{ price: 50, interval: 'quarter' }, '16.67'],
    [{ price: 3, interval: 'week' }, '13.00'],
    [{ price: 1, interval: 'day' }, '30.42'],
    [{ price: 240, interval: 'year', interval_count: 2 }, '10.00'],
  ])('of %p is %s', (terms, amount) => {
    expect(monthlyValue({ currency: 'EUR', ...terms })).toEqual(money(amount));
  });

  it('is not known where the price is not', () => {
    expect(monthlyValue({ plan: 'Pro' })).toBeNull();
  });
});

describe('subscriptions', () => {
  it('run from the start, through renewals and changes of the price', () => {
    const facts = [fact('STARTED', 1), fact('RENEWED', 31), fact('CHANGED', 40, { ...TERMS, price: 300, interval: 'year' })];
    expect(subscriptionsOf(facts)).toEqual([
      {
        key: 's',
        externalId: 's',
        plan: 'Pro',
        startedAtMs: day(1),
        cancelledAtMs: null,
        spans: [{ fromMs: day(1), toMs: null }],
        mrr: [
          { fromMs: day(1), value: money('20.00') },
          { fromMs: day(40), value: money('25.00') },
        ],
        facts,
      },
    ]);
  });

  it('bring nothing once cancelled, and again when resumed', () => {
    const facts = [
      fact('STARTED', 1),
      fact('CANCELLED', 20, { subscription_id: 's' }),
      fact('STARTED', 50, { subscription_id: 's' }, 'Subscription Resumed'),
    ];
    const [cancelled] = subscriptionsOf(facts.slice(0, 2));
    expect(cancelled).toMatchObject({ cancelledAtMs: day(20), spans: [{ fromMs: day(1), toMs: day(20) }] });
    const [resumed] = subscriptionsOf(facts);
    expect(resumed).toMatchObject({ cancelledAtMs: null, spans: [{ toMs: day(20) }, { fromMs: day(50), toMs: null }] });
    expect(resumed!.mrr.map(({ value }) => value?.amount)).toEqual(['20.00', '0.00', '20.00']);
  });

  it('run on while paused, and bring nothing', () => {
    const facts = [fact('STARTED', 1), fact('CHANGED', 10, { subscription_id: 's' }, 'Subscription Paused'), fact('RENEWED', 40)];
    const [paused] = subscriptionsOf(facts);
    expect(paused!.cancelledAtMs).toBeNull();
    expect(paused!.mrr.map(({ value }) => value?.amount)).toEqual(['20.00', '0.00', '20.00']);
  });

  it('start with the first that is heard of them, be it the end', () => {
    expect(subscriptionsOf([fact('RENEWED', 31)])[0]).toMatchObject({ startedAtMs: day(31), cancelledAtMs: null });
    expect(subscriptionsOf([fact('CANCELLED', 31)])[0]).toMatchObject({ startedAtMs: day(31), cancelledAtMs: day(31) });
  });

  it('are several where they have several numbers, and one where they have none', () => {
    const other = { ...TERMS, subscription_id: 't' };
    expect(subscriptionsOf([fact('STARTED', 5), fact('STARTED', 1, other)]).map(({ key }) => key)).toEqual(['t', 's']);
    const [unnumbered] = subscriptionsOf([fact('STARTED', 1, { plan: 'Basic' }), fact('CANCELLED', 2, { plan: 'Basic' })]);
    expect(unnumbered).toMatchObject({ externalId: 'Basic', cancelledAtMs: day(2) });
    expect(unnumbered!.mrr.map(({ value }) => value)).toEqual([null, money('0.00', 'XXX')]);
  });

  it('are the same in whatever order messages come, and however often', () => {
    const steps = fc.array(
      fc.record({
        step: fc.constantFrom('STARTED', 'RENEWED', 'CHANGED', 'CANCELLED'),
        atDay: fc.integer({ min: 0, max: 3 }),
        price: fc.constantFrom(10, 20, undefined),
        subscription_id: fc.constantFrom('s', 't', undefined),
      }),
      { maxLength: 10 },
    );
    const facts = steps.map((list) =>
      list.map(({ step, atDay, ...terms }) => fact(step as 'STARTED', atDay, { currency: 'EUR', ...terms })),
    );
    fc.assert(
      fc.property(
        facts.chain((made) => fc.tuple(fc.constant(made), asTheyCome(made))),
        ([made, come]) => {
          expect(subscriptionsOf(come)).toEqual(subscriptionsOf(made));
        },
      ),
    );
  });
});
