import fc from 'fast-check';
import type { Json } from '../../../src/kernel/json';
import { compileSegments } from '../../../src/segments/compileSegments';
import { needsOf } from '../../../src/segments/needsOf';
import { parseDefinition } from '../../../src/segments/parseDefinition';
import { loadDefinitions, readingContextOf } from '../../../src/storage/segments/loadDefinitions';
import { loadSubjects } from '../../../src/storage/segments/loadSubjects';
import { previewSegment } from '../../../src/storage/segments/previewSegment';
import { writeSegmentPage } from '../../../src/storage/segments/segmentPage';
import { readingOf, segmentReading } from '../../../src/storage/segments/segmentReading';
import { CALL_SPECS } from '../../../src/timeline/specs/calls';
import { NOW_MS, profile } from './arbitraries';
import { SegmentWorld, type ToldIdentifier, type ToldProfile } from './segmentWorld';

let world: SegmentWorld;
beforeAll(async () => {
  world = await SegmentWorld.create();
});
afterAll(() => world.close());
beforeEach(() => world.clear());

const SEGMENT_ID = '0198c000-0000-7000-8000-000000000001';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BUYERS: Json = { event: { kind: 'ORDER_PLACED' }, within: '2d' };

const NOBODY: ToldProfile = { identifiers: [], answers: [], customer: null, orders: [], conversations: [], friction: [] };
const anIdentifier = (fields: Partial<ToldIdentifier> = {}): ToldIdentifier => ({
  type: 'email',
  seenAtMs: [NOW_MS - DAY_MS, NOW_MS - HOUR_MS],
  said: [],
  events: [],
  consents: {},
  accounts: [],
  ...fields,
});
const withTraits = (traits: ToldIdentifier['said'][number]['traits']): ToldProfile => ({
  ...NOBODY,
  identifiers: [anIdentifier({ said: [{ sourceId: 1, atMs: NOW_MS - DAY_MS, traits }] })],
});
const withOrders = (...hoursAgo: readonly number[]): ToldProfile => {
  const events = hoursAgo.map((hours) => ({
    kind: 'ORDER_PLACED' as const,
    name: 'Order Completed',
    atMs: NOW_MS - hours * HOUR_MS,
    properties: null,
  }));
  return { ...NOBODY, identifiers: [anIdentifier({ events })] };
};

function writePage(after: string | null, upTo: string | null, definition: Json) {
  return world.inside(async (client) => {
    const context = readingContextOf(await loadDefinitions(client, 1), { workspaceId: 1, nowMs: NOW_MS, range: { after, upTo } });
    const reading = readingOf(parseDefinition(definition).condition, context);
    if (reading === null) return null;
    return writeSegmentPage(client, { workspaceId: 1, segmentId: SEGMENT_ID, reading, enteredAtMs: NOW_MS, reason: 'Bought lately' });
  });
}

async function rows<Row extends object>(text: string): Promise<Row[]> {
  return (await world.database.owner.query<Row>(text)).rows;
}

it('computes page by page who is in, and when to look at whom again', async () => {
  const ids = await world.write([withOrders(1), withOrders(47), withOrders(72), withOrders(-5)]);
  const [first, last] = [[...ids].sort()[1] as string, [...ids].sort()[3] as string];
  const outcomes = [await writePage(null, first, BUYERS), await writePage(first, last, BUYERS), await writePage(last, null, BUYERS)];
  expect(outcomes.map((outcome) => outcome?.profiles)).toEqual([2, 2, 0]);
  expect(outcomes.reduce((sum, outcome) => sum + (outcome?.entered ?? 0), 0)).toBe(2);
  const members = await rows<{ profile_id: string }>('select profile_id, entered_at, reason from segment_membership');
  expect(members.map(({ profile_id }) => profile_id).sort()).toEqual(ids.slice(0, 2).sort());
  expect(members[0]).toMatchObject({ entered_at: new Date(NOW_MS), reason: 'Bought lately' });
  const wakes = new Map(
    (await rows<{ profile_id: string; wake_at: Date }>('select * from segment_wake')).map((row) => [row.profile_id, row.wake_at.getTime()]),
  );
  expect(ids.map((id) => wakes.get(id))).toEqual([NOW_MS + 47 * HOUR_MS, NOW_MS + HOUR_MS, undefined, NOW_MS + 5 * HOUR_MS]);
});

it('changes nothing where it is repeated, and never puts a wake off', async () => {
  const [id] = await world.write([withOrders(1)]);
  await world.database.owner.query(`insert into segment_wake values (1, $1, $2)`, [id, new Date(NOW_MS + HOUR_MS)]);
  expect(await writePage(null, null, BUYERS)).toEqual({ entered: 1, profiles: 1 });
  expect(await writePage(null, null, BUYERS)).toEqual({ entered: 0, profiles: 1 });
  expect(await rows('select wake_at from segment_wake')).toEqual([{ wake_at: new Date(NOW_MS + HOUR_MS) }]);
});

it('writes nothing of what SQL cannot read', async () => {
  await world.clear({ survivorship: { tags: { rule: 'UNION' } } });
  await world.write([withTraits({ tags: ['a'] })]);
  for (const condition of [
    { trait: 'tags', op: 'exists' },
    { measure: 'health', op: 'gt', value: 0 },
  ]) {
    expect(await writePage(null, null, { any: [BUYERS, condition] })).toBeNull();
  }
  expect(await rows('select from segment_wake')).toEqual([]);
});

it('leaves out who is retired and who is of another workspace', async () => {
  const [living, retired] = await world.write([withTraits({ plan: 'pro' }), withTraits({ plan: 'pro' })]);
  await world.write([withTraits({ plan: 'pro' })], [], 2);
  await world.database.owner.query('update profile set merged_into = $1 where profile_id = $2', [living, retired]);
  const found = await world.inside(async (client) => {
    const context = readingContextOf(await loadDefinitions(client, 1), {
      workspaceId: 1,
      nowMs: NOW_MS,
      range: { after: null, upTo: null },
    });
    const reading = segmentReading(parseDefinition({ trait: 'plan', op: 'eq', value: 'pro' }).condition, context);
    return client.query({ text: reading?.sql as string, values: reading?.values as unknown[] });
  });
  expect(found.rows).toEqual([{ profile_id: living, wake_at: null }]);
});

it('reads live segments by their memberships and others by their definitions', async () => {
  const [pro, free] = await world.write([withTraits({ plan: 'pro' }), withTraits({ plan: 'free' })]);
  const definition = { trait: 'plan', op: 'eq', value: 'pro' };
  await world.database.owner.query(
    `insert into segment (workspace_id, segment_id, key, name, definition, status, size, created_at, updated_at)
     values (1, $1, 'live', 'Live', $3, 'LIVE', 0, now(), now()), (1, $2, 'computing', 'Computing', $3, 'COMPUTING', 0, now(), now())`,
    [SEGMENT_ID, SEGMENT_ID.replace('0198', '0199'), JSON.stringify(definition)],
  );
  await world.database.owner.query(`insert into segment_membership values (1, $1, $2, now(), 'as it stands')`, [SEGMENT_ID, free]);
  const preview = (key: string) => previewSegment(world.pool, 1, parseDefinition({ segment: key }), NOW_MS);
  expect((await preview('live')).sampleProfileIds).toEqual([free]);
  expect((await preview('computing')).sampleProfileIds).toEqual([pro]);
  await world.database.owner.query('delete from segment');
});

it('previews exactly what SQL can read, and few profiles also in memory', async () => {
  await world.clear({ survivorship: { tags: { rule: 'UNION' } } });
  const ids = await world.write([...Array.from({ length: 12 }, () => withTraits({ tags: 'a', plan: 'pro' })), withTraits({ tags: 'b' })]);
  const shown = ids.slice(0, 12).sort().slice(0, 10);
  for (const trait of ['tags', 'plan']) {
    const definition = parseDefinition({ trait, op: 'in', value: ['a', 'pro'] });
    const preview = await previewSegment(world.pool, 1, definition, NOW_MS);
    expect(preview).toEqual({ size: 12, low: 12, high: 12, isExact: true, profiles: 13, lookedAt: 13, sampleProfileIds: shown });
  }
});

it('previews a sample where it cannot look at all, and says so', async () => {
  await world.clear({ survivorship: { tags: { rule: 'UNION' } } });
  await world.write(Array.from({ length: 1_400 }, (_, index) => withTraits({ tags: index % 4 === 0 ? 'a' : 'b' })));
  const preview = () => previewSegment(world.pool, 1, parseDefinition({ trait: 'tags', op: 'contains', value: 'a' }), NOW_MS);
  const told = await preview();
  expect(told).toMatchObject({ isExact: false, profiles: 1_400, lookedAt: 1_000 });
  expect(told.high - told.low).toBeGreaterThan(20);
  expect(told.high - told.low).toBeLessThan(120);
  expect(told.size).toBeGreaterThan(240);
  expect(told.size).toBeLessThan(460);
  expect(await preview()).toEqual(told);
});

const EVERYTHING: Json = {
  any: [
    BUYERS,
    { trait: 'plan', op: 'exists' },
    { computed: 'orders', op: 'gt', value: 1 },
    { measure: 'nps.latest', op: 'gt', value: 1 },
    { measure: 'health', op: 'gt', value: 1 },
    { consent: 'email' },
    { account: 'plan', op: 'exists' },
  ],
};
const ORDERS = {
  key: 'orders',
  name: 'Orders',
  definition: {
    aggregate: 'count' as const,
    event: { kind: 'ORDER_PLACED' as const, name: null, where: [] },
    property: null,
    withinMs: null,
  },
};

function load(ids: readonly string[], definition: Json = EVERYTHING) {
  const segments = [{ key: 's', name: 'S', definition: parseDefinition(definition) }];
  compileSegments(segments, [ORDERS]);
  return world.inside((client) => loadSubjects(client, 1, ids, needsOf({ segments, computedTraits: [ORDERS] }), NOW_MS));
}

it('loads subjects by as many statements for many as for one', async () => {
  const ids = await world.write(fc.sample(profile, { numRuns: 40, seed: 3 }));
  await world.track({ spec: { kind: 'ORDER_PLACED', name: null, where: [] }, property: null });
  const counted = async (asked: readonly string[]) => {
    let statements = 0;
    await world.inside(async (client) => {
      const query = client.query.bind(client);
      client.query = ((...args: Parameters<typeof query>) => {
        statements++;
        return query(...args);
      }) as typeof client.query;
      const segments = [{ key: 's', name: 'S', definition: parseDefinition(EVERYTHING) }];
      await loadSubjects(client, 1, asked, needsOf({ segments, computedTraits: [ORDERS] }), NOW_MS);
      client.query = query as typeof client.query;
    });
    return statements;
  };
  const ofOne = await counted(ids.slice(0, 1));
  expect(ofOne).toBeGreaterThan(5);
  expect(await counted(ids)).toBe(ofOne);
});

it('leaves out of the subjects who is retired or unknown', async () => {
  const [living, retired] = await world.write([withTraits({ plan: 'pro' }), withTraits({ plan: 'pro' })]);
  await world.database.owner.query('update profile set merged_into = $1 where profile_id = $2', [living, retired]);
  const subjects = await load([SEGMENT_ID, retired as string, living as string]);
  expect(subjects).toMatchObject([
    { profileId: living, traits: { plan: 'pro' }, firstSeenAtMs: NOW_MS - DAY_MS, lastSeenAtMs: NOW_MS - HOUR_MS },
  ]);
});

it('loads the newest ten thousand at most of what a customer did more often, of windows no more than they can hold, and no more than are asked for', async () => {
  const [id] = await world.write([withOrders(...Array.from({ length: 3 }, (_, index) => index))]);
  await world.track({ spec: { kind: 'ORDER_PLACED', name: null, where: [] }, property: null });
  await world.database.owner.query(
    `insert into event_match
     select m.workspace_id, m.identifier_id, m.tracked_event_id, m.occurred_at - n * interval '1 minute', gen_random_uuid(), null
     from (select * from event_match order by occurred_at limit 1) m cross join generate_series(1, 12000) n`,
  );
  const eventsFor = async (definition: Json) => {
    const [subject] = await load([id as string], definition);
    return [...(subject?.events.values() ?? [])][0] ?? [];
  };
  const thousands = { event: { kind: 'ORDER_PLACED' }, count: { op: 'gte', value: 9_999 } };
  expect(await eventsFor({ ...thousands, within: '2d' })).toHaveLength(3 + 46 * 60 - 1);
  expect(await eventsFor(BUYERS)).toHaveLength(2);
  const events = await eventsFor(thousands);
  expect(events).toHaveLength(10_000);
  expect(events.at(-1)?.occurredAtMs).toBe(NOW_MS);
  expect(events[0]?.occurredAtMs).toBe(NOW_MS - 2 * HOUR_MS - 9_997 * 60_000);
});

it('goes by what was said most often, counted from the timeline', async () => {
  await world.clear({ survivorship: { plan: { rule: 'MOST_FREQUENT' } } });
  const { kind, name } = CALL_SPECS.identify;
  const identify = (plan: string, hoursAgo: number) => ({
    kind,
    name,
    atMs: NOW_MS - hoursAgo * HOUR_MS,
    properties: JSON.stringify({ plan }),
  });
  const said = [{ sourceId: 1, atMs: NOW_MS - HOUR_MS, traits: { plan: 'free' } }];
  const [id] = await world.write([
    { ...NOBODY, identifiers: [anIdentifier({ said, events: [identify('pro', 3), identify('pro', 2), identify('free', 1)] })] },
  ]);
  expect(await load([id as string])).toMatchObject([{ traits: { plan: 'pro' } }]);
});

it('computes in memory what rows do not tell, until midnight', async () => {
  const [seen, unseen] = await world.write([withOrders(1), NOBODY_SEEN]);
  const subjects = new Map((await load([seen as string, unseen as string])).map((subject) => [subject.profileId, subject]));
  expect(subjects.get(seen as string)?.measures.health).toBeGreaterThan(90);
  expect(subjects.get(seen as string)?.measuresNextAtMs).toBe(Date.UTC(2026, 5, 2));
  expect(subjects.get(unseen as string)?.measures.health).toBeUndefined();
});

const NOBODY_SEEN: ToldProfile = { ...NOBODY, identifiers: [anIdentifier()] };
