import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { CONNECTIONS_PER_KEY, type Session, Sessions, SUBSCRIPTIONS_PER_KEY } from '../../../src/app/streams/sessions';
import { SUBSCRIPTIONS_PER_CONNECTION } from '../../../src/app/streams/webSockets';
import { until } from './listeners';
import { LiveWorld } from './liveWorld';

describe('a key', () => {
  let sessions: Sessions;
  beforeEach(() => {
    sessions = new Sessions({ isAllowed: () => Promise.resolve(true), onError: () => undefined });
  });
  afterEach(() => sessions.close());

  const session = (key: string, subscriptions: number): Session => ({ key, subscriptions: () => subscriptions, cut: () => undefined });
  const overloaded = expect.objectContaining({ code: 'OVERLOADED' });

  it('may have so many streams, and another when one has ended', () => {
    const open = Array.from({ length: CONNECTIONS_PER_KEY }, () => session('a', 1));
    for (const one of open) sessions.add(one);
    expect(() => sessions.add(session('a', 1))).toThrow(overloaded);
    sessions.add(session('b', 1));
    sessions.remove(open[0] as Session);
    sessions.add(session('a', 1));
  });

  it('may follow so much over all its streams', () => {
    for (let index = 0; index < 2; index++) sessions.add(session('a', SUBSCRIPTIONS_PER_KEY / 2));
    expect(() => sessions.refuseTooManySubscriptions('a')).not.toThrow();
    sessions.add(session('a', 1));
    expect(() => sessions.refuseTooManySubscriptions('a')).toThrow(overloaded);
    expect(() => sessions.refuseTooManySubscriptions('b')).not.toThrow();
  });
});

it('refuses one subscription too many on a connection, and goes on with the others', async () => {
  const world = await LiveWorld.start();
  const key = await world.workspace.apiKey();
  const client = createClient({
    url: world.api.url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { Authorization: `Bearer ${key}` },
  });
  const refused: string[] = [];
  let heard = 0;
  for (let index = 0; index <= SUBSCRIPTIONS_PER_CONNECTION; index++) {
    client.subscribe(
      { query: 'subscription { interactionAdded { name } }' },
      {
        next: () => heard++,
        error: (errors) => void refused.push((errors as { extensions: { code: string } }[])[0]?.extensions.code ?? 'none'),
        complete: () => undefined,
      },
    );
  }
  await until(() => refused.length > 0);
  const ada = await world.somebody('ada');
  await until(async () => {
    await world.batch(ada, [{}]);
    return heard >= SUBSCRIPTIONS_PER_CONNECTION;
  });
  expect(refused).toEqual(['OVERLOADED']);
  await client.dispose();
  await world.api.stop();
});

it('closes a socket that sends a message of more than 256 KiB, before and after it is admitted', async () => {
  const world = await LiveWorld.start();
  const key = await world.workspace.apiKey();
  const closeOf = (first: object | null) =>
    new Promise<number>((resolve) => {
      const socket = new WebSocket(world.api.url.replace(/^http/, 'ws'), 'graphql-transport-ws');
      const sendMuch = () => socket.send(JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(256 * 1024) } }));
      socket.on('open', () => (first ? socket.send(JSON.stringify(first)) : sendMuch()));
      socket.on('message', sendMuch);
      socket.on('error', () => undefined);
      socket.on('close', resolve);
    });
  expect(await closeOf(null)).toBe(1009);
  expect(await closeOf({ type: 'connection_init', payload: { Authorization: `Bearer ${key}` } })).toBe(1009);
  await world.api.stop();
});
