import type { Json } from '../../../src/kernel/json';
import { type Asked, ask, noted, profilesOf, takeNotes } from './asking';
import { aTrack, createWorld, RECEIVED_AT_MS, type World } from './world';

const DAY_MINUTES = 1_440;
const LONG_AGO = new Date(RECEIVED_AT_MS - 5 * DAY_MINUTES * 60_000).toISOString();
const ORDERED: Json = {
  event: { kind: 'ORDER_PLACED', where: [{ property: 'total', op: 'gte', value: 50 }] },
  count: { op: 'gte', value: 1 },
  within: '30d',
};

let world: World;
let lane: ReturnType<World['newLane']>;
let messages = 0;
beforeEach(async () => {
  world = await createWorld();
  lane = world.newLane({ clock: () => RECEIVED_AT_MS });
});
afterEach(() => world.close());

const did = (userId: string, event: string, fields: { at?: number; properties?: object; anonymousId?: string } = {}): object =>
  aTrack({ messageId: `m${messages++}`, userId, event, ...fields });
const said = (userId: string, traits: object, fields: object = {}): object => ({
  type: 'identify',
  messageId: `m${messages++}`,
  userId,
  traits,
  timestamp: new Date(RECEIVED_AT_MS - 60_000).toISOString(),
  ...fields,
});
const joined = (userId: string, traits: object): object => said(userId, traits, { type: 'group', groupId: 'acme', timestamp: LONG_AGO });

async function hear(...heard: object[]): Promise<void> {
  await world.send(heard);
  await world.drain(lane);
}

/** Whom what is heard from now on makes due, by user id. */
async function dueAfter(...heard: object[]): Promise<string[]> {
  await takeNotes(world);
  await hear(...heard);
  const { dueIds } = await noted(world);
  const users = await world.query<{ value: string }>(`select value from identifier where type = 'user_id' and profile_id = any ($1)`, [
    dueIds,
  ]);
  return users.map(({ value }) => value).sort();
}

const matches = () =>
  world.query<{ message_id: string; tracked_event_id: number; value: Json }>(
    `select i.message_id, m.tracked_event_id, m.value from event_match m join interaction i using (workspace_id, interaction_id, identifier_id, occurred_at)
     order by i.message_id, m.tracked_event_id`,
  );

async function known(...userIds: string[]): Promise<void> {
  await hear(...userIds.map((userId) => did(userId, 'Something Done', { at: 60 })));
}

describe('what a batch notes where nobody asks anything', () => {
  it('names each profile that has new interactions once, and nobody as due', async () => {
    await known('ada', 'bob', 'cyd');
    await takeNotes(world);
    await hear(did('ada', 'Order Completed', { properties: { total: 90 } }), did('bob', 'Page Left'), did('ada', 'Page Left'));
    expect(await takeNotes(world)).toEqual([{ profileIds: await profilesOf(world, 'ada', 'bob'), dueIds: [], doerIds: [], events: [] }]);
    expect(await matches()).toEqual([]);
  });

  it('notes nothing for messages that were there before', async () => {
    const message = did('ada', 'Something Done');
    await hear(message);
    await takeNotes(world);
    await hear(message, message);
    expect(await takeNotes(world)).toEqual([]);
  });

  it('tells of a merge, and does not name who was absorbed among those that have something new', async () => {
    await hear(did('ada', 'Something Done'), aTrack({ messageId: 'visit', anonymousId: 'visitor' }));
    const before = await world.query<{ profile_id: string }>('select profile_id from profile');
    await takeNotes(world);
    await hear(did('ada', 'Something Done', { anonymousId: 'visitor' }));
    const [survivorId] = await profilesOf(world, 'ada');
    const absorbedId = before.map((row) => row.profile_id).find((id) => id !== survivorId);
    const [merge] = await world.query<{ merge_id: string; rule: string }>('select merge_id, rule from profile_merge');
    expect(await takeNotes(world)).toEqual([
      {
        profileIds: [survivorId],
        dueIds: [],
        doerIds: [],
        events: [{ type: 'profile.merged', profileId: survivorId, data: { mergeId: merge?.merge_id, absorbedId, rule: merge?.rule } }],
      },
    ]);
  });
});

describe('who is due', () => {
  it('is who did what a segment asks about, and nobody who did something else', async () => {
    await known('ada', 'bob', 'cyd');
    await ask(world, { segments: { ordered: ORDERED } });
    const due = await dueAfter(
      did('ada', 'Order Completed', { properties: { total: 50 } }),
      did('bob', 'Order Completed', { properties: { total: 49.99 } }),
      did('cyd', 'Product Viewed', { properties: { total: 90 } }),
    );
    expect(due).toEqual(['ada']);
    expect(await matches()).toEqual([expect.objectContaining({ tracked_event_id: 1, value: null })]);
  });

  it('is every new profile where there is any segment: what it does not do may be asked about', async () => {
    await ask(world, { segments: { quiet: { not: ORDERED } } });
    expect(await dueAfter(did('newcomer', 'Page Left'))).toEqual(['newcomer']);
    expect(await dueAfter(did('newcomer', 'Page Left'))).toEqual([]);
  });

  it('is of whom a trait was said that a segment reads', async () => {
    await known('ada', 'bob');
    await ask(world, { segments: { inBerlin: { trait: 'address.city', op: 'eq', value: 'Berlin' } } });
    expect(await dueAfter(said('ada', { address: { city: 'Berlin' } }), said('bob', { plan: 'pro' }))).toEqual(['ada']);
  });

  it('may be left open to what they heed, where they only did what is asked about, and is not where anything else is new', async () => {
    await ask(world, { segments: { buyers: ORDERED, pro: { trait: 'plan', op: 'eq', value: 'pro' } } });
    await known('ada', 'bob');
    await takeNotes(world);
    const ordered = (userId: string) => did(userId, 'Order Completed', { properties: { total: 90 } });
    await hear(ordered('ada'), ordered('ada'), ordered('bob'), said('bob', { plan: 'pro' }), ordered('cyd'));
    const { doerIds, dueIds } = await noted(world);
    expect(doerIds).toEqual(await profilesOf(world, 'ada'));
    expect(dueIds).toEqual(await profilesOf(world, 'ada', 'bob', 'cyd'));
  });

  it('is nobody by a computed trait that no segment reads, though what it is counted from is noted with its value', async () => {
    await known('ada');
    const spent = { aggregate: 'sum', event: { kind: 'ORDER_PLACED' }, property: 'total', within: '30d' };
    await ask(world, { segments: { pro: { trait: 'plan', op: 'eq', value: 'pro' } }, computedTraits: { spent } });
    expect(await dueAfter(did('ada', 'Order Completed', { properties: { total: 12.5 } }))).toEqual([]);
    expect(await matches()).toEqual([expect.objectContaining({ value: 12.5 })]);
    await ask(world, { segments: { big: { computed: 'spent', op: 'gte', value: 100 } } });
    expect(await dueAfter(did('ada', 'Order Completed', { properties: { total: 99 } }))).toEqual(['ada']);
  });

  it('is both sides of a merge', async () => {
    await known('ada');
    await hear(aTrack({ messageId: 'visit', anonymousId: 'visitor' }));
    await ask(world, { segments: { ordered: ORDERED } });
    const profiles = await world.query<{ profile_id: string }>('select profile_id from profile order by 1');
    await takeNotes(world);
    await hear(did('ada', 'Something Done', { anonymousId: 'visitor' }));
    expect((await noted(world)).dueIds).toEqual(profiles.map((row) => row.profile_id));
  });

  it('is everybody of an account that says something else, also who is not named', async () => {
    await hear(joined('ada', { plan: 'trial' }), joined('bob', {}), did('cyd', 'Something Done'));
    await ask(world, { segments: { enterprise: { account: 'plan', op: 'eq', value: 'enterprise' } } });
    expect(await dueAfter(joined('ada', { plan: 'enterprise' }))).toEqual(['ada', 'bob']);
    expect(await dueAfter(joined('ada', { plan: 'enterprise' }))).toEqual(['ada']);
    expect(await dueAfter(did('ada', 'Page Left'))).toEqual([]);
  });

  it('is who is back after longer than any segment asks about, not who never was away', async () => {
    await hear(did('ada', 'Something Done', { at: 3 * DAY_MINUTES }), did('bob', 'Something Done', { at: 40 * DAY_MINUTES }));
    await hear(did('cyd', 'Something Done', { at: 40 * DAY_MINUTES }));
    await ask(world, { segments: { away: { measure: 'lastSeenDaysAgo', op: 'gte', value: 7 } } });
    const late = did('cyd', 'Something Done', { at: 50 * DAY_MINUTES });
    const earlier = did('cyd', 'Something Done', { at: 45 * DAY_MINUTES });
    expect(await dueAfter(did('ada', 'Page Left'), did('bob', 'Page Left'))).toEqual(['bob']);
    expect(await dueAfter(late)).toEqual(['cyd']);
    expect(await dueAfter(earlier)).toEqual([]);
  });
});

describe('notes and matches', () => {
  it('are there once, whatever breaks while they are written', async () => {
    const visits: Asked = { segments: { visited: { event: { name: 'Visited' }, count: { op: 'gte', value: 1 } } } };
    await ask(world, visits);
    for (let request = 0; request < 30; request++) {
      await world.send(Array.from({ length: 50 }, (_, n) => did(`u${request}-${n}`, n % 2 ? 'Visited' : 'Left')));
    }
    const quick = world.newLane({ batchMessages: 100 });
    const draining = world.drain(quick);
    await new Promise((resolve) => setTimeout(resolve, 40));
    await world.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await draining.catch(() => undefined);
    await world.drain(quick);
    const notes = await takeNotes(world);
    expect(notes.flatMap(({ profileIds }) => profileIds)).toHaveLength(1_500);
    expect(new Set(notes.flatMap(({ profileIds }) => profileIds)).size).toBe(1_500);
    expect(await matches()).toHaveLength(750);
  });

  it('miss nothing of batches that were under way when somebody began to ask', async () => {
    await known('ada');
    let draining: Promise<void> | null = null;
    await ask(world, { segments: { ordered: ORDERED } }, async () => {
      await world.send([did('ada', 'Order Completed', { properties: { total: 70 } })]);
      draining = world.drain(lane);
      await eventually(async () => {
        const waiting = await world.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
        return waiting.length > 0;
      });
    });
    await draining;
    expect(await matches()).toHaveLength(1);
    expect((await noted(world)).dueIds).toEqual(await profilesOf(world, 'ada'));
  });

  it('cost as many statements however many segments ask and messages match', async () => {
    await ask(world, { segments: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`s${n}`, { event: { name: `Event ${n}` } }])) });
    const costOf = async (count: number) => {
      await world.send(Array.from({ length: count }, (_, n) => did(`u${n % 20}`, `Event ${n % 60}`)));
      const before = world.sent();
      await world.drain(world.newLane());
      return world.sent() - before;
    };
    await costOf(20);
    expect(await costOf(1_500)).toBeLessThanOrEqual((await costOf(60)) + 6);
  });
});

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('It never came to pass.');
}
