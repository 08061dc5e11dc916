import fc from 'fast-check';
import type { InteractionKind } from '../../src/kernel/vocabulary';
import type { Fact } from '../../src/measures/fact';
import { type LifecycleStage, lifecycleOf } from '../../src/measures/lifecycle';
import { DEFAULT_LIFECYCLE_RULES } from '../../src/measures/lifecycleRules';
import { aFact, anOrder, asTheyCome, DAY_MS, day } from './commerceFacts';

const at = (atDay: number, kind: InteractionKind, properties: Fact['properties'] = {}) => aFact(kind, day(atDay), properties);
const order = (atDay: number) => anOrder(day(atDay), `o-${atDay}`, 10);
const stages = (nowDay: number, ...facts: Fact[]) =>
  lifecycleOf(facts, day(nowDay)).history.map(({ stage, fromMs }) => [stage, (fromMs - day(0)) / DAY_MS]);

describe('the lifecycle', () => {
  it('goes from a stranger’s search to a loyal customer', () => {
    const facts = [
      at(0, 'SEARCHED'),
      at(1, 'SIGNED_UP'),
      at(2, 'PRICING_REQUESTED'),
      at(3, 'TRIAL_STARTED'),
      at(17, 'TRIAL_ENDED'),
      order(20),
      order(40),
      order(60),
    ];
    expect(stages(70, ...facts)).toEqual([
      ['ANONYMOUS', 0],
      ['AWARE', 1],
      ['CONSIDERING', 2],
      ['TRIAL', 3],
      ['CONSIDERING', 17],
      ['CUSTOMER', 20],
      ['LOYAL', 60],
    ]);
  });

  it('goes on in silence: at risk after two thirds of 90 days, lost after all of them, and back with an order', () => {
    expect(stages(400, order(0), order(200))).toEqual([
      ['CUSTOMER', 0],
      ['AT_RISK', 60],
      ['CHURNED', 90],
      ['CUSTOMER', 200],
      // the one gap was 200 days
      ['AT_RISK', expect.closeTo(200 + (2 / 3) * 200, 6)],
      ['CHURNED', 400],
    ]);
  });

  it('says when time alone will change it next', () => {
    const next = (nowDay: number) => lifecycleOf([order(0)], day(nowDay)).nextAtMs;
    expect([next(10), next(60), next(90)]).toEqual([day(60), day(90), null]);
    expect(lifecycleOf([at(0, 'CART_UPDATED')], day(3)).nextAtMs).toBe(day(30));
    expect(lifecycleOf([at(0, 'SIGNED_UP')], day(3)).nextAtMs).toBeNull();
  });

  it('has a trial end as told, as announced, or after the longest time, whichever comes first', () => {
    const announced = at(0, 'TRIAL_STARTED', { trial_end_date: '2026-01-15T00:00:00Z' });
    expect(stages(60, announced)).toEqual([
      ['TRIAL', 0],
      ['ANONYMOUS', 14],
    ]);
    expect(stages(60, at(0, 'TRIAL_STARTED'))).toEqual([
      ['TRIAL', 0],
      ['ANONYMOUS', 30],
    ]);
    expect(stages(40, announced, at(31, 'TRIAL_ENDED'))).toEqual([
      ['TRIAL', 0],
      ['ANONYMOUS', 14],
      ['CONSIDERING', 31],
    ]);
    expect(stages(9, announced, at(7, 'TRIAL_ENDED'))).toEqual([
      ['TRIAL', 0],
      ['CONSIDERING', 7],
    ]);
  });

  it('knows subscribers: loyal after a year, at risk while a payment has failed, lost when they cancel', () => {
    const subscription = { subscription_id: 's' };
    const facts = [
      at(0, 'SUBSCRIPTION_STARTED', subscription),
      at(30, 'PAYMENT_FAILED', subscription),
      at(33, 'PAYMENT_FAILED', subscription),
      at(35, 'PAYMENT_MADE', subscription),
      at(400, 'SUBSCRIPTION_CANCELLED', subscription),
      at(410, 'TRIAL_STARTED'),
      at(420, 'SUBSCRIPTION_STARTED', subscription),
    ];
    expect(stages(430, ...facts)).toEqual([
      ['CUSTOMER', 0],
      ['AT_RISK', 30],
      ['CUSTOMER', 35],
      ['LOYAL', 365],
      ['CHURNED', 400],
      ['TRIAL', 410],
      ['CUSTOMER', 420],
    ]);
  });

  it('follows the rules that it is given', () => {
    const rules = { ...DEFAULT_LIFECYCLE_RULES, loyalOrders: 2, consideringDays: 5, silence: { leastDays: 30, percentile: 0.5 } };
    const { history } = lifecycleOf([at(0, 'CART_UPDATED'), order(10), order(12)], day(100), rules, day(1));
    expect(history.map(({ stage, fromMs }) => [stage, (fromMs - day(0)) / DAY_MS])).toEqual([
      ['CONSIDERING', 0],
      ['AWARE', 5],
      ['CUSTOMER', 10],
      ['LOYAL', 12],
      ['AT_RISK', 32],
      ['CHURNED', 42],
    ]);
  });

  it('is a stranger’s without facts', () => {
    expect(lifecycleOf([], day(0))).toEqual({ stage: 'ANONYMOUS', history: [], nextAtMs: null });
  });

  const kinds: readonly InteractionKind[] = [
    'SEARCHED',
    'SIGNED_UP',
    'CART_UPDATED',
    'TRIAL_STARTED',
    'TRIAL_ENDED',
    'ORDER_PLACED',
    'PAYMENT_FAILED',
    'PAYMENT_MADE',
    'SUBSCRIPTION_STARTED',
    'SUBSCRIPTION_CANCELLED',
  ];
  const histories = fc
    .array(fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 0, max: 300 })), { maxLength: 10 })
    .map((list) => list.map(([kind, atDay]) => at(atDay, kind)));

  it('is the same in whatever order messages come, and however often', () => {
    fc.assert(
      fc.property(
        histories.chain((facts) => fc.tuple(fc.constant(facts), asTheyCome(facts))),
        ([facts, come]) => {
          expect(lifecycleOf(come, day(200))).toEqual(lifecycleOf(facts, day(200)));
        },
      ),
    );
  });

  it('is at each time what its history said, and changes by time alone only when it said so', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 0, max: 400 }), (facts, nowDay) => {
        const { history } = lifecycleOf(facts, day(500));
        const now = lifecycleOf(facts, day(nowDay));
        const stood: LifecycleStage = history.findLast(({ fromMs }) => fromMs <= day(nowDay))?.stage ?? 'ANONYMOUS';
        expect(now.stage).toBe(stood);
        const known = facts.filter(({ occurredAtMs }) => occurredAtMs <= day(nowDay));
        const silent = lifecycleOf(known, day(1_000)).history.find(({ fromMs }) => fromMs > day(nowDay));
        expect(now.nextAtMs).toBe(silent?.fromMs ?? null);
      }),
    );
  });
});
