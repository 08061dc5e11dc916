import { System } from './system';

jest.setTimeout(150_000);

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();

it('tells 10,000 messages of one customer once each, on one timeline, however they come', async () => {
  const batches = Array.from({ length: 20 }, (_, batch) =>
    Array.from({ length: 500 }, (__, index) => {
      const n = batch * 500 + index;
      return { type: 'track', messageId: `busy-${n}`, userId: 'busy', anonymousId: `device-${n % 7}`, event: 'Clicked', timestamp: at(n) };
    }),
  );
  await Promise.all([...batches, ...batches.slice(0, 5)].map((batch) => system.accept(batch)));
  await system.settled();
  const { data } = await system.graphql(`{ profile(identifier: { type: "user_id", value: "busy" }) {
    identifiers { type } timeline(first: 3) { totalCount nodes { messageId } }
  } }`);
  expect(data.profile.identifiers).toHaveLength(8);
  expect(data.profile.timeline).toEqual({
    totalCount: 10_000,
    nodes: [{ messageId: 'busy-9999' }, { messageId: 'busy-9998' }, { messageId: 'busy-9997' }],
  });
  const [stored] = await system.ask('select count(*)::int as count, count(distinct message_id)::int as distinct from interaction');
  expect(stored).toEqual({ count: 10_000, distinct: 10_000 });
});

it('keeps 1,000 customers of one shared tablet apart; the tablet belongs to who came last', async () => {
  const users = Array.from({ length: 1000 }, (_, n) => ({
    type: 'identify',
    messageId: `tablet-${n}`,
    userId: `guest-${n}`,
    anonymousId: 'tablet',
    traits: { n },
    timestamp: at(n),
  }));
  const shuffled = users.map((user, index) => users[(index * 377) % 1000] ?? user);
  await Promise.all([0, 250, 500, 750].map((start) => system.accept(shuffled.slice(start, start + 250))));
  await system.settled();
  const rows = await system.ask<{ profiles: number; users: number }>(
    `select count(distinct i.profile_id)::int as profiles, count(*)::int as users from identifier i where i.type = 'user_id' and i.value like 'guest-%'`,
  );
  expect(rows).toEqual([{ profiles: 1000, users: 1000 }]);
  const { data } = await system.graphql(`{
    tablet: profile(identifier: { type: "anonymous_id", value: "tablet" }) { id }
    last: profile(identifier: { type: "user_id", value: "guest-999" }) { id traits timeline { totalCount } }
    first: profile(identifier: { type: "user_id", value: "guest-0" }) { traits identifiers { value } timeline { totalCount } }
  }`);
  expect(data.tablet.id).toBe(data.last.id);
  expect(data.last).toMatchObject({ traits: { n: 999 }, timeline: { totalCount: 1 } });
  expect(data.first).toEqual({ traits: { n: 0 }, identifiers: [{ value: 'guest-0' }], timeline: { totalCount: 1 } });
});
