import { WebSocket } from 'ws';
import { ApiUnderTest } from '../apiUnderTest';
import { WorkspaceBuilder } from '../workspaceBuilder';

let api: ApiUnderTest;
let key: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  key = await (await WorkspaceBuilder.create(api.database.owner, 'Acme')).apiKey();
});
afterAll(async () => {
  await api.stop();
  expect(api.bugs).toEqual([]);
});

const SUBSCRIPTION =
  'subscription ($id: ID!, $departments: [Department!]) { interactionAdded(profileId: $id, departments: $departments) { id } }';
const FAULTY = { id: ['a'], departments: ['SALES', 7] };

it('tells what is wrong with the variables of a query, however much that is', async () => {
  const query =
    'query ($steps: [FunnelStepInput!]!) { funnel(from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z", withinHours: 1, steps: $steps) { steps { label } } }';
  const { status, codes } = await api.query(key, query, { steps: Array.from({ length: 300 }, (_, n) => n) });
  expect({ status, codes: [...new Set(codes)] }).toEqual({ status: 400, codes: ['BAD_USER_INPUT'] });
});

it('tells what is wrong with the variables of a subscription that is to be streamed', async () => {
  const answer = await fetch(`${api.url}/stream`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: SUBSCRIPTION, variables: FAULTY }),
  });
  expect(answer.status).toBe(400);
  const { errors } = (await answer.json()) as { errors: { message: string; extensions: { code: string } }[] };
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
  expect(errors[0]?.message).toContain('$id');
});

it('tells it over a WebSocket, too, and the connection stays for others', async () => {
  const socket = new WebSocket(api.url.replace('http', 'ws'), 'graphql-transport-ws');
  const heard: { type: string; id?: string; payload?: { extensions: { code: string } }[] }[] = [];
  await new Promise<void>((resolve) => {
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } })));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      heard.push(message);
      if (message.type === 'connection_ack')
        socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: SUBSCRIPTION, variables: FAULTY } }));
      if (message.type === 'error') socket.send(JSON.stringify({ type: 'ping' }));
      if (message.type === 'pong') resolve();
    });
    socket.on('close', () => resolve());
  });
  socket.terminate();
  expect(heard.map(({ type }) => type)).toEqual(['connection_ack', 'error', 'pong']);
  expect(heard[1]?.payload?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
});

it.each(['connection_ack', 'next', 'error'])(
  'closes the connection of a client that says %s, which only a server may, with 4400',
  async (type) => {
    const socket = new WebSocket(api.url.replace('http', 'ws'), 'graphql-transport-ws');
    const messages: Record<string, object> = {
      connection_ack: {},
      next: { id: '1', payload: { data: {} } },
      error: { id: '1', payload: [{ message: 'No.' }] },
    };
    const code = await new Promise((resolve) => {
      socket.on('open', () => socket.send(JSON.stringify({ type, ...messages[type] })));
      socket.on('close', resolve);
    });
    expect(code).toBe(4400);
    expect(api.faults).toEqual([]);
  },
);
