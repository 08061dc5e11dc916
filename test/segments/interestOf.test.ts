import fc from 'fast-check';
import type { Json } from '../../src/kernel/json';
import type { ComputedTrait } from '../../src/segments/computedTrait';
import { interestOf } from '../../src/segments/interestOf';
import { matchesEvent } from '../../src/segments/matchesEvent';
import type { Segment } from '../../src/segments/segment';
import { trackedEventKey } from '../../src/segments/trackedEventKey';
import { trackedEventsOf } from '../../src/segments/trackedEventsOf';
import { computedTrait, DAY, segment } from './builders';

/** Tracked events numbered in the order in which they are asked for. */
function interestIn(segments: Segment[], computedTraits: ComputedTrait[] = []) {
  const tracked = trackedEventsOf(
    segments.map(({ definition }) => definition),
    computedTraits,
  );
  return interestOf(segments, computedTraits, new Map(tracked.map((event, index) => [trackedEventKey(event), index])));
}

const event = (of: Json, rest: object = {}): Json => ({ event: of, ...rest });
const order = (properties: Json | null, name = 'Order Completed') => ({
  kind: 'ORDER_PLACED',
  name,
  properties: properties === null ? null : JSON.stringify(properties),
});

describe('what of a batch could matter', () => {
  it('is an interaction of the kind, the name and the properties that somebody asks for', () => {
    const interest = interestIn([
      segment('a', event({ kind: 'ORDER_PLACED' })),
      segment('b', event({ name: 'Order Completed', where: [{ property: 'cart.total', op: 'gte', value: 50 }] })),
      segment('c', event({ kind: 'CUSTOM', name: 'Order Completed' })),
    ]);
    const ids = (...facts: Parameters<typeof order>) => interest.matches(order(...facts)).map(({ trackedEventId }) => trackedEventId);
    expect(ids(null).sort()).toEqual([0]);
    expect(ids({ cart: { total: 50 } }).sort()).toEqual([0, 1]);
    expect(ids({ cart: { total: '50' } })).toEqual([0]);
    expect(ids({ cart: [{ total: 50 }] })).toEqual([0]);
    expect(ids({ cart: { total: 50 } }, 'order completed')).toEqual([0]);
    expect(interest.matches({ kind: 'PAGE_VIEWED', name: 'Home', properties: null })).toEqual([]);
  });

  it('is noted with the property that a computed trait is counted from', () => {
    const total = (aggregate: string) => ({ aggregate, event: { kind: 'ORDER_PLACED' }, property: 'total' });
    const interest = interestIn([], [computedTrait('sum', total('sum')), computedTrait('last', { ...total('last'), within: '7d' })]);
    const noted = (text: string | null) => interest.matches({ kind: 'ORDER_PLACED', name: '', properties: text });
    expect(noted('{"total": 12.50}')).toEqual([{ trackedEventId: 0, value: '12.5', makesDue: false }]);
    expect(noted('{"total": {"net": ["ü", null]}}')).toEqual([{ trackedEventId: 0, value: '{"net":["ü",null]}', makesDue: false }]);
    for (const nothing of [null, '{}', '{"total": null}', '{"total": 1e999}']) expect(noted(nothing)[0]?.value).toBeNull();
  });

  it('does not trip over names that objects inherit', () => {
    const interest = interestIn([segment('a', event({ name: '__proto__', where: [{ property: 'constructor.name', op: 'exists' }] }))]);
    expect(interest.matches({ kind: 'CUSTOM', name: '__proto__', properties: '{}' })).toEqual([]);
    expect(interest.matches({ kind: 'CUSTOM', name: '__proto__', properties: '{"constructor": {"name": 1}}' })).toHaveLength(1);
    expect(interest.matches({ kind: 'constructor', name: 'toString', properties: '{}' })).toEqual([]);
  });

  it('makes a profile due where a segment asks, itself or through a computed trait', () => {
    const [used, unused] = ['SEARCHED', 'SIGNED_IN'].map((kind) => computedTrait(kind, { aggregate: 'count', event: { kind } }));
    const interest = interestIn(
      [segment('a', { computed: 'SEARCHED', op: 'gt', value: 1 }), segment('b', event({ kind: 'APP_OPENED' }))],
      [used!, unused!],
    );
    const isDue = (kind: string) => interest.matches({ kind, name: 'x', properties: null }).map(({ makesDue }) => makesDue);
    expect(isDue('SEARCHED')).toEqual([true]);
    expect(isDue('APP_OPENED')).toEqual([true]);
    expect(isDue('SIGNED_IN')).toEqual([false]);
    expect(isDue('CUSTOM')).toEqual([]);
  });

  it('leaves out what is not registered', () => {
    const interest = interestOf([segment('a', event({ kind: 'SEARCHED' }))], [], new Map());
    expect(interest.matches({ kind: 'SEARCHED', name: 'x', properties: null })).toEqual([]);
    expect(interest.isEmpty).toBe(false);
  });

  it('parses properties only where they make a difference', () => {
    const interest = interestIn([
      segment('a', event({ kind: 'SEARCHED' })),
      segment('b', event({ name: 'x', where: [{ property: 'a', op: 'exists' }] })),
    ]);
    expect(interest.matches({ kind: 'SEARCHED', name: 'y', properties: 'no JSON' })).toHaveLength(1);
    expect(() => interest.matches({ kind: 'SEARCHED', name: 'x', properties: 'no JSON' })).toThrow(SyntaxError);
  });

  it('agrees with matchesEvent on anything', () => {
    const kind = fc.constantFrom('SEARCHED' as const, 'SIGNED_IN' as const);
    const value = fc.oneof(fc.constantFrom('a', 1, true, null), fc.constant({ b: 1 }));
    const where = fc.record({
      property: fc.constantFrom('a', 'a.b'),
      op: fc.constantFrom('eq', 'neq', 'gt'),
      value: fc.constantFrom('a', 1),
    });
    const spec = fc.oneof(
      fc.record({ kind, where: fc.array(where, { maxLength: 2 }) }),
      fc.record({ kind, name: fc.constantFrom('x', 'y') }),
      fc.record({ name: fc.constant('x') }),
    );
    const facts = fc.record({ kind, name: fc.constantFrom('x', 'y'), properties: fc.dictionary(fc.constantFrom('a', 'b'), value) });
    fc.assert(
      fc.property(fc.array(spec, { minLength: 1, maxLength: 6 }), facts, (specs, { kind: of, name, properties }) => {
        const segments = specs.map((json, index) => segment(`s${index}`, event(json)));
        const tracked = trackedEventsOf(
          segments.map(({ definition }) => definition),
          [],
        );
        const expected = tracked.flatMap((each, index) => (matchesEvent(each.spec, { kind: of, name, properties }) ? [index] : []));
        const matches = interestIn(segments).matches({ kind: of, name, properties: JSON.stringify(properties) });
        expect(matches.map(({ trackedEventId }) => trackedEventId).sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });

  it('is a trait, a consent, an account or a measure that some segment reads', () => {
    const interest = interestIn([
      segment('a', { all: [{ trait: 'address.city', op: 'exists' }, { not: { consent: 'email' } }] }),
      segment('b', {
        any: [
          { account: { externalId: true }, op: 'exists' },
          { measure: 'orders', op: 'gt', value: 1 },
        ],
      }),
    ]);
    expect(interest.caresForTraits(['plan', 'address'])).toBe(true);
    expect(interest.caresForTraits(['city', 'address.city', 'toString'])).toBe(false);
    expect([interest.caresForConsent('email'), interest.caresForConsent('sms')]).toEqual([true, false]);
    expect(interest).toMatchObject({
      caresForAccounts: true,
      caresForMeasures: true,
      caresForFirstSeen: false,
      hasSegments: true,
      isEmpty: false,
    });
    const seen = interestIn([segment('a', { measure: 'firstSeenDaysAgo', op: 'lt', value: 7 })]);
    expect(seen).toMatchObject({ caresForAccounts: false, caresForMeasures: false, caresForFirstSeen: true, lastSeenThresholdMs: null });
    expect(interestIn([])).toMatchObject({ isEmpty: true, hasSegments: false, lastSeenThresholdMs: null });
    expect(interestIn([], [computedTrait('c', { aggregate: 'count', event: { name: 'x' } })])).toMatchObject({
      isEmpty: false,
      hasSegments: false,
    });
  });

  it.each<[string, Json, number | null]>([
    ['gte', 30, 30],
    ['gt', 30, 31],
    ['lt', 0.5, 1],
    ['lte', 2.5, 3],
    ['eq', 0, 1],
    ['neq', 14, 14],
    ['in', [9, 3, -1], 3],
    ['gte', 0, null],
    ['lt', -5, null],
    ['exists', true, null],
  ])('a profile seen again matters from the first day on that lastSeenDaysAgo %s %j can tell', (op, value, days) => {
    const { lastSeenThresholdMs } = interestIn([segment('a', { measure: 'lastSeenDaysAgo', op, value })]);
    expect(lastSeenThresholdMs).toBe(days === null ? null : days * DAY);
  });
});

describe('the key of a tracked event', () => {
  const keys = (...specs: Json[]) =>
    new Set(specs.flatMap((json) => trackedEventsOf([segment('a', event(json)).definition], []).map(trackedEventKey)));
  const [total, plan] = [
    { property: 'total', op: 'gte', value: 50 },
    { value: 'pro', op: 'eq', property: 'plan' },
  ];

  it('is the same however the parts are ordered', () => {
    expect(keys({ kind: 'SEARCHED', name: 'x', where: [total, plan] }, { where: [plan, total], name: 'x', kind: 'SEARCHED' }).size).toBe(1);
    expect([...keys({ kind: 'SEARCHED' })][0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is another for anything else that is asked', () => {
    const different: Json[] = [
      { kind: 'SEARCHED' },
      { name: 'SEARCHED' },
      { kind: 'SEARCHED', name: 'x' },
      { kind: 'SEARCHED', where: [total] },
      { kind: 'SEARCHED', where: [plan] },
    ];
    expect(keys(...different).size).toBe(5);
    const bySum = ['a', 'b', 'a.b'].map((property) => computedTrait('c', { aggregate: 'sum', event: { kind: 'SEARCHED' }, property }));
    expect(trackedEventsOf([], bySum)).toHaveLength(3);
    expect(trackedEventsOf([segment('a', { sequence: [{ kind: 'SEARCHED' }, { kind: 'SEARCHED' }] }).definition], [])).toHaveLength(1);
  });
});
