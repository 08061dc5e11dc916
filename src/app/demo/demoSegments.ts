import type { SegmentDesk } from '../../api/ports/segmentDesk';
import type { NewId } from '../../kernel/clock';
import type { Json } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';

interface Defined {
  readonly key: string;
  readonly name: string;
  readonly definition: Json;
}

/** Sums would add euros to pounds; counts and choices don't. */
export const DEMO_TRAITS: readonly Defined[] = [
  { key: 'orders_90d', name: 'Orders of 90 days', definition: { aggregate: 'count', event: { kind: 'ORDER_PLACED' }, within: '90d' } },
  {
    key: 'largest_order_eur',
    name: 'Largest order in euros',
    definition: {
      aggregate: 'maximum',
      event: { kind: 'ORDER_PLACED', where: [{ property: 'currency', op: 'eq', value: 'EUR' }] },
      property: 'total',
    },
  },
  {
    key: 'favourite_category',
    name: 'Category looked at most',
    definition: { aggregate: 'mostFrequent', event: { kind: 'PRODUCT_VIEWED' }, property: 'category' },
  },
];

/** Each names only those before it. */
export const DEMO_SEGMENTS: readonly (Defined & { readonly description: string })[] = [
  {
    key: 'regulars',
    name: 'Regulars',
    description: 'Bought at least twice in 90 days.',
    definition: { computed: 'orders_90d', op: 'gte', value: 2 },
  },
  {
    key: 'promoters',
    name: 'Promoters who buy',
    description: 'Would recommend us, and have bought something.',
    definition: {
      all: [
        { measure: 'nps.latest', op: 'gte', value: 9 },
        { measure: 'orders', op: 'gte', value: 1 },
      ],
    },
  },
  {
    key: 'unhappy',
    name: 'Unhappy',
    description: 'Something hurts that is not over, or they said so.',
    definition: {
      any: [
        { measure: 'openFriction', op: 'gte', value: 1 },
        { measure: 'csat.latest', op: 'lte', value: 2 },
      ],
    },
  },
  {
    key: 'gone-quiet',
    name: 'Gone quiet',
    description: 'Bought in the last year, and neither bought nor opened an e-mail in the last 60 days.',
    definition: {
      all: [
        { event: { kind: 'ORDER_PLACED' }, within: '52w', olderThan: '60d' },
        { not: { event: { kind: 'ORDER_PLACED' }, within: '60d' } },
        { not: { event: { kind: 'EMAIL_OPENED' }, within: '60d' } },
      ],
    },
  },
  {
    key: 'win-back',
    name: 'To be won back',
    description: 'Gone quiet, but not unhappy: those get a call, no offer.',
    definition: { all: [{ segment: 'gone-quiet' }, { not: { segment: 'unhappy' } }] },
  },
  {
    key: 'left-a-cart',
    name: 'Left a cart',
    description: 'Put something into the cart this week and did not order.',
    definition: { all: [{ event: { kind: 'CART_UPDATED' }, within: '7d' }, { not: { event: { kind: 'ORDER_PLACED' }, within: '7d' } }] },
  },
];

/** Defines what a marketer of the demo company would. Safe to repeat: what is there already stays. */
export async function defineDemoSegments(desk: SegmentDesk, workspaceId: number, newId: NewId, atMs: number): Promise<void> {
  const author = () => ({ actor: 'demo', auditId: newId(), atMs });
  for (const trait of DEMO_TRAITS) await unlessThere(() => desk.createComputedTrait(workspaceId, trait, author()));
  for (const segment of DEMO_SEGMENTS) await unlessThere(() => desk.createSegment(workspaceId, segment, author()));
}

async function unlessThere(create: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'CONFLICT')) throw error;
  }
}
