import { System } from './system';

jest.setTimeout(150_000);

let system: System;
beforeAll(async () => {
  system = await System.start();
  // Two devices, so that the timeline is a merge; every third message shares its time with its neighbours.
  const old = Array.from({ length: 60 }, (_, index) =>
    aVisit(`old-${String(index).padStart(2, '0')}`, 100 + Math.floor(index / 3), index % 2),
  );
  await system.take([{ type: 'identify', messageId: 'who-0', userId: 'ada', anonymousId: 'device-0', timestamp: at(1) }]);
  await system.take([{ type: 'identify', messageId: 'who-1', userId: 'ada', anonymousId: 'device-1', timestamp: at(2) }]);
  await system.take(old);
});
afterAll(() => system.stop());

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();
const aVisit = (messageId: string, minute: number, device: number) => ({
  type: 'track',
  messageId,
  anonymousId: `device-${device}`,
  event: 'Visited',
  timestamp: at(minute),
});

const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String) {
  profile(identifier: { type: "user_id", value: "ada" }) { timeline(first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { messageId occurredAt } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } }
}`;
async function page(range: object) {
  const { data, codes } = await system.graphql(PAGE, range);
  expect(codes).toEqual([]);
  const { nodes, pageInfo, totalCount } = data.profile.timeline;
  return { ids: nodes.map(({ messageId }: { messageId: string }) => messageId) as string[], pageInfo, totalCount };
}

/** Newer than everything, in between, and older than everything, on both devices. */
let came = 0;
async function moreComes(): Promise<string[]> {
  const batch = [500 + came, 105, 115, 3].map((minute, index) => aVisit(`new-${came}-${index}`, minute, index % 2));
  came++;
  await system.take(batch);
  return batch.map(({ messageId }) => messageId);
}

it('pages forward without repeating or skipping what stood there, while messages come in everywhere', async () => {
  const stood = (await page({ first: 100 })).ids;
  expect(stood).toHaveLength(62);
  const seen: string[] = [];
  let after: string | null = null;
  for (;;) {
    const { ids, pageInfo } = await page({ first: 7, after });
    seen.push(...ids);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
    await moreComes();
  }
  expect(seen.filter((id) => stood.includes(id))).toEqual(stood);
  expect(new Set(seen).size).toBe(seen.length);
});

it('pages backward in the same way', async () => {
  const stood = (await page({ first: 100 })).ids;
  const seen: string[][] = [];
  let before: string | null = null;
  for (;;) {
    const { ids, pageInfo } = await page({ first: null, last: 7, before });
    seen.unshift(ids);
    if (!pageInfo.hasPreviousPage) break;
    before = pageInfo.startCursor;
    await moreComes();
  }
  expect(seen.flat().filter((id) => stood.includes(id))).toEqual(stood);
  expect(new Set(seen.flat()).size).toBe(seen.flat().length);
});

it('goes on where it was after two profiles became one', async () => {
  const first = await page({ first: 5 });
  const stood = (await page({ first: 60, after: first.pageInfo.endCursor })).ids;
  await system.take([{ ...aVisit('other-1', 110, 0), anonymousId: 'device-2' }]);
  await system.take([{ type: 'identify', messageId: 'who-2', userId: 'ada', anonymousId: 'device-2', timestamp: at(2) }]);
  const { ids } = await page({ first: 100, after: first.pageInfo.endCursor });
  expect(ids.filter((id) => stood.includes(id))).toEqual(stood);
  expect(ids).toContain('other-1');
});

it('tells how many there are', async () => {
  const { totalCount, ids } = await page({ first: 100 });
  const [{ count }] = (await system.ask('select count(*)::int as count from interaction')) as [{ count: number }];
  expect(totalCount).toBe(count);
  expect(ids).toHaveLength(Math.min(100, count));
});
