import { eventually } from '../journeys/eventually';
import { System } from '../journeys/system';

jest.setTimeout(150_000);

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

it.each(['worker', 'api'] as const)(
  'ends a %s that cannot reach the database when it starts, so that it is started again',
  async (name) => {
    await system.end(name);
    const starting = system.restart(name, { DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/nothing' });
    await expect(starting).rejects.toThrow('did not start');
    expect(system.faults()).toEqual([expect.stringContaining('could not start')]);
    await system.restart(name);
    await system.take([{ type: 'track', userId: 'patient', messageId: name, event: 'Came back' }]);
    await eventually(
      'it is on the timeline',
      async () => (await system.ask('select from interaction where message_id = $1', [name])).length === 1,
    );
  },
);
