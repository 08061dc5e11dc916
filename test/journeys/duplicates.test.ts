import { System } from './system';

jest.setTimeout(150_000);

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const aVisit = (messageId: string, event: string, userId = 'ada') => ({ type: 'track', messageId, userId, event });
const TIMELINE = `query ($userId: String!) { profile(identifier: { type: "user_id", value: $userId }) {
  timeline { totalCount nodes { messageId name } }
} }`;
async function timelineOf(userId: string): Promise<string[]> {
  const { data } = await system.graphql(TIMELINE, { userId });
  const { totalCount, nodes } = data.profile.timeline;
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ messageId, name }: { messageId: string; name: string }) => `${messageId} ${name}`);
}

it('tells a message once that was sent again later, in one batch twice, or by another path', async () => {
  await system.take([aVisit('a-1', 'First'), aVisit('a-1', 'Twin in the batch')]);
  await system.take([aVisit('a-1', 'Sent again')]);
  await system.post('/v1/track', aVisit('a-1', 'By another path'));
  await system.settled();
  expect(await timelineOf('ada')).toEqual(['a-1 First']);
});

it('lets the first accepted one win where the same ids race in many requests', async () => {
  const racing = await Promise.all(
    Array.from({ length: 40 }, async (_, request) => {
      const batch = Array.from({ length: 10 }, (__, index) => aVisit(`race-${index}`, `Request ${request}`, 'racer'));
      return { request, position: BigInt(await system.accept(batch)) };
    }),
  );
  await system.settled();
  const first = racing.reduce((least, one) => (one.position < least.position ? one : least));
  expect((await timelineOf('racer')).sort()).toEqual(Array.from({ length: 10 }, (_, index) => `race-${index} Request ${first.request}`));
});

it('does not let a duplicate move a trait, a last-seen time or an account', async () => {
  const identify = { type: 'identify', messageId: 'i-1', userId: 'grace', timestamp: '2026-01-05T00:00:00.000Z', traits: { plan: 'free' } };
  await system.take([identify]);
  await system.take([{ ...identify, timestamp: '2026-02-05T00:00:00.000Z', traits: { plan: 'pro', email: 'grace@example.com' } }]);
  await system.take([{ ...identify, type: 'group', groupId: 'navy' }]);
  const { data } = await system.graphql(
    '{ profile(identifier: { type: "user_id", value: "grace" }) { email traits lastSeenAt accounts { id } identifiers { type } } }',
  );
  expect(data.profile).toEqual({
    email: null,
    traits: { plan: 'free' },
    lastSeenAt: '2026-01-05T00:00:00.000Z',
    accounts: [],
    identifiers: [{ type: 'user_id' }],
  });
});

it('keeps the same id from two sources apart: it names a message of its source', async () => {
  const created = await system.graphql(
    'mutation { createSource(input: { name: "Shop", type: "segment", department: SALES }) { source { writeKey } } }',
  );
  await system.take([aVisit('shared', 'From the website', 'both')]);
  await system.take([aVisit('shared', 'From the shop', 'both')], created.data.createSource.source.writeKey);
  expect((await timelineOf('both')).sort()).toEqual(['shared From the shop', 'shared From the website']);
});
