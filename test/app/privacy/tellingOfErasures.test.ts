import { randomUUID } from 'node:crypto';
import { DeliveryUpkeep } from '../../../src/app/activation/deliveryUpkeep';
import { Erasing } from '../../../src/app/privacy/erasing';
import { ActivationUnderTest } from '../activation/activationUnderTest';
import { answering, Receiver } from '../activation/receiver';

let system: ActivationUnderTest;
let receiver: Receiver;
beforeAll(async () => {
  system = await ActivationUnderTest.start();
  receiver = await Receiver.start();
});
afterEach(async () => {
  expect(system.faults).toEqual([]);
  receiver.clear();
  await system.clear();
});
afterAll(async () => {
  await receiver.stop();
  await system.stop();
});

const publicId = (id: string) => `prf_${id.replaceAll('-', '')}`;
const deliveries = async () => (await system.database.owner.query('select type, status from delivery order by position')).rows;

/** A customer with somebody merged into them, and the erasure carried out. */
async function erased(prepare: (profileId: string) => Promise<unknown> = () => Promise.resolve()) {
  const profileId = await system.acme.profile({ identifiers: [{ type: 'user_id', value: randomUUID() }] });
  const before = await system.acme.profile({ identifiers: [], mergedInto: profileId });
  await prepare(profileId);
  const erasing = new Erasing({ pool: system.database.app, clock: () => system.nowMs, newId: randomUUID });
  const author = { actor: 'test', atMs: system.nowMs, auditId: randomUUID() };
  const erasureId = (await erasing.begin(system.workspaceId, profileId, author)) as string;
  while ((await erasing.step(system.workspaceId, erasureId)) !== 'DONE');
  return { profileId, before };
}

it('tells destinations that ask for it whom to forget, by ids and nothing else, in place of all that waited', async () => {
  await system.destination(receiver.url, { events: ['segment.entered', 'profile.erased'], purpose: 'email', quiet_period_seconds: 60 });
  await system.destination(receiver.url, { events: ['segment.entered'] });
  const { profileId, before } = await erased(async (id) => system.change({ profileId: id }, { profileId: id }));
  expect(await deliveries()).toEqual([{ type: 'profile.erased', status: 'PENDING' }]);
  await system.sending().run();
  expect(receiver.received.map(({ body }) => body)).toEqual([
    {
      type: 'profile.erased',
      timestamp: expect.any(String),
      data: { profile: { id: publicId(profileId), previousIds: [publicId(before)] } },
    },
  ]);
});

it('leaves nothing in the log of whom was told, once it was taken; and tries again until then', async () => {
  await system.destination(receiver.url, { events: ['profile.erased'] });
  receiver.react = answering(500);
  await erased();
  await system.sending().run();
  const upkeep = new DeliveryUpkeep({ connections: system.connections, clock: () => system.nowMs });
  await upkeep.run();
  expect(await deliveries()).toEqual([{ type: 'profile.erased', status: 'PENDING' }]);
  receiver.react = answering(204);
  system.pass(3_600_000);
  await system.sending().run();
  await upkeep.run();
  expect(await deliveries()).toEqual([]);
});
