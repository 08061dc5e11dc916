import fc from 'fast-check';
import type { Json } from '../../../src/kernel/json';

export const EVENTS = ['Order Completed', 'Product Viewed', 'Ticket Created', 'Ticket Solved', 'NPS Answered', 'Consent Changed'] as const;
const PLANS = ['free', 'pro', 'team'] as const;
const NUMBER_OPS = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte'] as const;

const span = fc.constantFrom('12h', '1d', '3d', '2w', '60d');
const window = fc.oneof(
  fc.constant({}),
  fc.record({ within: span }),
  fc.constantFrom({ olderThan: '1d' }, { within: '2w', olderThan: '12h' }, { within: '60d', olderThan: '3d' }),
);
const total = fc.record({ property: fc.constant('total'), op: fc.constantFrom(...NUMBER_OPS), value: fc.constantFrom(5, 10, 20) });
const product = fc.oneof(
  fc.record({ property: fc.constant('product.id'), op: fc.constant('in'), value: fc.constantFrom(['p1', 'p2'], ['p2'], ['p3', 7]) }),
  fc.record({ property: fc.constant('product.id'), op: fc.constant('exists'), value: fc.boolean() }),
);
const event = fc.record({ name: fc.constantFrom(...EVENTS), where: fc.array(fc.oneof(total, product), { maxLength: 2 }) });
const counted = fc
  .tuple(
    event,
    window,
    fc.option(fc.record({ op: fc.constantFrom(...NUMBER_OPS), value: fc.integer({ min: 0, max: 4 }) }), { nil: undefined }),
  )
  .map(([asked, spans, count]) => ({ event: asked, ...spans, ...(count ? { count } : {}) }));
const sequence = fc.tuple(fc.array(event, { minLength: 2, maxLength: 3 }), window).map(([steps, spans]) => ({ sequence: steps, ...spans }));
const trait = fc.oneof(
  fc.record({ trait: fc.constant('plan'), op: fc.constantFrom('eq', 'neq', 'startsWith'), value: fc.constantFrom(...PLANS) }),
  fc.record({ trait: fc.constant('address.city'), op: fc.constant('in'), value: fc.constantFrom(['Paris', 'Rome'], ['Rome', 3]) }),
  fc.record({ trait: fc.constant('score'), op: fc.constantFrom(...NUMBER_OPS), value: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ trait: fc.constant('tags'), op: fc.constant('contains'), value: fc.constantFrom('a', 'b') }),
  fc.record({
    trait: fc.constant('renewsAt'),
    op: fc.constantFrom('before', 'after'),
    value: fc.constantFrom('now', 'now+7d', 'now-3d', '2026-06-03'),
  }),
);
const measure = fc.oneof(
  fc.record({
    measure: fc.constantFrom('lastSeenDaysAgo', 'firstSeenDaysAgo', 'orders', 'openConversations', 'nps.latest'),
    op: fc.constantFrom(...NUMBER_OPS),
    value: fc.integer({ min: 0, max: 9 }),
  }),
  fc.record({ measure: fc.constant('revenue'), op: fc.constantFrom('gt', 'lt'), value: fc.constantFrom(10, 25) }),
  fc.record({
    measure: fc.constant('lifecycleStage'),
    op: fc.constant('in'),
    value: fc.constantFrom(['CUSTOMER', 'LOYAL'], ['ANONYMOUS', 'AWARE']),
  }),
  fc.record({ measure: fc.constant('health'), op: fc.constantFrom('gte', 'lt'), value: fc.constantFrom(60, 80) }),
);
const account = fc.oneof(
  fc.record({ account: fc.constant('tier'), op: fc.constant('eq'), value: fc.constantFrom('gold', 'silver') }),
  fc.record({ account: fc.constant({ externalId: true }), op: fc.constant('eq'), value: fc.constantFrom('acme', 'globex') }),
);
const leaf = fc.oneof(
  { weight: 8, arbitrary: counted },
  { weight: 1, arbitrary: sequence },
  { weight: 3, arbitrary: trait },
  { weight: 2, arbitrary: measure },
  { weight: 1, arbitrary: fc.record({ consent: fc.constantFrom('email', 'sms') }) },
  { weight: 1, arbitrary: account },
  {
    weight: 1,
    arbitrary: fc
      .record({
        computed: fc.constantFrom('spent', 'last-product', 'views'),
        op: fc.constantFrom('gt', 'lt', 'eq'),
        value: fc.constantFrom(1, 15, 'p1'),
      })
      .filter(({ op, value }) => op === 'eq' || typeof value === 'number'),
  },
);

/** Of the segments made before it. */
const named = (keys: readonly string[]) =>
  keys.length === 0 ? [] : [{ weight: 1, arbitrary: fc.record({ segment: fc.constantFrom(...keys) }) }];

export function aDefinition(keys: readonly string[]): fc.Arbitrary<Json> {
  const part = fc.oneof({ weight: 5, arbitrary: leaf }, ...named(keys));
  const not = fc.record({ not: part });
  const group = (inside: fc.Arbitrary<unknown>) =>
    fc.oneof(
      fc.record({ all: fc.array(inside, { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(inside, { minLength: 1, maxLength: 3 }) }),
    );
  return fc.oneof(part, not, group(fc.oneof(part, not)), group(fc.oneof(part, not, group(part)))) as fc.Arbitrary<Json>;
}

/** s0, s1, …, of which each may name those before it. */
export function someDefinitions(count: number): fc.Arbitrary<Json[]> {
  return fc.tuple(...Array.from({ length: count }, (_, n) => aDefinition(Array.from({ length: n }, (_each, k) => `s${k}`))));
}

const properties = fc.record(
  {
    total: fc.constantFrom<Json>(5, 10, 20.5, '10', null),
    product: fc.constantFrom<Json>({ id: 'p1' }, { id: 'p2' }, { id: 7 }, 'p1'),
    score: fc.integer({ min: 0, max: 10 }),
    ticket_id: fc.constantFrom('t1', 't2'),
    order_id: fc.constantFrom('o1', 'o2', 'o3'),
    purpose: fc.constantFrom('email', 'sms'),
    granted: fc.boolean(),
    currency: fc.constant('EUR'),
  },
  { requiredKeys: ['score', 'ticket_id', 'order_id', 'purpose', 'granted', 'currency'] },
);
const traits = fc.record(
  {
    plan: fc.constantFrom<Json>(...PLANS, null, 3),
    address: fc.constantFrom<Json>({ city: 'Paris' }, { city: 'Rome' }, { city: 3 }, 'Rome'),
    score: fc.constantFrom<Json>(0, 4, 9, '4'),
    tags: fc.constantFrom<Json>(['a'], ['a', 'b'], 'b', []),
    renewsAt: fc.constantFrom<Json>('2026-06-03', '2026-05-30T10:00:00Z', '2026-06-20T00:00:00+02:00', 'soon'),
  },
  { requiredKeys: [] },
);

/** What happens to a workspace, in order. Numbers pick among what is there. */
export const aStep = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      is: fc.constant('message' as const),
      visitor: fc.nat(5),
      user: fc.option(fc.nat(4), { freq: 3 }),
      email: fc.option(fc.nat(3), { freq: 1 }),
      call: fc.constantFrom('track' as const, 'track' as const, 'track' as const, 'identify' as const, 'group' as const),
      event: fc.nat(EVENTS.length - 1),
      group: fc.constantFrom('acme', 'globex'),
      tier: fc.constantFrom('gold', 'silver'),
      minutesBefore: fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: -900, max: 5_000 }) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 100_000 }) },
      ),
      source: fc.constantFrom(1, 2),
      properties,
      traits,
    }),
  },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('process' as const), follow: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant('tick' as const),
      minutes: fc.oneof(fc.integer({ min: 300, max: 1_500 }), fc.integer({ min: 300, max: 6_000 })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('evaluate' as const) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('merge' as const), one: fc.nat(9), other: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('undo' as const), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('split' as const), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('define' as const), which: fc.nat(20), wait: fc.boolean() }) },
);
export type Step = typeof aStep extends fc.Arbitrary<infer T> ? T : never;
