import fc from 'fast-check';
import type { JsonObject } from '../../../src/kernel/json';
import { AGGREGATES, type ComputedTrait } from '../../../src/segments/computedTrait';
import type { Comparison, Condition, CountComparison, Moment, Window } from '../../../src/segments/definition';
import type { MeasureName } from '../../../src/segments/measureNames';
import type { EventSpec } from '../../../src/segments/trackedEvent';
import type { ToldProfile } from './segmentWorld';

export const NOW_MS = Date.UTC(2026, 5, 1, 12);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Of few hours, so that much falls on the edges of windows. */
const atMs = fc.integer({ min: -240, max: 60 }).map((hours) => NOW_MS + hours * HOUR_MS);
const VALUES = [
  'pro',
  'free',
  '',
  'Ulm',
  '1',
  '2026-05-30',
  '2026-06-01T12:00:00Z',
  '2026-06-03T10:00:00+02:00',
  'no date',
  0,
  1,
  2.5,
  3,
  100,
  1e20,
  0.1,
  true,
  false,
  null,
  ['pro', 1],
  [1, 'x', null],
  [],
  { city: 'Ulm', zip: { code: '1' } },
  { city: null },
  { city: ['Ulm'] },
];
const SCALARS = VALUES.filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean');
const TRAITS = ['plan', 'age', 'address', 'since'];
const PURPOSES = ['email', 'ads'];
const KINDS = ['ORDER_PLACED', 'PAGE_VIEWED'] as const;
const NAMES = ['Order Completed', 'Home'];
const COMPUTED_KEYS = ['c0', 'c1', 'c2', 'c3', 'c4'];
export const SEGMENT_KEYS = ['s0', 's1', 's2', 's3', 's4', 's5', 's6', 's7', 's8', 's9'];
const STAGES = ['CUSTOMER', 'LOYAL', 'AWARE'];

const traits: fc.Arbitrary<JsonObject> = fc.dictionary(fc.constantFrom(...TRAITS), fc.constantFrom(...VALUES), { maxKeys: 4 });

/** As a source may write them: numbers that no double holds among them, and what is no object. */
const PROPERTIES = [
  null,
  '{}',
  '[]',
  '"x"',
  '{"total":50}',
  '{"total":50.0,"plan":"pro"}',
  '{"total":"50"}',
  '{"total":1e999}',
  '{"total":12345678901234567890}',
  '{"total":null}',
  '{"total":[50,"x"]}',
  '{"total":0.1}',
  '{"total":0.2}',
  '{"total":{"net":7}}',
  '{"total":1,"total":2}',
  ' { "total" : 3 , "tags" : [ "a" , 1 ] } ',
  '{"total":1e-400}',
  '{"total":-7.25}',
  '{"total":{"a":1,"b":12345678901234567890}}',
  '{"total":{"b":12345678901234567890,"a":1.0}}',
  '{"total":true}',
  '{"total":0.10000000000000000555}',
];

const identifier = fc.record({
  type: fc.constantFrom('email', 'anonymous_id', 'user_id'),
  seenAtMs: fc.tuple(atMs, atMs).map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const),
  said: fc.array(fc.record({ sourceId: fc.integer({ min: 1, max: 3 }), atMs, traits }), { maxLength: 3 }),
  events: fc.array(
    fc.record({ kind: fc.constantFrom(...KINDS), name: fc.constantFrom(...NAMES), atMs, properties: fc.constantFrom(...PROPERTIES) }),
    { maxLength: 6 },
  ),
  consents: fc.dictionary(fc.constantFrom(...PURPOSES), fc.boolean(), { maxKeys: 2 }),
  accounts: fc.array(fc.nat(2), { maxLength: 2 }),
});

export const profile: fc.Arbitrary<ToldProfile> = fc.record({
  identifiers: fc.array(identifier, { minLength: 1, maxLength: 3 }),
  answers: fc.array(
    fc.record({
      survey: fc.constantFrom('nps', 'csat', 'ces'),
      atMs,
      score: fc.integer({ min: 0, max: 5 }),
      scaleMax: fc.constantFrom(5, 10),
      version: fc.constantFrom(null, null, '1.0', '2.0'),
      isValid: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  customer: fc.option(
    fc.record({ stage: fc.constantFrom(...STAGES), orders: fc.nat(4), revenue: fc.option(fc.constantFrom(0.1, 50, -3)) }),
  ),
  orders: fc.array(fc.record({ status: fc.constantFrom('PLACED', 'CANCELLED'), currency: fc.constantFrom('EUR', 'USD') }), {
    maxLength: 3,
  }),
  conversations: fc.array(fc.record({ status: fc.constantFrom('OPEN', 'PENDING', 'SOLVED', 'CLOSED'), reopens: fc.nat(2) }), {
    maxLength: 3,
  }),
  friction: fc.array(fc.record({ resolvedAtMs: fc.option(atMs) }), { maxLength: 2 }),
});

export const accounts = fc.array(traits, { minLength: 3, maxLength: 3 });

/** Rules of survivorship, as a workspace's settings have them. Those that SQL can't read come seldom. */
export const survivorship = fc.dictionary(
  fc.constantFrom(...TRAITS),
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom({ rule: 'MOST_RECENT' }, { rule: 'FIRST_SEEN' }) },
    { weight: 8, arbitrary: fc.shuffledSubarray([1, 2, 3]).map((sources) => ({ rule: 'SOURCE_PRIORITY', sources })) },
    { weight: 1, arbitrary: fc.constantFrom({ rule: 'UNION' }, { rule: 'MOST_FREQUENT' }) },
  ),
) as fc.Arbitrary<JsonObject>;

const numbers = fc.constantFrom(0, 1, 2, 2.5, 3, 4, 7, 9, 50, 100, 0.1, -7.25);
const scalar = fc.constantFrom<string | number | boolean>(...(SCALARS as (string | number | boolean)[]), 50, '12345678901234567890');
const standing = (moment: fc.Arbitrary<Moment>) =>
  fc.record({ op: fc.constantFrom('before', 'after'), moment }) as fc.Arbitrary<Comparison>;
const constant = fc.oneof(
  fc.record({ op: fc.constantFrom('eq', 'neq', 'contains'), value: scalar }),
  fc.record({ op: fc.constantFrom('gt', 'gte', 'lt', 'lte'), value: fc.oneof(numbers, fc.constantFrom('', 'm', 'pro')) }),
  fc.record({ op: fc.constant('in'), values: fc.array(scalar, { minLength: 1, maxLength: 3 }) }),
  fc.record({ op: fc.constant('startsWith'), value: fc.constantFrom('', 'p', '2026') }),
  fc.record({ op: fc.constant('exists'), value: fc.boolean() }),
) as fc.Arbitrary<Comparison>;
const movingMoment = fc.integer({ min: -3, max: 3 }).map((days) => ({ fromNowMs: days * DAY_MS }));
const comparison = fc.oneof(
  { weight: 4, arbitrary: constant },
  { weight: 1, arbitrary: standing(fc.constant({ atMs: NOW_MS })) },
  { weight: 1, arbitrary: standing(movingMoment) },
);
const numberComparison = fc.oneof(
  fc.record({ op: fc.constantFrom('eq', 'neq', 'gt', 'gte', 'lt', 'lte'), value: numbers }),
  fc.record({ op: fc.constant('in'), values: fc.array(numbers, { minLength: 1, maxLength: 2 }) }),
  fc.record({ op: fc.constant('exists'), value: fc.boolean() }),
) as fc.Arbitrary<Comparison>;

export const event: fc.Arbitrary<EventSpec> = fc
  .record({
    kind: fc.option(fc.constantFrom(...KINDS), { freq: 3 }),
    name: fc.option(fc.constantFrom(...NAMES), { freq: 1 }),
    where: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      {
        weight: 2,
        arbitrary: fc.array(
          fc.record({
            path: fc.constantFrom(['total'], ['total', 'net'], ['plan'], ['tags']),
            comparison: fc.oneof(constant, standing(fc.constant({ atMs: NOW_MS }))),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      },
    ),
  })
  .map((spec) => (spec.kind === null && spec.name === null ? { ...spec, kind: 'ORDER_PLACED' as const } : spec));

const hours = fc.constantFrom(1, 24, 48, 168).map((count) => count * HOUR_MS);
const window: fc.Arbitrary<Window> = fc
  .record({ withinMs: fc.option(hours, { freq: 3 }), olderThanMs: fc.option(hours, { freq: 1 }) })
  .map(({ withinMs, olderThanMs }) => ({
    withinMs,
    olderThanMs: withinMs !== null && olderThanMs !== null && olderThanMs >= withinMs ? null : olderThanMs,
  }));
const count: fc.Arbitrary<CountComparison> = fc.oneof(
  fc.constant({ op: 'gte' as const, value: 1 }),
  fc.record({ op: fc.constantFrom('eq', 'neq', 'gt', 'gte', 'lt', 'lte') as fc.Arbitrary<CountComparison['op']>, value: fc.nat(4) }),
);

const MEASURES_READ: MeasureName[] = [
  'nps.latest',
  'nps.average',
  'csat.latest',
  'csat.average',
  'ces.latest',
  'ces.average',
  'orders',
  'revenue',
  'averageOrderValue',
  'openConversations',
  'reopens',
  'openFriction',
  'lastSeenDaysAgo',
  'firstSeenDaysAgo',
];

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    type: fc.constant('trait' as const),
    path: fc.oneof(
      fc.constantFrom(...TRAITS).map((key) => [key]),
      fc.constantFrom(['address', 'city'], ['address', 'zip', 'code'], ['plan', '0']),
    ),
    comparison,
  }),
  fc.record({ type: fc.constant('computed' as const), key: fc.constantFrom(...COMPUTED_KEYS, 'none'), comparison }),
  fc.record({ type: fc.constant('measure' as const), measure: fc.constantFrom(...MEASURES_READ), comparison: numberComparison }),
  fc.record({
    type: fc.constant('measure' as const),
    measure: fc.constant('lifecycleStage' as const),
    comparison: fc.record({
      op: fc.constantFrom('eq', 'neq'),
      value: fc.constantFrom('CUSTOMER', 'AWARE', 'ANONYMOUS'),
    }) as fc.Arbitrary<Comparison>,
  }),
  fc.record({ type: fc.constant('event' as const), event, count, window }),
  fc.record({ type: fc.constant('event' as const), event, count, window }),
  fc.record({ type: fc.constant('sequence' as const), events: fc.array(event, { minLength: 2, maxLength: 4 }), window }),
  fc.record({ type: fc.constant('consent' as const), purpose: fc.constantFrom(...PURPOSES, 'sms') }),
  fc.record({
    type: fc.constant('account' as const),
    path: fc.option(fc.constantFrom(['plan'], ['age'], ['address', 'city'])),
    comparison: fc.oneof(comparison, fc.constant({ op: 'eq' as const, value: 'account-1' })),
  }),
);

/** `segments`: keys that it may ask for. */
export function condition(segments: readonly string[]): fc.Arbitrary<Condition> {
  const named = segments.length === 0 ? [] : [fc.record({ type: fc.constant('segment' as const), key: fc.constantFrom(...segments) })];
  return fc.letrec<{ tree: Condition }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.oneof({ weight: 8, arbitrary: leaf }, ...named.map((arbitrary) => ({ weight: 1, arbitrary }))),
      fc.record({
        type: fc.constantFrom('all' as const, 'any' as const),
        conditions: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ type: fc.constant('not' as const), condition: tie('tree') }),
    ),
  })).tree;
}

/** One of each key; none asks for itself, and none of those it asks for asks for it. */
export const segments: fc.Arbitrary<readonly Condition[]> = fc.tuple(
  ...SEGMENT_KEYS.map((_, index) => condition(SEGMENT_KEYS.slice(0, index))),
);

export const computedTraits: fc.Arbitrary<readonly ComputedTrait[]> = fc.tuple(
  ...COMPUTED_KEYS.map((key) =>
    fc
      .record({
        aggregate: fc.constantFrom(...AGGREGATES),
        event,
        property: fc.constantFrom(['total'], ['total'], ['total', 'net'], ['tags']),
        withinMs: fc.option(hours),
        isOfEvents: fc.boolean(),
      })
      .map(({ isOfEvents, property, ...definition }) => ({
        key,
        name: key,
        definition: { ...definition, property: definition.aggregate === 'count' && isOfEvents ? null : property },
      })),
  ),
);

export const moments = fc
  .uniqueArray(
    fc.tuple(fc.integer({ min: -60, max: 80 }), fc.constantFrom(-1, 0, 0, 1)).map(([hour, ms]) => NOW_MS + hour * HOUR_MS + ms),
    { minLength: 3, maxLength: 3 },
  )
  .map((list) => list.sort((one, other) => one - other));
