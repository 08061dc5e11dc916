import type { Json } from '../../../src/kernel/json';
import { anEvent } from '../experience/experienceWorld';
import { SegmentWorld } from './segmentWorld';

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
const MINUTE_MS = 60_000;
const SEARCHED = { event: { name: 'Searched' } };

/** What nothing but the newest few of the events answers, and what more of them do. */
const SEGMENTS: Readonly<Record<string, Json>> = {
  'here-today': { ...SEARCHED, within: '1d' },
  'three-of-late': { ...SEARCHED, count: { op: 'gte', value: 3 }, within: '2d' },
  'exactly-two': { ...SEARCHED, count: { op: 'eq', value: 2 }, within: '1d' },
  'not-five': { ...SEARCHED, count: { op: 'neq', value: 5 }, within: '3d' },
  'fewer-than-four': { ...SEARCHED, count: { op: 'lt', value: 4 }, within: '2d' },
  'at-most-one': { ...SEARCHED, count: { op: 'lte', value: 1 }, within: '12h' },
  'looked-and-bought': { sequence: [{ name: 'Viewed' }, { name: 'Bought' }], within: '10d' },
  'looked-long-ago': { event: { name: 'Viewed' }, count: { op: 'gte', value: 100 }, olderThan: '5d' },
};

let world: SegmentWorld;
beforeEach(async () => {
  world = await SegmentWorld.create();
  for (const [key, definition] of Object.entries(SEGMENTS)) await world.define(key, definition);
});
afterEach(() => world.close());

/** At that time and at each of the twelve days after it, when the clock alone has moved on. */
async function expectTruthForDays(): Promise<void> {
  for (let day = 0; day < 12; day++) {
    expect(await world.memberships()).toEqual((await world.readAll()).memberships);
    await world.later(DAY_MINUTES * MINUTE_MS);
  }
}

const several = (userId: string, event: string, count: number, minutesBefore: (n: number) => number) =>
  Array.from({ length: count }, (_, n) => anEvent(userId, event, minutesBefore(n)));

it('tells of somebody who did hundreds of things what SQL tells that counts them all', async () => {
  await world.hear(
    ...several('ada', 'Searched', 300, (n) => 10 + n * HOUR_MINUTES),
    ...several('ada', 'Viewed', 200, (n) => 5 + n * 90),
    anEvent('ada', 'Bought', 9 * DAY_MINUTES),
    ...several('grace', 'Viewed', 300, (n) => 5 + n),
    anEvent('grace', 'Bought', 30 * DAY_MINUTES),
  );
  expect(await world.members('looked-and-bought')).toEqual(['ada']);
  expect(await world.members('three-of-late')).toEqual(['ada']);
  await expectTruthForDays();
});

it('does so where some of it is dated ahead', async () => {
  await world.hear(
    ...several('ada', 'Searched', 300, (n) => 2 * HOUR_MINUTES - n * HOUR_MINUTES),
    ...several('grace', 'Searched', 150, (n) => 7 - n),
  );
  expect(await world.members('exactly-two')).toEqual([]);
  expect(await world.members('three-of-late')).toEqual(['ada', 'grace']);
  await expectTruthForDays();
});
