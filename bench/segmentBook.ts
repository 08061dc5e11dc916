import type { Json } from '../src/kernel/json';

const NAMES = [
  'Product Viewed',
  'Searched',
  'Product Added',
  'Order Completed',
  'Email Opened',
  'Ticket Created',
  'Signed In',
  'Payment Failed',
] as const;
const MEASURES = ['orders', 'revenue', 'openConversations', 'reopens', 'nps.latest', 'csat.average', 'openFriction'] as const;
const SPANS = ['1d', '7d', '14d', '30d', '90d'] as const;
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

const ABOUT: readonly ((n: number) => Json)[] = [
  (n) => ({ trait: 'plan', op: 'eq', value: pick(['free', 'pro', 'team'], n) }),
  (n) => ({ event: { name: pick(NAMES, n) }, within: pick(SPANS, n) }),
  (n) => ({ event: { name: pick(NAMES, n) }, count: { op: 'gte', value: 2 + (n % 5) }, within: pick(SPANS, n >> 1) }),
  (n) => ({
    event: { kind: 'ORDER_PLACED', where: [{ property: 'total', op: 'gte', value: 10 * (1 + (n % 8)) }] },
    within: pick(SPANS, n),
  }),
  (n) => ({
    all: [
      { event: { name: 'Product Added' }, within: pick(SPANS, n) },
      { not: { event: { name: 'Order Completed' }, within: pick(SPANS, n) } },
    ],
  }),
  (n) => ({ measure: pick(MEASURES, n), op: 'gte', value: 1 + (n % 3) }),
  (n) => ({
    all: [
      { trait: 'country', op: 'in', value: ['DE', 'AT', 'CH'].slice(n % 3) },
      { measure: 'lastSeenDaysAgo', op: 'lt', value: 7 * (1 + (n % 4)) },
    ],
  }),
  (n) => ({
    sequence: [{ name: pick(['Email Opened', 'Searched'], n) }, { name: pick(['Order Completed', 'Product Added'], n) }],
    within: pick(SPANS, n),
  }),
  (n) => ({
    any: [
      { computed: 'spent', op: 'gt', value: 50 * (1 + (n % 4)) },
      { computed: 'visits', op: 'gte', value: 5 * (1 + (n % 3)) },
    ],
  }),
];

/** Computed traits that the segments below ask for. */
export const COMPUTED_TRAITS: Readonly<Record<string, Json>> = {
  spent: { aggregate: 'sum', event: { kind: 'ORDER_PLACED' }, property: 'total', within: '90d' },
  visits: { aggregate: 'count', event: { name: 'Signed In' }, within: '30d' },
};

/** What a marketing department has after some years: `count` segments, each tenth of them made of others. By key. */
export function segmentBook(count: number): Readonly<Record<string, Json>> {
  const book: Record<string, Json> = {};
  for (let n = 0; n < count; n++) {
    const others = [`s${n - 3}`, `s${n - 7}`].map((segment) => ({ segment }));
    book[`s${n}`] = n % 10 === 9 ? { all: [others[0] as Json, { not: others[1] as Json }] } : pick(ABOUT, n)(Math.floor(n / ABOUT.length));
  }
  return book;
}
