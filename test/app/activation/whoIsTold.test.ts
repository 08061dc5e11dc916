import { DeliveryUpkeep } from '../../../src/app/activation/deliveryUpkeep';
import { identifierId } from '../../../src/identity/identifierId';
import { interestedTypes } from '../../../src/storage/statements/recordChanges';
import { inWorkspace } from '../../../src/storage/workspaceTransaction';
import { ActivationUnderTest, HOUR_MS, MINUTE_MS } from './activationUnderTest';
import { answering, Receiver } from './receiver';

let system: ActivationUnderTest;
let receiver: Receiver;
let ada: string;
let bob: string;
let before: string;

beforeAll(async () => {
  system = await ActivationUnderTest.start();
  receiver = await Receiver.start();
  ada = await system.acme.profile({ identifiers: ['user_id', 'email'].map((type) => ({ type, value: 'ada' })) });
  bob = await system.acme.profile({ identifiers: [{ type: 'user_id', value: 'bob' }] });
  before = await system.acme.profile({ identifiers: [], mergedInto: ada });
});
beforeEach(async () => {
  receiver.clear();
  await system.clear();
});
afterEach(() => expect(system.faults).toEqual([]));
afterAll(async () => {
  await receiver.stop();
  await system.stop();
});

const suppress = (type: string, value: string) =>
  system.database.owner.query(`insert into suppression (workspace_id, identifier_id, at, actor) values ($1, $2, now(), 'test')`, [
    system.workspaceId,
    String(identifierId(type, value)),
  ]);
const say = (type: string, value: string, granted: boolean) =>
  system.database.owner.query(
    `insert into consent (workspace_id, identifier_id, purpose, granted, at, message_id, source_id) values ($1, $2, 'email', $3, now(), 'm', 1)
     on conflict (workspace_id, identifier_id, purpose) do update set granted = excluded.granted`,
    [system.workspaceId, String(identifierId(type, value)), granted],
  );
const told = () => receiver.received.map(({ body }) => body.data.profile.id);
const publicId = (id: string) => `prf_${id.replaceAll('-', '')}`;

it('writes nothing for a customer of whom one identifier is suppressed', async () => {
  const id = await system.destination(receiver.url);
  await suppress('email', 'ada');
  await system.change({ profileId: ada }, { profileId: before }, { profileId: bob });
  await system.sending().run();
  expect(told()).toEqual([publicId(bob)]);
  expect(await system.log(id)).toHaveLength(1);
});

it('withholds what was written before the customer was suppressed, and goes on behind it', async () => {
  const id = await system.destination(receiver.url);
  await system.change({ profileId: ada }, { profileId: ada }, { profileId: bob });
  await suppress('user_id', 'ada');
  await system.sending().run();
  expect(told()).toEqual([publicId(bob)]);
  expect((await system.log(id)).map(({ status, last_error }) => [status, last_error])).toEqual([
    ['WITHHELD', 'SUPPRESSED'],
    ['WITHHELD', 'SUPPRESSED'],
    ['DELIVERED', null],
  ]);
});

it('tells a destination that needs a purpose only of customers who grant it, when it is written and when it is sent', async () => {
  const id = await system.destination(receiver.url, { purpose: 'email' });
  await say('user_id', 'ada', true);
  await system.change({ profileId: ada }, { profileId: bob });
  await system.sending().run();
  expect(told()).toEqual([publicId(ada)]);
  await system.change({ profileId: ada });
  await say('email', 'ada', false);
  await system.change({ profileId: ada });
  await system.sending().run();
  expect((await system.log(id)).map(({ last_error }) => last_error)).toEqual([null, 'NO_CONSENT']);
  expect(receiver.received).toHaveLength(1);
});

it('withholds what is about a customer who was erased', async () => {
  const eve = await system.acme.profile({ identifiers: [{ type: 'user_id', value: 'eve' }] });
  const id = await system.destination(receiver.url);
  await system.change({ profileId: eve });
  await system.database.owner.query('delete from identifier where profile_id = $1', [eve]);
  await system.database.owner.query('delete from profile where profile_id = $1', [eve]);
  await system.sending().run();
  expect(await system.log(id)).toMatchObject([{ status: 'WITHHELD', last_error: 'ERASED' }]);
  expect(receiver.received).toEqual([]);
});

it('tells of who answers for a merged profile by now, with the ids from before', async () => {
  await system.destination(receiver.url, { events: ['profile.merged'] });
  await system.change({ type: 'profile.merged', profileId: before, data: { mergeId: system.newId(), absorbedId: before } });
  await system.sending().run();
  expect(receiver.received[0]?.body.data).toMatchObject({
    profile: { id: publicId(ada), previousIds: [publicId(before)] },
    merge: { id: expect.stringMatching(/^mrg_/), absorbedId: publicId(before) },
  });
});

describe('a quiet period', () => {
  const segments = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;

  it('lets one trigger tell of a customer once in so long, and others meanwhile', async () => {
    await system.destination(receiver.url, { quiet_period_seconds: 3_600, events: ['segment.entered', 'friction.detected'] });
    const enter = (profileId: string, segmentId: string) => system.change({ profileId, segmentId });
    const hurt = (frictionKind: string) =>
      system.change({ type: 'friction.detected', profileId: ada, frictionKind, data: { severity: 'HIGH' } });
    await enter(ada, segments[0]);
    await enter(ada, segments[0]);
    await enter(ada, segments[1]);
    await enter(bob, segments[0]);
    for (const kind of ['BOT_LOOP', 'BOT_LOOP', 'LONG_WAIT', 'BOT_LOOP']) await hurt(kind);
    await system.sending().run();
    expect(receiver.received).toHaveLength(5);
    system.pass(HOUR_MS - 1);
    await enter(ada, segments[0]);
    await system.sending().run();
    expect(receiver.received).toHaveLength(5);
    system.pass(1);
    await enter(ada, segments[0]);
    await system.sending().run();
    expect(receiver.received).toHaveLength(6);
  });

  it('keeps apart what comes in one call, and knows a customer by the ids of before', async () => {
    const id = await system.destination(receiver.url, { quiet_period_seconds: 60 });
    await system.change({ profileId: ada }, { profileId: ada }, { profileId: before });
    await system.change({ profileId: before });
    expect(await system.log(id)).toHaveLength(1);
    await system.database.owner.query('update delivery set profile_id = $1', [before]);
    await system.change({ profileId: ada });
    expect(await system.log(id)).toHaveLength(1);
    system.pass(MINUTE_MS);
    await system.change({ profileId: ada });
    expect(await system.log(id)).toHaveLength(2);
  });
});

it('records a change and its deliveries together or not at all, by one statement', async () => {
  const id = await system.destination(receiver.url);
  const [changeId] = await system.change({ profileId: ada });
  await expect(system.change({ profileId: bob }, { profileId: ada, changeId: changeId as string })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  expect(await system.log(id)).toHaveLength(1);
  const { rows } = await system.database.owner.query('select count(*)::int from change');
  expect(rows).toEqual([{ count: 1 }]);
});

it('knows which types anybody asks for', async () => {
  const asked = () =>
    inWorkspace(system.database.app, system.workspaceId, 'snapshot', (client) => interestedTypes(client, system.workspaceId));
  expect(await asked()).toEqual(new Set());
  await system.destination(receiver.url, { events: ['profile.changed', 'segment.left'] });
  await system.destination(receiver.url, { events: ['friction.detected'], is_enabled: false });
  expect(await asked()).toEqual(new Set(['profile.changed', 'segment.left']));
});

it('ends what a disabled destination could not be sent within a day, and no sooner', async () => {
  const upkeep = new DeliveryUpkeep({ connections: system.connections, clock: () => system.nowMs });
  const id = await system.destination(receiver.url);
  receiver.react = answering(410);
  await system.change({ profileId: ada }, { profileId: ada });
  await system.sending().run();
  system.pass(23 * HOUR_MS);
  await upkeep.run();
  expect((await system.log(id)).map(({ status }) => status)).toEqual(['FAILED', 'PENDING']);
  system.pass(2 * HOUR_MS);
  await upkeep.run();
  expect((await system.log(id)).map(({ last_error }) => last_error)).toEqual(['STATUS', 'EXPIRED']);
  await system.database.owner.query('delete from destination');
  await upkeep.run();
  expect(await system.log(id)).toEqual([]);
});
