import type { Json } from '../../../src/kernel/json';
import { anEvent } from '../experience/experienceWorld';
import { SegmentWorld } from './segmentWorld';

let world: SegmentWorld;
beforeAll(async () => {
  world = await SegmentWorld.create();
});
afterAll(() => world.close());
afterEach(async () => {
  for (const table of ['segment', 'computed_trait', 'tracked_event', 'dropped_event', 'dropped_segment', 'segment_membership']) {
    await world.query(`delete from ${table}`);
  }
  await world.query('update segment_progress set generation = generation + 1');
});

const ORDERS: Json = { event: { name: 'Order Completed' } };
const author = () => world.experience.author();

it.each(['', 'Big', 'a b', '-a', 'ä', 'a'.repeat(65), '__proto__'])('refuses the key %j', async (key) => {
  await expect(world.create(key, ORDERS)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

it('refuses a key that is taken, by a segment of a segment and by a computed trait of another', async () => {
  await world.create('buyers', ORDERS);
  await expect(world.create('buyers', ORDERS)).rejects.toMatchObject({ code: 'CONFLICT' });
  const trait: Json = { aggregate: 'count', event: { name: 'Order Completed' } };
  await world.createTrait('buyers', trait);
  await expect(world.createTrait('buyers', trait)).rejects.toMatchObject({ code: 'CONFLICT' });
});

it.each([
  [{ any: [{ not: { segment: 'nobody' } }] }, 'any[0].not.segment'],
  [{ all: [ORDERS, { computed: 'nothing', op: 'gt', value: 1 }] }, 'all[1].computed'],
  [{ all: [{ trait: 'plan', op: 'like', value: 'p' }] }, 'all[0].op'],
])('refuses what it can not understand with its path: %j', async (definition, path) => {
  await expect(world.create('wrong', definition as Json)).rejects.toMatchObject({
    code: 'SEGMENT_INVALID',
    message: expect.stringContaining(path),
  });
  expect(await world.query('select from segment')).toEqual([]);
});

it('refuses a circle and names it, also one that a change would close', async () => {
  await expect(world.create('self', { segment: 'self' })).rejects.toMatchObject({
    code: 'SEGMENT_INVALID',
    message: expect.stringContaining('self → self'),
  });
  const a = await world.create('a', ORDERS);
  await world.create('b', { segment: 'a' });
  await world.create('c', { not: { segment: 'b' } });
  await expect(world.desk.updateSegment(1, { segmentId: a, definition: { segment: 'c' } }, author())).rejects.toMatchObject({
    code: 'SEGMENT_INVALID',
    message: expect.stringMatching(/(a → c → b → a|b → a → c → b|c → b → a → c)/),
  });
});

it('refuses to delete what others name, and deletes it after them', async () => {
  const a = await world.create('a', ORDERS);
  await world.createTrait('orders', { aggregate: 'count', event: { name: 'Order Completed' } });
  const b = await world.create('b', { all: [{ segment: 'a' }, { computed: 'orders', op: 'gt', value: 1 }] });
  await expect(world.desk.deleteSegment(1, a, author())).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('b') });
  await expect(world.desk.deleteComputedTrait(1, 'orders', author())).rejects.toMatchObject({ code: 'CONFLICT' });
  await world.desk.deleteSegment(1, b, author());
  await world.desk.deleteSegment(1, a, author());
  await world.desk.deleteComputedTrait(1, 'orders', author());
  expect(await world.query('select from segment')).toEqual([]);
  await expect(world.desk.deleteSegment(1, a, author())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(world.desk.deleteComputedTrait(1, 'orders', author())).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('tracks an event once however many ask about it, and no more once nobody does', async () => {
  const tracked = () => world.query<{ tracked_event_id: number }>('select tracked_event_id from tracked_event order by 1');
  const a = await world.create('a', ORDERS);
  const b = await world.create('b', { all: [ORDERS, { event: { name: 'Seen' } }] as Json });
  expect(await tracked()).toEqual([{ tracked_event_id: 1 }, { tracked_event_id: 2 }]);
  await world.desk.deleteSegment(1, a, author());
  expect(await tracked()).toHaveLength(2);
  await world.desk.updateSegment(1, { segmentId: b, definition: ORDERS }, author());
  expect(await tracked()).toEqual([{ tracked_event_id: 1 }]);
  await world.create('c', { event: { name: 'Searched' } });
  expect(await tracked()).toEqual([{ tracked_event_id: 1 }, { tracked_event_id: 3 }]);
});

it('sweeps up what a deleted segment leaves behind: memberships, tallies, and matches of what nobody asks about', async () => {
  await world.define('seen', { event: { name: 'Seen' } });
  const buyers = await world.define('buyers', ORDERS);
  await world.hear(anEvent('ada', 'Order Completed', 5), anEvent('ada', 'Seen', 5));
  expect(await world.query('select from event_match')).toHaveLength(2);
  await world.desk.deleteSegment(1, buyers, author());
  await world.compute();
  expect(await world.query('select s.key from segment_membership m join segment s using (segment_id)')).toEqual([{ key: 'seen' }]);
  expect(await world.query('select from segment_membership')).toHaveLength(1);
  expect(await world.query('select from segment_tally where segment_id = $1', [buyers])).toEqual([]);
  expect(await world.query('select from event_match')).toHaveLength(1);
  expect(await world.query('select from dropped_segment union all select from dropped_event')).toEqual([]);
});

it('writes into the audit log who defined what, and nothing where nothing changed', async () => {
  const before = await world.query('select audit_id from audit_entry');
  const id = await world.create('a', ORDERS);
  await world.desk.updateSegment(1, { segmentId: id, name: 'Buyers' }, author());
  await world.desk.updateSegment(1, { segmentId: id, name: 'Buyers', definition: ORDERS }, author());
  expect(
    await world.query(
      'select e.action, e.actor, e.target, n.note from audit_entry e left join audit_note n using (workspace_id, audit_id)',
    ),
  ).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ action: 'createSegment', actor: 'a test', target: `seg_${id.replaceAll('-', '')}` }),
      expect.objectContaining({
        action: 'updateSegment',
        note: expect.objectContaining({ after: expect.objectContaining({ name: 'Buyers' }) }),
      }),
    ]),
  );
  expect(await world.query('select from audit_entry')).toHaveLength(before.length + 2);
  expect(await world.status('a')).toBe('COMPUTING');
});

it('has no more than 1,000 segments', async () => {
  await world.query(
    `insert into segment (workspace_id, segment_id, key, name, definition, status, size, created_at, updated_at)
     select 1, gen_random_uuid(), 's' || n, 's', '{"all": []}', 'LIVE', 0, now(), now() from generate_series(1, 1000) n`,
  );
  await expect(world.create('one-more', ORDERS)).rejects.toMatchObject({ code: 'CONFLICT' });
});
