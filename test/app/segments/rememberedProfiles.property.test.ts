import fc from 'fast-check';
import { Following } from '../../../src/app/segments/following';
import { SoleWriter } from '../../../src/app/segments/soleWriter';
import type { Json } from '../../../src/kernel/json';
import { anEvent } from '../experience/experienceWorld';
import { EVENTS, someDefinitions } from './arbitraries';
import { SegmentWorld } from './segmentWorld';

jest.setTimeout(600_000);

const RUNS = Number(process.env['SEGMENT_RUNS'] ?? 20);
const CUSTOMERS = ['ada', 'grace', 'joan'] as const;
const MINUTE_MS = 60_000;

/** Without health, which is told of facts before anybody has evaluated them: reading anew would be ahead of whoever waits for the evaluation. */
const definitions = someDefinitions(8).filter((all) => !JSON.stringify(all).includes('"health"'));
const happening = fc.record({
  customer: fc.constantFrom(...CUSTOMERS),
  event: fc.constantFrom(...EVENTS),
  minutesBefore: fc.oneof(fc.integer({ min: -600, max: 3_000 }), fc.constantFrom(60, 61, 62)),
  total: fc.constantFrom(5, 10, 20.5),
});
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      is: fc.constant('hear' as const),
      happenings: fc.array(happening, { minLength: 1, maxLength: 4 }),
      isFollowed: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('tick' as const), minutes: fc.integer({ min: 1, max: 3_000 }) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('merge' as const) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('undo' as const) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('evaluate' as const) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('other follower' as const) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('identify' as const), plan: fc.constantFrom('free', 'pro') }) },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

let messages = 0;
let looksFromMemory = 0;

it('remembers of profiles nothing that reading them anew would not tell', async () => {
  await fc.assert(
    fc.asyncProperty(definitions, fc.array(step, { minLength: 8, maxLength: 25, size: 'max' }), async (asked, steps) => {
      const world = await SegmentWorld.create();
      const other = new Following({ ...world.options, writer: new SoleWriter(world.experience.world.pool) });
      try {
        await world.createTrait('spent', { aggregate: 'sum', event: { name: 'Order Completed' }, property: 'total', within: '2w' });
        await world.createTrait('last-product', { aggregate: 'last', event: { name: 'Product Viewed' }, property: 'product.id' });
        await world.createTrait('views', { aggregate: 'count', event: { name: 'Product Viewed' }, within: '3d' });
        for (const [n, json] of asked.entries()) await world.create(`s${n}`, json as Json);
        await world.hear(...CUSTOMERS.map((customer) => aVisit({ customer, event: 'Product Viewed', minutesBefore: 100_000, total: 5 })));
        await world.compute();
        for (const each of steps) await carryOut(world, other, each);
        await world.follow();
        expect(await world.memberships()).toEqual(await world.evaluateAll());
        expect(world.errors).toEqual([]);
      } finally {
        await world.close();
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(looksFromMemory).toBeGreaterThan(RUNS);
});

/** Of visitors that may be merged, as those with user ids may not. */
function aVisit({ customer, event, minutesBefore, total }: Happening): object {
  return { ...anEvent('', event, minutesBefore, { total }), userId: undefined, anonymousId: customer };
}

async function carryOut(world: SegmentWorld, other: Following, each: Step): Promise<void> {
  const { experience } = world;
  switch (each.is) {
    case 'hear':
      await experience.hear(...each.happenings.map(aVisit));
      if (!each.isFollowed) return;
      return followAndCompare(world);
    case 'tick':
      experience.nowMs += each.minutes * MINUTE_MS;
      return followAndCompare(world);
    case 'merge': {
      const [one, another] = await experience.profileIds();
      if (one && another) await experience.merge(one.profile_id, another.profile_id);
      return;
    }
    case 'undo': {
      const [merge] = await world.query<{ merge_id: string }>(
        'select merge_id from profile_merge where undone_at is null order by merged_at desc limit 1',
      );
      if (merge) await experience.desk.undoMerge(1, merge.merge_id, experience.author());
      return;
    }
    case 'evaluate':
      return experience.evaluate();
    case 'other follower':
      while (!(await other.step(1)));
      return;
    case 'identify':
      return experience.hear({ type: 'identify', anonymousId: 'ada', traits: { plan: each.plan }, messageId: `i${messages++}` });
  }
}

async function followAndCompare(world: SegmentWorld): Promise<void> {
  const { sent } = world.experience.world;
  const [read, looked] = [sent('read_subject_members'), sent('load_profile_fates')];
  await world.follow();
  if (sent('load_profile_fates') > looked && sent('read_subject_members') === read) looksFromMemory++;
  expect(await world.memberships()).toEqual(await world.evaluateAll());
}
