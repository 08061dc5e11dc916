import { randomUUID } from 'node:crypto';
import { WorkspaceBuilder } from '../workspaceBuilder';
import { Listener } from './listeners';
import { LiveWorld, type Somebody } from './liveWorld';

jest.setTimeout(60_000);

const MEMBERSHIP = `subscription ($id: ID!, $after: String) {
  segmentMembershipChanged(segmentId: $id, after: $after) { entered at segment { key } profile { displayName } }
}`;
const FRICTION = `subscription ($minSeverity: Severity, $after: String) {
  frictionDetected(minSeverity: $minSeverity, after: $after) { id kind severity profile { id } evidence { name } }
}`;

let world: LiveWorld;
let key: string;
let ada: Somebody;
let vip: string;
const open: Listener[] = [];

beforeAll(async () => {
  world = await LiveWorld.start();
  key = await world.workspace.apiKey();
  ada = await world.somebody('ada');
  vip = await segment(world.workspace.workspaceId, 'vip');
});
afterEach(() => {
  for (const listener of open.splice(0)) listener.stop();
});
afterAll(async () => {
  expect(world.api.bugs).toEqual([]);
  await world.api.stop();
});

async function segment(workspaceId: number, name: string): Promise<string> {
  const segmentId = randomUUID();
  await world.api.database.owner.query(
    `insert into segment (workspace_id, segment_id, key, name, definition, status, size, created_at, updated_at) values ($1, $2, $3, $3, '{"all":[]}', 'LIVE', 0, now(), now())`,
    [workspaceId, segmentId, name],
  );
  return segmentId;
}

async function listen(query: string, variables: Record<string, unknown>, as = key): Promise<Listener> {
  const listener = await Listener.onEvents(world.api.url, as, query, variables);
  open.push(listener);
  return listener;
}

const publicId = (segmentId: string) => `seg_${segmentId.replaceAll('-', '')}`;
const turnsOf = (listener: Listener) => listener.heard.map(({ data }) => data.segmentMembershipChanged.entered);

it('tells who enters and leaves a segment, in order, and of no other segment', async () => {
  const other = await segment(world.workspaceId, 'other');
  const listener = await listen(MEMBERSHIP, { id: publicId(vip) });
  await world.change('segment.entered', ada, { segmentId: other });
  await world.change('segment.entered', ada, { segmentId: vip });
  await world.change('segment.left', ada, { segmentId: vip });
  await world.announce();
  await listener.hears(2);
  expect(listener.heard.map(({ data }) => data.segmentMembershipChanged)).toEqual([
    { entered: true, at: expect.any(String), segment: { key: 'vip' }, profile: { displayName: 'ada' } },
    { entered: false, at: expect.any(String), segment: { key: 'vip' }, profile: { displayName: 'ada' } },
  ]);
});

it('gives who comes back exactly the changes behind the last one that it heard', async () => {
  const first = await listen(MEMBERSHIP, { id: publicId(vip) });
  await world.change('segment.entered', ada, { segmentId: vip });
  await world.announce();
  await first.hears(1);
  first.stop();
  const { owner } = world.api.database;
  await owner.query(
    `insert into change (workspace_id, change_id, type, profile_id, at, segment_id, data)
     select $1, gen_random_uuid(), case when n % 2 = 0 then 'segment.left' else 'segment.entered' end, $2, now(), $3, '{}' from generate_series(1, 620) as n`,
    [world.workspaceId, ada.profileId, vip],
  );
  const second = await listen(MEMBERSHIP, { id: publicId(vip), after: first.eventIds[0] });
  await second.hears(620);
  const middle = second.eventIds[599];
  second.stop();
  const third = await listen(MEMBERSHIP, { id: publicId(vip), after: middle });
  await third.hears(20);
  expect(third.eventIds).toEqual(second.eventIds.slice(600));
  expect(turnsOf(third)).toEqual(turnsOf(second).slice(600));
});

it('knows no segment of another workspace, and tells nobody who may not read segments', async () => {
  const others = await WorkspaceBuilder.create(world.api.database.owner, 'Others');
  const theirs = await segment(others.workspaceId, 'theirs');
  const refused = [
    await listen(MEMBERSHIP, { id: publicId(theirs) }),
    await listen(MEMBERSHIP, { id: publicId(vip) }, await world.workspace.apiKey('profiles:read')),
    await listen(MEMBERSHIP, { id: publicId(vip) }, await world.workspace.apiKey('segments:read')),
  ];
  const codes = await Promise.all(
    refused.map(async (listener) => {
      const { errors } = await ((await listener.ends()) as { response: Response }).response.json();
      return errors[0].extensions.code;
    }),
  );
  expect(codes).toEqual(['NOT_FOUND', 'FORBIDDEN', 'FORBIDDEN']);
});

it('tells of signs of friction from a severity on, with what shows them', async () => {
  const bob = await world.somebody('bob');
  await world.batch(bob, [
    { kind: 'PAYMENT_FAILED', name: 'Payment Failed', atMs: Date.now() - 3_000 },
    { kind: 'PAYMENT_FAILED', name: 'Payment Failed', atMs: Date.now() - 2_000 },
  ]);
  await world.api.database.owner.query(`update identifier i set interactions = 2 where i.profile_id = $1`, [bob.profileId]);
  const { data } = await world.api.query(key, 'query ($id: ID!) { profile(id: $id) { friction { id severity } } }', { id: bob.publicId });
  const [sign] = data.profile.friction;
  const signalKey = Buffer.from(sign.id, 'base64url').toString();
  const [all, grave] = [await listen(FRICTION, {}), await listen(FRICTION, { minSeverity: 'HIGH' })];
  await world.change('friction.detected', bob, { data: { signalKey: 'gone', severity: 'HIGH', kind: 'FAILED_PAYMENT' } });
  await world.change('friction.detected', bob, { data: { signalKey, severity: 'LOW', kind: 'FAILED_PAYMENT' } });
  await world.change('friction.detected', bob, { data: { signalKey, severity: 'HIGH', kind: 'FAILED_PAYMENT' } });
  await world.announce();
  await all.hears(2);
  await grave.hears(1);
  expect(all.heard[0]?.data.frictionDetected).toMatchObject({ id: sign.id, kind: 'FAILED_PAYMENT', profile: { id: bob.publicId } });
  expect(all.heard[0]?.data.frictionDetected.evidence.length).toBeGreaterThan(0);
  expect(grave.heard).toHaveLength(1);
});
