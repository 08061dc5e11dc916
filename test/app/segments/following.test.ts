import { Following } from '../../../src/app/segments/following';
import type { Json } from '../../../src/kernel/json';
import { anEvent } from '../experience/experienceWorld';
import { SegmentWorld } from './segmentWorld';

let world: SegmentWorld;
beforeEach(async () => {
  world = await SegmentWorld.create();
});
afterEach(() => world.close());

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const BUYERS: Json = { event: { name: 'Order Completed' }, within: '30d' };
const order = (userId: string, minutesBefore = 10, total = 10) => anEvent(userId, 'Order Completed', minutesBefore, { total });
const entered = (segment: string, profile_id: string) => expect.objectContaining({ type: 'segment.entered', segment, profile_id });
const left = (segment: string, profile_id: string) => expect.objectContaining({ type: 'segment.left', segment, profile_id });
let identifies = 0;
const identify = (userId: string, traits: object) => ({ type: 'identify', userId, traits, messageId: `i${identifies++}` });

it('lets a customer in with the event that is asked for, and tells of it and why', async () => {
  await world.define('buyers', BUYERS);
  await world.hear(order('ada'), anEvent('grace', 'Product Viewed', 5));
  expect(await world.members('buyers')).toEqual(['ada']);
  const [change, ...others] = await world.told();
  expect(change).toEqual(entered('buyers', await world.profileOf('ada')));
  expect(change?.data.reason).toMatch(/Order Completed/);
  expect(others).toEqual([]);
  expect(await world.sizes()).toEqual({ buyers: 1 });
});

it('tells nothing again of who was in already, and says the reason anew', async () => {
  await world.define('buyers', { any: [BUYERS, { trait: 'plan', op: 'eq', value: 'pro' }] });
  await world.hear(order('ada'));
  await world.told();
  const [before] = await world.query<{ reason: string; entered_at: Date }>('select reason, entered_at from segment_membership');
  world.experience.nowMs += MINUTE_MS;
  await world.hear(identify('ada', { plan: 'pro' }));
  const [after] = await world.query<{ reason: string; entered_at: Date }>('select reason, entered_at from segment_membership');
  expect(after?.entered_at).toEqual(before?.entered_at);
  expect(after?.reason).toBe(`${before?.reason}; plan is pro`);
  expect(await world.told()).toEqual([]);
});

it('does not look at who did more of what they did enough of, and still lets them go in time', async () => {
  await world.define('buyers', BUYERS);
  await world.hear(order('ada', 10));
  await world.experience.hear(order('ada', 5));
  const before = world.experience.world.sent();
  await world.follow();
  const ofNobody = world.experience.world.sent() - before;
  await world.experience.hear(order('grace', 10));
  const beforeGrace = world.experience.world.sent();
  await world.follow();
  expect(world.experience.world.sent() - beforeGrace).toBeGreaterThan(ofNobody);
  await world.later(30 * DAY_MS - 10 * MINUTE_MS);
  expect(await world.members('buyers')).toEqual(['ada']);
  await world.later(5 * MINUTE_MS);
  expect(await world.members('buyers')).toEqual([]);
});

it('looks at everybody again who does something after a definition changed', async () => {
  await world.define('buyers', BUYERS);
  await world.hear(order('ada'));
  await world.define('regulars', { event: { name: 'Order Completed' }, count: { op: 'gte', value: 3 } });
  await world.hear(order('ada', 5));
  expect(await world.members('regulars')).toEqual([]);
  await world.hear(order('ada', 10));
  expect(await world.members('regulars')).toEqual(['ada']);
});

it('looks at everybody again who does something after another version of the program took steps', async () => {
  await world.define('regulars', { event: { name: 'Order Completed' }, count: { op: 'gte', value: 2 } });
  await world.hear(order('ada'));
  await world.query(`update segment_wake set heeded_event_ids = '{}'`);
  await world.hear(order('ada', 5));
  expect(await world.members('regulars')).toEqual([]);
  await world.query('update segment_progress set steps = steps + 1');
  await world.hear(order('ada', 10));
  expect(await world.members('regulars')).toEqual(['ada']);
});

it('lets a customer go at the moment the window leaves the event behind, and not before', async () => {
  await world.define('buyers', BUYERS);
  await world.hear(order('ada', 10));
  await world.told();
  await world.later(30 * DAY_MS - 10 * MINUTE_MS - 1);
  expect(await world.members('buyers')).toEqual(['ada']);
  await world.later(1);
  expect(await world.members('buyers')).toEqual([]);
  expect(await world.told()).toEqual([left('buyers', await world.profileOf('ada'))]);
  expect(await world.query(`select from segment_wake where wake_at < 'infinity'`)).toEqual([]);
});

it('looks at nobody whom neither a note nor the clock names', async () => {
  await world.define('buyers', BUYERS);
  await world.hear(order('ada'));
  const before = world.experience.world.sent();
  await world.later(MINUTE_MS);
  expect(world.experience.world.sent() - before).toBeLessThan(10);
});

it('counts what comes late where it belongs', async () => {
  await world.define('regulars', { event: { name: 'Order Completed' }, count: { op: 'gte', value: 2 }, within: '30d' });
  await world.hear(order('ada', 10));
  expect(await world.members('regulars')).toEqual([]);
  await world.hear(order('ada', 29 * 24 * 60));
  expect(await world.members('regulars')).toEqual(['ada']);
  await world.later(DAY_MS);
  expect(await world.members('regulars')).toEqual([]);
});

it('follows traits, and who has none', async () => {
  await world.define('pro', { trait: 'plan', op: 'eq', value: 'pro' });
  await world.define('silent', { not: { event: { kind: 'ORDER_PLACED' } } });
  await world.hear(identify('ada', { plan: 'pro' }), anEvent('grace', 'Seen', 1));
  expect(await world.members('pro')).toEqual(['ada']);
  expect(await world.members('silent')).toEqual(['ada', 'grace']);
  await world.hear(identify('ada', { plan: 'free' }), order('grace'));
  expect(await world.members('pro')).toEqual([]);
  expect(await world.members('silent')).toEqual(['ada']);
});

it('follows segments of segments in the same step', async () => {
  await world.define('pro', { trait: 'plan', op: 'eq', value: 'pro' });
  await world.define('pro-buyers', { all: [{ segment: 'pro' }, BUYERS] as Json });
  await world.define('others', { not: { segment: 'pro-buyers' } });
  await world.hear(identify('ada', { plan: 'pro' }), order('ada'), order('grace'));
  expect([await world.members('pro-buyers'), await world.members('others')]).toEqual([['ada'], ['grace']]);
  await world.hear(identify('ada', { plan: 'free' }));
  expect([await world.members('pro-buyers'), await world.members('others')]).toEqual([[], ['ada', 'grace']]);
});

it('follows computed traits', async () => {
  await world.createTrait('spent', { aggregate: 'sum', event: { name: 'Order Completed' }, property: 'total', within: '7d' });
  await world.define('spenders', { computed: 'spent', op: 'gte', value: 30 });
  await world.hear(order('ada', 10, 20), order('grace', 10, 20));
  await world.hear(order('ada', 5, 10));
  expect(await world.members('spenders')).toEqual(['ada']);
  await world.later(7 * DAY_MS);
  expect(await world.members('spenders')).toEqual([]);
});

const visit = (visitor: string) => ({ ...order('', 10), userId: undefined, anonymousId: visitor });
const profileOfVisitor = async (visitor: string) => {
  const [row] = await world.query<{ profile_id: string }>(`select profile_id from identifier where value = $1`, [visitor]);
  return String(row?.profile_id);
};

it('lets the survivor of a merge be in since the earlier of the two, and tells nobody that the other left', async () => {
  await world.define('buyers', BUYERS);
  await world.hear(visit('phone'));
  const firstMs = world.experience.nowMs;
  world.experience.nowMs += MINUTE_MS;
  await world.hear(visit('laptop'), visit('laptop'), visit('laptop'));
  await world.told();
  const [phone, laptop] = [await profileOfVisitor('phone'), await profileOfVisitor('laptop')];
  const { survivorId, mergeIds } = await world.experience.merge(phone, laptop);
  await world.follow();
  const rows = () => world.query('select profile_id, entered_at from segment_membership order by entered_at');
  expect(await rows()).toEqual([{ profile_id: survivorId, entered_at: new Date(firstMs) }]);
  expect((await world.told()).filter(({ segment }) => segment !== null)).toEqual([]);
  expect(await world.sizes()).toEqual({ buyers: 1 });
  await world.experience.desk.undoMerge(1, String(mergeIds[0]), world.experience.author());
  await world.follow();
  expect(await world.members('buyers')).toEqual([phone, laptop].sort());
  expect(await world.sizes()).toEqual({ buyers: 2 });
});

it('tells that a merged profile left what its survivor is not in', async () => {
  await world.define('newcomers', { event: { name: 'Order Completed' }, count: { op: 'eq', value: 1 } });
  await world.hear(visit('phone'), visit('laptop'));
  await world.told();
  await world.experience.merge(await profileOfVisitor('phone'), await profileOfVisitor('laptop'));
  await world.follow();
  expect(await world.members('newcomers')).toEqual([]);
  const reasons = (await world.told()).filter(({ type }) => type === 'segment.left').map(({ data }) => data.reason);
  expect(reasons.sort()).toEqual(['merged into another profile', expect.stringMatching(/^no longer: /)]);
});

it('parts memberships with a split', async () => {
  await world.define('buyers', BUYERS);
  await world.hear(
    { ...(order('ada') as object), anonymousId: 'laptop' },
    { ...(order('ada') as object), userId: undefined, anonymousId: 'laptop' },
  );
  const profileId = await world.profileOf('ada');
  await world.experience.desk.splitProfile(
    1,
    { profileId, identifiers: [{ type: 'anonymous_id', value: 'laptop' }] },
    world.experience.author(),
  );
  await world.follow();
  expect(await world.memberships()).toEqual(await world.evaluateAll());
  expect(await world.members('buyers')).toHaveLength(2);
});

it('takes a note that names more than a step looks at in parts, and tells everything once', async () => {
  await world.define('buyers', BUYERS);
  await world.experience.hear(...Array.from({ length: 1_200 }, (_, n) => order(`u${n}`)));
  expect(await world.following.step(1)).toBe(false);
  const inParts = await world.members('buyers');
  expect(inParts.length).toBeGreaterThan(0);
  expect(inParts.length).toBeLessThan(1_200);
  expect(await world.query('select from change_note where not is_followed')).toHaveLength(1);
  await world.follow();
  expect(await world.members('buyers')).toHaveLength(1_200);
  expect(await world.told()).toHaveLength(1_200);
  expect(await world.query('select from change_note where not is_followed')).toEqual([]);
});

it('sends as many statements for many profiles as for one', async () => {
  await world.define('buyers', BUYERS);
  await world.hear(order('u'));
  const sentFor = async (customers: number, minute: number) => {
    await world.experience.hear(...Array.from({ length: customers }, (_, n) => order(`${minute}-${n}`, minute)));
    const before = world.experience.world.sent();
    await world.following.step(1);
    return world.experience.world.sent() - before;
  };
  expect(await sentFor(300, 8)).toBe(await sentFor(1, 7));
});

it('counts by the hour who came and went', async () => {
  await world.define('buyers', BUYERS);
  await world.hear(order('ada'), order('grace'));
  await world.later(30 * DAY_MS);
  const tallies = await world.query('select hour, entered, left_count from segment_tally order by hour');
  expect(tallies).toEqual([
    { hour: new Date(Date.UTC(2026, 5, 1, 12)), entered: 2, left_count: 0 },
    { hour: new Date(Date.UTC(2026, 6, 1, 12)), entered: 0, left_count: 2 },
  ]);
});

it('tells who has something new, once, where somebody wants to know', async () => {
  const following = new Following({ ...world.options, interestedTypes: async () => new Set(['profile.changed'] as const) });
  await world.experience.hear(anEvent('ada', 'Seen', 5), anEvent('ada', 'Seen', 4), anEvent('grace', 'Seen', 3));
  while (!(await following.step(1)));
  const told = (await world.told()).map(({ type, profile_id }) => `${type} ${profile_id}`);
  const [ada, grace] = [await world.profileOf('ada'), await world.profileOf('grace')];
  expect(told.sort()).toEqual([`profile.changed ${ada}`, `profile.changed ${grace}`].sort());
});
