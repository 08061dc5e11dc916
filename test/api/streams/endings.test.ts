import { connect, type Socket } from 'node:net';
import { ApiUnderTest } from '../apiUnderTest';
import { Listener, until } from './listeners';
import { LiveWorld, type Somebody } from './liveWorld';

jest.setTimeout(60_000);

const INTERACTIONS = 'subscription ($id: ID, $after: String) { interactionAdded(profileId: $id, after: $after) { name properties } }';

let world: LiveWorld;
let key: string;
let ada: Somebody;

beforeEach(async () => {
  world = await LiveWorld.start();
  key = await world.workspace.apiKey();
  ada = await world.somebody('ada');
});

/** A client that subscribes and then reads nothing any more. */
function deafClient(): Promise<Socket> {
  const { hostname, port } = new URL(world.api.url);
  const body = JSON.stringify({ query: INTERACTIONS, variables: { id: ada.publicId } });
  const head = [
    'POST /graphql/stream HTTP/1.1',
    'host: x',
    `authorization: Bearer ${key}`,
    'accept: text/event-stream',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(`${head.join('\r\n')}\r\n\r\n${body}`));
    socket.once('data', () => {
      socket.pause();
      resolve(socket);
    });
    socket.on('error', reject);
  });
}

it('gives up on a client that reads too little, and others hear everything', async () => {
  const reader = await Listener.onEvents(world.api.url, key, INTERACTIONS, { id: ada.publicId });
  const deaf = await deafClient();
  const open = () => new Promise<number>((resolve) => world.api.app.server.getConnections((_error, count) => resolve(count)));
  const before = await open();
  // What a system buffers for one connection has to be filled first.
  const text = 'x'.repeat(30_000);
  let told = 0;
  await until(async () => {
    await world.flood(ada, { first: told, count: 300, text });
    told += 300;
    await reader.hears(told);
    return (await open()) < before;
  }, 50_000);
  expect(reader.heard.map(({ data }) => data.interactionAdded.name)).toEqual(Array.from({ length: told }, (_, index) => `${index}`));
  deaf.destroy();
  reader.stop();
  await world.api.stop();
});

it('tells what one API process is told of by a worker to the clients of another', async () => {
  const other = await ApiUnderTest.start({ database: world.api.database });
  const listeners = await Promise.all([world.api, other].map(({ url }) => Listener.onEvents(url, key, INTERACTIONS, { id: ada.publicId })));
  await world.batch(ada, [{ name: 'For both' }]);
  for (const listener of listeners) await listener.hears(1);
  const [first, second] = listeners as [Listener, Listener];
  first.stop();
  await world.batch(ada, [{ name: 'Missed' }]);
  const resumed = await Listener.onEvents(other.url, key, INTERACTIONS, { id: ada.publicId, after: first.eventIds[0] });
  await resumed.hears(1);
  expect(resumed.heard[0]?.data.interactionAdded.name).toBe('Missed');
  for (const listener of [second, resumed]) listener.stop();
  await other.app.close();
  await world.api.stop();
});

it('says good-bye to everybody when it is told to stop, and stops at once', async () => {
  const events = await Listener.onEvents(world.api.url, key, INTERACTIONS, { id: ada.publicId });
  const socket = Listener.onSocket(world.api.url, key, INTERACTIONS, { id: ada.publicId });
  await until(async () => {
    await world.batch(ada, [{}]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return socket.heard.length > 0;
  });
  await world.api.stop();
  await Promise.all([events.ends(), socket.ends()]);
  expect(socket.closes).toEqual([1001]);
});
