import type { Json } from '../../src/kernel/json';
import { compileSegments } from '../../src/segments/compileSegments';
import { evaluateSegments } from '../../src/segments/evaluateSegments';
import { needsOf } from '../../src/segments/needsOf';
import { eventKey } from '../../src/segments/trackedEventKey';
import { computedTrait, DAY, evaluate, eventMap, eventsAt, HOUR, NOW, segment, spec, subject } from './builders';

const EXAMPLE: Json = {
  all: [
    { trait: 'plan', op: 'eq', value: 'pro' },
    {
      event: { kind: 'ORDER_PLACED', where: [{ property: 'total', op: 'gte', value: 50 }] },
      count: { op: 'gte', value: 2 },
      within: '30d',
    },
    { not: { event: { kind: 'CONVERSATION_OPENED' }, within: '7d' } },
    { measure: 'nps.latest', op: 'gte', value: 9 },
    { any: [{ segment: 'vip' }, { consent: 'email' }, { computed: 'orders_30d', op: 'gt', value: 3 }] },
  ],
};
const ORDERS = computedTrait('orders_30d', { aggregate: 'count', event: { kind: 'ORDER_PLACED' }, within: '30d' });
const BIG_ORDER = { ...spec('ORDER_PLACED'), where: [{ path: ['total'], comparison: { op: 'gte', value: 50 } as const }] };

describe('a definition with a bit of everything', () => {
  const compiled = compileSegments([segment('it', EXAMPLE), segment('vip', { trait: 'vip', op: 'eq', value: true })], [ORDERS]);
  const customer = subject({
    traits: { plan: 'pro' },
    events: eventMap(
      [BIG_ORDER, eventsAt(NOW - 40 * DAY, NOW - 20 * DAY, NOW - 10 * DAY, NOW - DAY)],
      [spec('CONVERSATION_OPENED'), eventsAt(NOW - 8 * DAY)],
    ),
    measures: { 'nps.latest': 9 },
    consents: { email: true },
    computed: { orders_30d: { value: 3, nextAtMs: NOW + 9 * DAY } },
  });

  it('says why somebody is in, and when that may change', () => {
    const { members, nextAtMs } = evaluateSegments(compiled, customer, NOW);
    expect([...members]).toEqual([
      [
        'it',
        'plan is pro; at least 2 orders placed where total is at least 50 in the last 30 days; ' +
          'no conversations opened in the last 7 days; NPS 9 (at least 9); consent to email',
      ],
    ]);
    expect(nextAtMs).toBe(NOW + 20 * DAY);
  });

  it('asks for what it needs of a subject, and nothing else', () => {
    const needs = needsOf(compiled);
    expect([...needs.traitKeys]).toEqual(['plan', 'vip']);
    expect([...needs.events.keys()]).toEqual([eventKey(BIG_ORDER), eventKey(spec('CONVERSATION_OPENED'))]);
    expect(needs.computedTraits).toEqual([ORDERS]);
    expect([...needs.measures]).toEqual(['nps.latest']);
    expect([...needs.purposes]).toEqual(['email']);
    expect(needs).toMatchObject({ needsAccounts: false, accountTraitKeys: new Set() });
  });

  it('is left by who opens a conversation, until a week after it', () => {
    const complaining = {
      ...customer,
      events: new Map([...customer.events, [eventKey(spec('CONVERSATION_OPENED')), eventsAt(NOW - HOUR)]]),
    };
    const { members, nextAtMs } = evaluateSegments(compiled, complaining, NOW);
    expect(members.size).toBe(0);
    expect(nextAtMs).toBe(NOW - HOUR + 7 * DAY);
  });
});

describe('a window', () => {
  const at = (ago: number) => subject({ events: eventMap([spec('SEARCHED'), eventsAt(NOW - ago)]) });

  it('holds what is newer than within, and no older', () => {
    const within = { event: { kind: 'SEARCHED' }, within: '1d' };
    expect(evaluate(within, at(DAY - 1))).toEqual({ reason: 'at least 1 search in the last day', nextAtMs: NOW + 1 });
    expect(evaluate(within, at(DAY))).toEqual({ reason: null, nextAtMs: null });
    expect(evaluate(within, at(0))).toMatchObject({ nextAtMs: NOW + DAY });
    expect(evaluate(within, at(-1))).toEqual({ reason: null, nextAtMs: NOW + 1 });
  });

  it('holds what is as old as olderThan, and no newer', () => {
    const between = { event: { kind: 'SEARCHED' }, within: '2d', olderThan: '1d' };
    expect(evaluate(between, at(DAY))).toEqual({ reason: 'at least 1 search between 1 day and 2 days ago', nextAtMs: NOW + DAY });
    expect(evaluate(between, at(DAY - 1))).toEqual({ reason: null, nextAtMs: NOW + 1 });
    expect(evaluate(between, at(2 * DAY))).toEqual({ reason: null, nextAtMs: null });
  });
});

describe('what changes by itself', () => {
  const ordersAbove = (value: number) => ({ computed: 'orders_30d', op: 'gt', value });

  it('is a computed trait, when its window moves on', () => {
    const known = subject({ computed: { orders_30d: { value: 3, nextAtMs: NOW + 9 } } });
    expect(evaluate(ordersAbove(2), known, NOW, [ORDERS])).toEqual({ reason: 'orders 30d above 2', nextAtMs: NOW + 9 });
    expect(evaluate(ordersAbove(2), subject(), NOW, [ORDERS])).toEqual({ reason: null, nextAtMs: null });
    const ahead = subject({ computed: { orders_30d: { value: null, nextAtMs: NOW + 5 } } });
    expect(evaluate(ordersAbove(2), ahead, NOW, [ORDERS])).toEqual({ reason: null, nextAtMs: NOW + 5 });
  });

  it('is a measure, when the subject says so, and only where it makes a difference', () => {
    const healthy = subject({ measures: { health: 80 }, measuresNextAtMs: NOW + 7, traits: { plan: 'pro' } });
    const condition = { measure: 'health', op: 'gte', value: 50 };
    expect(evaluate(condition, healthy)).toEqual({ reason: 'health 80 (at least 50)', nextAtMs: NOW + 7 });
    expect(evaluate({ any: [condition, { trait: 'plan', op: 'eq', value: 'pro' }] }, healthy).nextAtMs).toBeNull();
    expect(evaluate({ all: [condition, { trait: 'plan', op: 'eq', value: 'free' }] }, healthy).nextAtMs).toBeNull();
    expect(evaluate({ trait: 'plan', op: 'eq', value: 'pro' }, healthy).nextAtMs).toBeNull();
  });

  it('is how long ago somebody was seen, day by day of 24 hours', () => {
    const seen = subject({ lastSeenAtMs: NOW - 3 * DAY + 1 });
    expect(evaluate({ measure: 'lastSeenDaysAgo', op: 'gte', value: 3 }, seen)).toEqual({ reason: null, nextAtMs: NOW + 1 });
    expect(evaluate({ measure: 'lastSeenDaysAgo', op: 'lt', value: 30 }, seen).nextAtMs).toBe(NOW + 27 * DAY + 1);
    expect(evaluate({ measure: 'lastSeenDaysAgo', op: 'in', value: [5, 2] }, seen).nextAtMs).toBe(NOW + 1);
    expect(evaluate({ measure: 'firstSeenDaysAgo', op: 'gt', value: 99 }, seen)).toEqual({
      reason: 'first seen above 99 days ago',
      nextAtMs: null,
    });
  });

  it('is a count of thousands, through those that leave at the same moment', () => {
    const many = subject({
      events: eventMap([spec('SEARCHED'), eventsAt(...Array.from({ length: 10_000 }, (_, index) => NOW - Math.floor(index / 2) * 1_000))]),
    });
    const counted = (op: string, value: number) => evaluate({ event: { kind: 'SEARCHED' }, count: { op, value }, within: '1d' }, many);
    expect(counted('gte', 9_999)).toEqual({
      reason: 'at least 9999 searches in the last day',
      nextAtMs: NOW + DAY - 4_999_000,
    });
    expect(counted('eq', 9_997)).toEqual({ reason: null, nextAtMs: null });
    expect(counted('eq', 9_996).nextAtMs).toBe(NOW + DAY - 4_998_000);
    expect(counted('lt', 1).nextAtMs).toBe(NOW + DAY);
  });
});
