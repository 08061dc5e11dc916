import type { Socket } from 'node:net';
import type { Pool, PoolClient } from 'pg';
import { Computing } from '../../../src/app/segments/computing';
import { Following } from '../../../src/app/segments/following';
import { SoleWriter } from '../../../src/app/segments/soleWriter';
import type { Json } from '../../../src/kernel/json';
import { eventually } from '../../journeys/eventually';
import { anEvent } from '../experience/experienceWorld';
import { SegmentWorld } from './segmentWorld';

let world: SegmentWorld;
beforeEach(async () => {
  world = await SegmentWorld.create();
});
afterEach(() => world.close());

const DAY_MS = 86_400_000;
const BUYERS: Json = { event: { name: 'Order Completed' }, within: '30d' };
const order = (userId: string, minutesBefore = 10) => anEvent(userId, 'Order Completed', minutesBefore, { total: 10 });
const seen = (userId: string) => anEvent(userId, 'Seen', 10);
const author = () => world.experience.author();

it('computes a segment over those who were customers before, and tells nobody of them', async () => {
  await world.hear(order('ada'), seen('grace'), order('alan', 31 * 24 * 60));
  await world.define('buyers', BUYERS);
  expect(await world.status('buyers')).toBe('LIVE');
  expect(await world.members('buyers')).toEqual(['ada']);
  expect(await world.sizes()).toEqual({ buyers: 1 });
  expect(await world.told()).toEqual([]);
  await world.later(30 * DAY_MS);
  expect(await world.members('buyers')).toEqual([]);
  expect((await world.told()).map(({ type }) => type)).toEqual(['segment.left']);
});

it.each([
  ['in memory, where SQL can not read it', { measure: 'health', op: 'gte', value: 0 }],
  ['by SQL', { not: { event: { name: 'Nothing' } } }],
])('computes page by page %s', async (how, definition) => {
  await world.hear(...Array.from({ length: 1_300 }, (_each, n) => seen(`u${n}`)));
  await world.define('all', definition as Json);
  expect(await world.sizes()).toEqual({ all: 1_300 });
  expect(await world.memberships()).toEqual(await world.evaluateAll());
  const reasons = await world.query<{ reason: string }>('select distinct reason from segment_membership');
  expect(reasons.some(({ reason }) => reason.includes('when the segment was computed'))).toBe(how === 'by SQL');
});

it('sees to whoever changes while it is computed, before and behind the page', async () => {
  await world.hear(...Array.from({ length: 1_300 }, (_, n) => (n % 2 === 0 ? order(`u${n}`) : seen(`u${n}`))));
  await world.create('buyers', { all: [BUYERS, { not: { measure: 'health', op: 'lt', value: 0 } }] as Json });
  await world.backfill();
  await world.follow();
  expect(await world.computing.step(1)).toBe(false);
  expect(await world.status('buyers')).toBe('COMPUTING');
  const users = await world.query<{ value: string }>(`select value from identifier where type = 'user_id' order by profile_id`);
  await world.hear(...users.filter((_, n) => n % 10 === 0).map(({ value }) => order(value, 1)), order('newcomer'));
  await world.compute();
  expect(await world.status('buyers')).toBe('LIVE');
  expect(await world.memberships()).toEqual(await world.evaluateAll());
  expect(await world.told()).toEqual([]);
});

it('waits for what came before to be noted, and meanwhile lets nobody in', async () => {
  await world.hear(order('ada', 60));
  await world.create('regulars', { event: { name: 'Order Completed' }, count: { op: 'eq', value: 1 } });
  await world.hear(order('ada', 5));
  expect(await world.computing.step(1)).toBe(true);
  expect(await world.members('regulars')).toEqual([]);
  await world.compute();
  expect(await world.members('regulars')).toEqual([]);
  expect(await world.told()).toEqual([]);
});

it('corrects memberships in place when the definition changes, and tells who left', async () => {
  await world.hear(order('ada'), seen('grace'), order('alan'), seen('alan'));
  const id = await world.define('chosen', BUYERS);
  const [since] = await world.query('select entered_at from segment_membership where profile_id = $1', [await world.profileOf('alan')]);
  world.experience.nowMs += 1_000;
  await world.desk.updateSegment(1, { segmentId: id, definition: { event: { name: 'Seen' } } }, author());
  expect(await world.members('chosen')).toEqual(['ada', 'alan']);
  await world.compute();
  expect(await world.members('chosen')).toEqual(['alan', 'grace']);
  expect(await world.query('select entered_at from segment_membership where profile_id = $1', [await world.profileOf('alan')])).toEqual([
    since,
  ]);
  expect(await world.told()).toEqual([expect.objectContaining({ type: 'segment.left', profile_id: await world.profileOf('ada') })]);
  expect(await world.sizes()).toEqual({ chosen: 2 });
});

it('computes segments anew that name one that changes', async () => {
  await world.hear(order('ada'), seen('grace'));
  const id = await world.define('chosen', BUYERS);
  await world.define('others', { not: { segment: 'chosen' } });
  await world.define('of-others', { segment: 'others' });
  expect(await world.members('of-others')).toEqual(['grace']);
  await world.desk.updateSegment(1, { segmentId: id, definition: { event: { name: 'Seen' } } }, author());
  expect([await world.status('others'), await world.status('of-others')]).toEqual(['COMPUTING', 'COMPUTING']);
  await world.compute();
  expect(await world.members('of-others')).toEqual(['ada']);
});

it('lets no message wait while it computes', async () => {
  await world.hear(order('ada'));
  await world.create('buyers', BUYERS);
  await world.backfill();
  const client = await world.experience.world.database.owner.connect();
  await client.query('begin');
  await client.query('select from segment_progress for update');
  await world.experience.hear(order('grace'));
  expect(await world.computing.step(1)).toBe(true);
  await client.query('rollback');
  client.release();
  await world.compute();
  expect(await world.members('buyers')).toEqual(['ada', 'grace']);
});

it('leaves a workspace to whoever is at it already, and two at once do everything once', async () => {
  await world.define('buyers', BUYERS);
  await world.experience.hear(...Array.from({ length: 700 }, (_, n) => order(`u${n}`)));
  const other = new Following({ ...world.options, writer: new SoleWriter(world.experience.world.pool) });
  const run = async (following: Following) => {
    while ((await world.query('select from change_note where not is_followed')).length > 0) await following.step(1);
  };
  await Promise.all([run(world.following), run(other)]);
  expect(await world.sizes()).toEqual({ buyers: 700 });
  expect(await world.told()).toHaveLength(700);
  expect(await world.members('buyers')).toHaveLength(700);
});

it('sets a segment aside that can not be evaluated, with those that name it, and goes on with the others', async () => {
  await world.define('buyers', BUYERS);
  await world.define('broken', { trait: 'plan', op: 'eq', value: 'pro' });
  await world.define('on-broken', { segment: 'broken' });
  await world.query(`update segment set definition = '{"trait": "plan", "op": "resembles", "value": 1}' where key = 'broken'`);
  await world.query('update segment_progress set generation = generation + 1');
  await world.hear(order('ada'));
  expect(await world.members('buyers')).toEqual(['ada']);
  const failed = await world.query(`select key, failure from segment where status = 'FAILED' order by key`);
  expect(failed).toEqual([
    { key: 'broken', failure: expect.stringContaining('op') },
    { key: 'on-broken', failure: 'It names a segment that failed.' },
  ]);
  expect(world.errors).toHaveLength(1);
  const [{ segment_id: id } = { segment_id: '' }] = await world.query<{ segment_id: string }>(
    `select segment_id from segment where key = 'broken'`,
  );
  await world.desk.updateSegment(1, { segmentId: id, definition: { trait: 'plan', op: 'exists', value: false } }, author());
  await world.compute();
  expect(await world.members('on-broken')).toEqual(['ada']);
});

it('puts a profile off that can not be read, and sees to everybody else', async () => {
  await world.define('pro', { trait: 'plan', op: 'eq', value: 'pro' });
  const identify = (userId: string) => ({ type: 'identify', userId, traits: { plan: 'pro' }, messageId: `i-${userId}` });
  await world.experience.hear(...Array.from({ length: 9 }, (_, n) => identify(`u${n}`)));
  const profileId = await world.profileOf('u4');
  await world.query(
    `update trait_state set traits = '{"plan": 7}' where identifier_id = (select identifier_id from identifier where value = 'u4')`,
  );
  await world.follow();
  expect(await world.members('pro')).toHaveLength(8);
  expect(world.errors.length).toBeGreaterThan(0);
  expect(await world.query(`select profile_id, wake_at from segment_wake where wake_at < 'infinity'`)).toEqual([
    { profile_id: profileId, wake_at: new Date(world.experience.nowMs + 3_600_000) },
  ]);
});

it.each(['write_memberships', 'record_changes', 'follow_notes', 'commit'])(
  'changes nothing and tells nothing when the worker dies at %s',
  async (where) => {
    await world.define('buyers', BUYERS);
    await world.experience.hear(order('ada'), order('grace'));
    const dying = new Following({ ...world.options, writer: new SoleWriter(poolThatDiesAt(where)) });
    await expect(dying.step(1)).rejects.toThrow();
    expect(await world.members('buyers')).toEqual([]);
    expect(await world.query('select from change_note where not is_followed')).not.toEqual([]);
    await eventually('the database has noticed, and another worker goes on', async () => {
      await world.follow();
      return (await world.members('buyers')).length === 2;
    });
    expect(await world.told()).toHaveLength(2);
    expect(await world.sizes()).toEqual({ buyers: 2 });
  },
);

it('goes on computing where a worker died', async () => {
  await world.hear(...Array.from({ length: 1_300 }, (_, n) => order(`u${n}`)));
  await world.create('buyers', { all: [BUYERS, { not: { measure: 'health', op: 'lt', value: 0 } }] as Json });
  await world.backfill();
  await world.computing.step(1);
  const [before] = await world.query('select computed_to, size from segment');
  const dying = new Computing({ ...world.options, writer: new SoleWriter(poolThatDiesAt('advance_segments')) });
  await expect(dying.step(1)).rejects.toThrow();
  expect(await world.query('select computed_to, size from segment')).toEqual([before]);
  await eventually('the database has noticed, and another worker goes on', async () => {
    await world.compute();
    return (await world.status('buyers')) === 'LIVE';
  });
  expect(await world.sizes()).toEqual({ buyers: 1_300 });
});

/** The connection is gone the moment it would send this. */
function poolThatDiesAt(where: string): Pool {
  const connect = async () => {
    const client = await world.experience.world.pool.connect();
    const send = client.query.bind(client);
    const query = (asked: string | { name: string }, ...rest: never[]) => {
      const name = typeof asked === 'string' ? asked : asked.name;
      if (name === where) (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
      return send(asked as never, ...rest);
    };
    return { query, release: () => client.release(true) } as unknown as PoolClient;
  };
  return { connect } as unknown as Pool;
}

it('computes in memory what SQL does not tell in time', async () => {
  const { writer, options, experience } = world;
  await experience.hear(...Array.from({ length: 300 }, (_, n) => order(`u${n}`)));
  await world.follow();
  await world.create('buyers', BUYERS);
  await world.backfill();
  const computing = new Computing({ writer, clock: options.clock, newId: options.newId, sqlPageMs: 1 });
  let steps = 0;
  while (!(await computing.step(1))) steps++;
  expect(steps).toBeGreaterThan(0);
  expect(await world.members('buyers')).toHaveLength(300);
  const reasons = await world.query('select distinct reason from segment_membership');
  expect(reasons).toEqual([{ reason: 'at least 1 event named Order Completed in the last 30 days' }]);
  expect(await world.sizes()).toEqual({ buyers: 300 });
});
