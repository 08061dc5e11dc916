import { eventually } from '../journeys/eventually';
import { redisOfItsOwn } from '../journeys/redisOfItsOwn';
import { type ProcessName, System } from '../journeys/system';
import { Gate } from './gate';

jest.setTimeout(150_000);

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const takesMessages = async (name: ProcessName) => {
  await system.take([{ type: 'track', userId: 'patient', messageId: name, event: 'Came back' }]);
  await eventually(
    'it is on the timeline',
    async () => (await system.ask('select from interaction where message_id = $1', [name])).length === 1,
  );
};

if (redisOfItsOwn() === null) {
  it.each(['worker', 'api'] as const)(
    'ends a %s that cannot reach the database, where its queue is, when it starts, so that it is started again',
    async (name) => {
      await system.end(name);
      const starting = system.restart(name, { DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/nothing' });
      await expect(starting).rejects.toThrow('did not start');
      expect(system.faults()).toEqual([expect.stringContaining('could not start')]);
      await system.restart(name);
      await takesMessages(name);
    },
  );
} else {
  it.each(['worker', 'api'] as const)('lets a %s wait for the database where its queue is on Redis', async (name) => {
    const url = new URL(system.database.url);
    const gate = await Gate.closed({ host: url.hostname, port: Number(url.port) });
    url.host = `127.0.0.1:${gate.port}`;
    // Names a socket that is there all the time.
    url.searchParams.delete('host');
    await system.end(name);
    await system.restart(name, { DATABASE_URL: url.href });
    if (name === 'api') expect((await system.post('/v1/track', { userId: 'patient', event: 'Too early' })).status).toBe(503);
    await gate.open();
    await takesMessages(name);
    await system.end(name);
    gate.close();
    await system.restart(name);
  });
}
