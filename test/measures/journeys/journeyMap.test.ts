import fc from 'fast-check';
import { INTERACTION_KINDS } from '../../../src/kernel/vocabulary';
import { FrictionTimes } from '../../../src/measures/journeys/frictionTimes';
import { type JourneyMapOptions, journeyMap } from '../../../src/measures/journeys/journeyMap';
import { STAGE_OF_KIND, STAGES } from '../../../src/measures/journeys/stages';
import type { Touch } from '../../../src/measures/touches/touch';
import { anyTouch, indexOf, MINUTE_MS, MONDAY_MS, pathsOfChunks, pathsOfCustomers } from '../touches/builders';

const BY_NAME: JourneyMapOptions = { level: 'NAME', maxSteps: 6, collapse: false, friction: null };

/** A path of one letter a touch, a minute apart. */
const path = (letters: string): Partial<Touch>[] =>
  [...letters].map((name, minute) => ({ name, occurredAtMs: MONDAY_MS + minute * MINUTE_MS }));

it('counts a label at a step as a node, its customers once, and who goes no further', async () => {
  const { customers, nodes } = journeyMap(await pathsOfCustomers([path('ab'), path('ac'), path('a'), []]), BY_NAME);
  expect(customers).toBe(3);
  expect(nodes.map(({ id, step, label, customers: count, dropOff }) => [id, step, label, count, dropOff])).toEqual([
    ['1:a', 1, 'a', 3, 1],
    ['2:b', 2, 'b', 1, 1],
    ['2:c', 2, 'c', 1, 1],
  ]);
});

it('links a step to the next one, with the median of the minutes between', async () => {
  const later = (minutes: number) => [{ name: 'a' }, { name: 'b', occurredAtMs: MONDAY_MS + minutes * MINUTE_MS }];
  const { links } = journeyMap(await pathsOfCustomers([later(1), later(2), later(60), later(100), path('ac')]), BY_NAME);
  expect(links).toEqual([
    { from: '1:a', to: '2:b', customers: 4, medianMinutes: 31 },
    { from: '1:a', to: '2:c', customers: 1, medianMinutes: 1 },
  ]);
});

it('takes each touch for a step, so that a label can follow itself', async () => {
  const { links } = journeyMap(await pathsOfCustomers([path('aab')]), BY_NAME);
  expect(links.map(({ from, to }) => `${from} ${to}`)).toEqual(['1:a 2:a', '2:a 3:b']);
});

it('takes a run of one label for one step where it is asked to collapse them', async () => {
  const { nodes, links } = journeyMap(await pathsOfCustomers([path('aaabba')]), { ...BY_NAME, collapse: true });
  expect(nodes.map(({ id, dropOff }) => [id, dropOff])).toEqual([
    ['1:a', 0],
    ['2:b', 0],
    ['3:a', 1],
  ]);
  expect(links.map(({ medianMinutes }) => medianMinutes)).toEqual([3, 2]);
});

it('does not take for a drop-off who only goes on beyond the last step shown', async () => {
  const { nodes } = journeyMap(await pathsOfCustomers([path('abc'), path('ab')]), { ...BY_NAME, maxSteps: 2 });
  expect(nodes.map(({ id, dropOff }) => [id, dropOff])).toEqual([
    ['1:a', 0],
    ['2:b', 1],
  ]);
});

it('takes only the window into account: what lies after it is no further step', async () => {
  const paths = await pathsOfCustomers([path('ab')], { fromMs: MONDAY_MS, toMs: MONDAY_MS + MINUTE_MS });
  expect(journeyMap(paths, BY_NAME).nodes.map(({ id, dropOff }) => [id, dropOff])).toEqual([['1:a', 1]]);
});

it('averages the sentiment of those touches that have one', async () => {
  const said = (sentiment: number | null) => [{ name: 'a', sentiment }];
  const { nodes } = journeyMap(await pathsOfCustomers([said(-0.5), said(1), said(null)]), BY_NAME);
  expect(nodes[0]?.averageSentiment).toBe(0.25);
});

it('knows no sentiment where nobody said anything', async () => {
  expect(journeyMap(await pathsOfCustomers([path('a')]), BY_NAME).nodes[0]?.averageSentiment).toBeNull();
});

it('places friction at the step after which it was found, until the next one', async () => {
  const friction = new FrictionTimes([{ customer: 0, detectedAtMs: MONDAY_MS + 1.5 * MINUTE_MS }]);
  const { nodes } = journeyMap(await pathsOfCustomers([path('abc'), path('abc')]), { ...BY_NAME, friction });
  expect(nodes.map(({ frictionRate }) => frictionRate)).toEqual([0, 0.5, 0]);
});

it('places friction found after the last touch at the last step', async () => {
  const friction = new FrictionTimes([{ customer: 0, detectedAtMs: MONDAY_MS + 600 * MINUTE_MS }]);
  const { nodes } = journeyMap(await pathsOfCustomers([path('ab')]), { ...BY_NAME, friction });
  expect(nodes.map(({ frictionRate }) => frictionRate)).toEqual([0, 1]);
});

it('says null for friction that is not known', async () => {
  expect(journeyMap(await pathsOfCustomers([path('a')]), BY_NAME).nodes[0]?.frictionRate).toBeNull();
});

it.each([
  ['STAGE', ['1:DISCOVERY', '2:PURCHASE']],
  ['DEPARTMENT', ['1:MARKETING', '2:SALES']],
  ['CHANNEL', ['1:WEB', '2:EMAIL']],
  ['KIND', ['1:PAGE_VIEWED', '2:ORDER_PLACED']],
  ['NAME', ['1:Page Viewed', '2:Bought']],
] as const)('labels touches by their %s', async (level, ids) => {
  const order = { kind: 'ORDER_PLACED', department: 'SALES', channel: 'EMAIL', name: 'Bought', occurredAtMs: MONDAY_MS + 1 } as const;
  const { nodes } = journeyMap(await pathsOfCustomers([[{}, order]]), { ...BY_NAME, level });
  expect(nodes.map(({ id }) => id)).toEqual(ids);
});

it('gives every kind a stage', () => {
  expect(INTERACTION_KINDS.filter((_, kind) => STAGE_OF_KIND[kind]! >= STAGES.length)).toEqual([]);
});

it('is the same in whichever chunks and order the touches came', async () => {
  const customers = indexOf([[1n, -(2n ** 63n)], [2n], [3n]]);
  await fc.assert(
    fc.asyncProperty(fc.array(anyTouch, { minLength: 2, maxLength: 30 }), fc.nat(), async (touches, cut) => {
      const at = 1 + (cut % (touches.length - 1));
      const whole = await pathsOfChunks([touches], customers);
      const parted = await pathsOfChunks([touches.slice(at), touches.slice(0, at)], customers);
      expect(journeyMap(parted, BY_NAME)).toEqual(journeyMap(whole, BY_NAME));
    }),
  );
});

it('loses nobody: at each step, those who go on and those who drop off are those who came', async () => {
  const customers = indexOf([[1n], [2n], [3n]]);
  await fc.assert(
    fc.asyncProperty(fc.array(anyTouch, { minLength: 1, maxLength: 40 }), fc.boolean(), async (touches, collapse) => {
      const { nodes, links } = journeyMap(await pathsOfChunks([touches], customers), {
        ...BY_NAME,
        level: 'KIND',
        maxSteps: 100,
        collapse,
      });
      for (const node of nodes) {
        const gone = links.filter(({ from }) => from === node.id).reduce((sum, link) => sum + link.customers, 0);
        expect(gone + node.dropOff).toBe(node.customers);
      }
    }),
  );
});
