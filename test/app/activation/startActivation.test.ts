import { startActivation } from '../../../src/app/activation/startActivation';
import { announceChanges } from '../../../src/storage/statements/announceChanges';
import { ActivationUnderTest } from './activationUnderTest';
import { Receiver } from './receiver';

it('sends what was committed when it is told of it, and stops with nothing left open', async () => {
  const system = await ActivationUnderTest.start();
  const receiver = await Receiver.start();
  const faults: Error[] = [];
  const activation = await startActivation({
    config: { databaseUrl: system.database.url, webhookAllowPrivate: true },
    clock: Date.now,
    chance: () => 0.5,
    onError: (error) => void faults.push(error),
  });
  await system.destination(receiver.url);
  const profileId = await system.acme.profile({ identifiers: [{ type: 'user_id', value: 'ada' }] });
  const arrived = new Promise<void>((resolve) => {
    receiver.react = (response) => {
      response.writeHead(204).end();
      resolve();
    };
  });
  system.nowMs = Date.now();
  await system.change({ profileId });
  await announceChanges(system.database.app, system.workspaceId);
  await arrived;
  await activation.stop();
  await receiver.stop();
  const { rows } = await system.database.owner.query('select d.status from delivery d');
  expect([rows, faults]).toEqual([[{ status: 'DELIVERED' }], []]);
  await system.stop();
});
