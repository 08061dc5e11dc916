import type { Json } from '../../src/kernel/json';
import { valueKey } from '../../src/profile/traitState';
import type { PlainCustomer } from './plainCustomers';
import { PURPOSES } from './randomTraffic';

const HOUR_MS = 3_600_000;
const TIERS = ['bronze', 'silver', 'gold', 'platinum'] as const;
/** Each family of definitions has so many members. */
export const VARIANTS = 4;
export const COMPUTED_TRAITS = [
  { key: 'purchases', name: 'Purchases', definition: { aggregate: 'count', event: { name: 'Bought' } } },
  { key: 'spent', name: 'Spent', definition: { aggregate: 'sum', event: { name: 'Bought' }, property: 'amount' } },
] as const;

/** The same condition twice: as it is stored, and said the slow and obvious way. `isIn`: of the other segments, by their keys. */
export interface PlainSegment {
  readonly definition: Json;
  readonly holds: (customer: PlainCustomer, nowMs: number, isIn: (key: string) => boolean) => boolean;
}

export function happened({ messages }: PlainCustomer, name: string, nowMs: number, withinMs = Number.POSITIVE_INFINITY) {
  return messages.filter((message) => message.name === name && message.atMs <= nowMs && message.atMs > nowMs - withinMs);
}

/** By their keys. Those that others name come first. */
export const FAMILIES: Readonly<Record<string, (n: number) => PlainSegment>> = {
  tier: (n) => ({
    definition: { trait: 'tier', op: 'eq', value: TIERS[n] as string },
    holds: ({ traits }) => traits.get('tier') === TIERS[n],
  }),
  score: (n) => ({
    definition: { trait: 'score', op: 'gte', value: n * 20 },
    holds: ({ traits }) => Number(traits.get('score') ?? Number.NaN) >= n * 20,
  }),
  lately: (n) => ({
    definition: { event: { name: 'Bought' }, within: `${n + 1}h` },
    holds: (customer, nowMs) => happened(customer, 'Bought', nowMs, (n + 1) * HOUR_MS).length > 0,
  }),
  quiet: (n) => ({
    definition: { not: { event: { name: 'Clicked' }, within: `${n + 1}h` } },
    holds: (customer, nowMs) => happened(customer, 'Clicked', nowMs, (n + 1) * HOUR_MS).length === 0,
  }),
  regular: (n) => ({
    definition: { event: { name: 'Bought' }, count: { op: 'gte', value: n + 2 } },
    holds: (customer, nowMs) => happened(customer, 'Bought', nowMs).length >= n + 2,
  }),
  loyal: (n) => ({
    definition: { computed: 'purchases', op: 'gte', value: n + 3 },
    holds: (customer, nowMs) => happened(customer, 'Bought', nowMs).length >= n + 3,
  }),
  agreed: (n) => ({
    definition: { any: [{ consent: PURPOSES[n % 2] as string }, { trait: 'score', op: 'gt', value: 90 + n }] },
    holds: ({ consents, traits }) => consents.get(PURPOSES[n % 2] as string) === true || Number(traits.get('score') ?? 0) > 90 + n,
  }),
  buyer: (n) => ({
    definition: { measure: 'orders', op: 'gte', value: n + 1 },
    holds: (customer, nowMs) => happened(customer, 'Order Completed', nowMs).length >= n + 1,
  }),
  nested: (n) => ({
    definition: { all: [{ segment: 'tier' }, { not: { segment: 'lately' } }, { trait: 'score', op: 'gte', value: n * 10 }] },
    holds: ({ traits }, _nowMs, isIn) => isIn('tier') && !isIn('lately') && Number(traits.get('score') ?? Number.NaN) >= n * 10,
  }),
};

/** By their keys: those that nobody ever changes. */
const STEADY: Readonly<Record<string, PlainSegment>> = Object.fromEntries(
  ['score', 'lately', 'regular', 'agreed', 'buyer'].map((key) => [`steady-${key}`, (FAMILIES[key] as (typeof FAMILIES)[string])(1)]),
);

/** By their keys. */
export const FIRST_SEGMENTS = [...Object.entries(FAMILIES).map(([key, family]) => [key, family(0)] as const), ...Object.entries(STEADY)];

const KNOWN = new Map(
  Object.values(FAMILIES).flatMap((family) =>
    Array.from({ length: VARIANTS }, (_, n) => family(n)).map((segment) => [valueKey(segment.definition), segment] as const),
  ),
);

/** What a stored definition says. */
export function plainSegmentOf(definition: Json): PlainSegment {
  const segment = KNOWN.get(valueKey(definition));
  if (!segment) throw new Error(`Nobody asked for this segment: ${JSON.stringify(definition)}`);
  return segment;
}

/** The keys of the segments that a customer is in. */
export function segmentsWith(segments: ReadonlyMap<string, PlainSegment>, customer: PlainCustomer, nowMs: number): ReadonlySet<string> {
  const isIn = (key: string): boolean => segments.get(key)?.holds(customer, nowMs, isIn) ?? false;
  return new Set([...segments.keys()].filter(isIn));
}
