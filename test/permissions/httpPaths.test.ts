import type { FastifyInstance } from 'fastify';
import WebSocket from 'ws';
import { settingsWith, signedBy } from '../../bench/fuzz/vendorSignatures';
import { SCOPES } from '../../src/kernel/vocabulary';
import { ApiUnderTest } from '../api/apiUnderTest';
import { serveAllTests } from '../http/server';
import { fixture } from '../intake/webhooks/vendorFixture';
import { basic, System } from '../journeys/system';
import { Keyring } from './keyring';
import { tableOf } from './table';

jest.setTimeout(300_000);

const ROWS = tableOf('method', 'path', 'who').flatMap(([methods = '', paths = '', who = '']) =>
  methods.split(', ').flatMap((method) => paths.split(', ').map((path) => ({ method, path, who }))),
);
const SECRET = 'a-secret-between-us';

const served = serveAllTests();
let system: System;
let keys: Keyring;
let webhook: string;

beforeAll(async () => {
  system = await System.start();
  keys = new Keyring(system);
  const create = `mutation ($settings: JSONObject) {
    createSource(input: { name: "Tool", type: "zendesk", department: SUPPORT, settings: $settings }) { source { webhookPath } }
  }`;
  const { data } = await system.graphql(create, { settings: settingsWith('zendesk', SECRET) });
  webhook = data.createSource.source.webhookPath;
});
afterAll(() => system.stop());

type Sent = Readonly<Record<string, string>>;
type Coded = { readonly code: string };

async function ask(
  method: string,
  path: string,
  headers: Sent,
  body = BODIES[path],
): Promise<{ status: number; code: string | undefined }> {
  const answer = await fetch(system.address + (FILLED_IN[`${method} ${path}`] ?? path), {
    method,
    headers: { ...headers, ...NOT_BY_A_PAGE },
    ...(method === 'POST' && { headers: { ...headers, 'content-type': 'application/json' }, body: body ?? MESSAGE }),
  });
  const text = await answer.text();
  const { error, errors } = (text.startsWith('{') ? JSON.parse(text) : {}) as { error?: Coded; errors?: { extensions: Coded }[] };
  return { status: answer.status, code: error?.code ?? errors?.[0]?.extensions.code };
}

/** A page of another site could not send it, so a GET of GraphQL is taken. */
const NOT_BY_A_PAGE = { 'apollo-require-preflight': 'true' };
const MESSAGE = JSON.stringify({ userId: 'ada', event: 'Seen', groupId: 'g', previousId: 'before' });
const BODIES: Readonly<Record<string, string>> = {
  '/v1/batch': JSON.stringify({ batch: [{ type: 'track', userId: 'ada', event: 'Seen' }] }),
  '/v1/b': JSON.stringify({ batch: [{ type: 'track', userId: 'ada', event: 'Seen' }] }),
  '/v1/import': JSON.stringify({ batch: [{ type: 'track', userId: 'ada', event: 'Seen' }] }),
  '/graphql': JSON.stringify({ query: '{ __typename }' }),
  // Nothing that could be streamed: whoever is admitted hears that it is not.
  '/graphql/stream': JSON.stringify({ query: '{ __typename }' }),
};
const FILLED_IN: Record<string, string> = {
  'GET /exports/segments/:file': '/exports/segments/none.ndjson',
  'GET /graphql': '/graphql?query={__typename}',
};

/** Whoever may come, by how they show who they are. */
async function callers(): Promise<readonly (readonly [string, Sent])[]> {
  const other = await system.addWorkspace(`globex-${Math.random()}`, SCOPES);
  const single = await Promise.all(SCOPES.map(async (scope) => [scope, bearer(await keys.with([scope]))] as const));
  return [
    ['nobody', {}],
    ['an unknown key', bearer('tl_api_nobody')],
    ['a write key', { authorization: basic(system.writeKey) }],
    ['the write key of another workspace', { authorization: basic(other.writeKey) }],
    ['the API key of another workspace', bearer(other.apiKey)],
    ['every scope', bearer(system.apiKey)],
    ...single,
  ];
}

const bearer = (key: string): Sent => ({ authorization: `Bearer ${key}` });
const isWriteKey = (caller: string) => caller.includes('write key');
const isApiKey = (caller: string) => !isWriteKey(caller) && caller !== 'nobody' && caller !== 'an unknown key';

/** With which code each caller is refused; undefined: not. */
const EXPECTED: Readonly<Record<string, (caller: string) => string | undefined>> = {
  anybody: () => undefined,
  "a write key, or nobody's; nothing is kept": (caller) =>
    isWriteKey(caller) || caller === 'nobody' ? undefined : isApiKey(caller) ? 'FORBIDDEN' : 'UNAUTHENTICATED',
  'a write key': (caller) => (isWriteKey(caller) ? undefined : isApiKey(caller) ? 'FORBIDDEN' : 'UNAUTHENTICATED'),
  'an API key': (caller) => (isApiKey(caller) ? undefined : isWriteKey(caller) ? 'FORBIDDEN' : 'UNAUTHENTICATED'),
  'an API key; a browser gets the console without one': (caller) =>
    isApiKey(caller) ? undefined : isWriteKey(caller) ? 'FORBIDDEN' : 'UNAUTHENTICATED',
  'an API key with segments:read, profiles:read': (caller) => {
    if (caller === 'every scope' || caller === 'the API key of another workspace') return undefined;
    return isApiKey(caller) || isWriteKey(caller) ? 'FORBIDDEN' : 'UNAUTHENTICATED';
  },
};

it('has a row for each path that the server has a handler for, and for nothing else', async () => {
  const api = await ApiUnderTest.start();
  const routes = [...routesOf(served.server.app), ...routesOf(api.app)];
  await api.stop();
  const named = new Set(ROWS.map(({ method, path }) => `${method} ${path}`));
  const unnamed = routes.filter((route) => !named.has(route));
  expect([...named].filter((route) => !routes.includes(route))).toEqual([]);
  const doing = [];
  for (const route of unnamed) {
    const [method = '', path = ''] = route.split(' ');
    const { status } = await ask(method, path, bearer(system.apiKey));
    // Browsers ask beforehand, and heads are answered as their gets are.
    if (!(status === 405 || method === 'HEAD' || (method === 'OPTIONS' && status === 204))) doing.push(`${route} ${status}`);
  }
  expect(doing).toEqual([]);
});

describe.each(ROWS.filter(({ who }) => who in EXPECTED))('$method $path', ({ method, path, who }) => {
  it(`is for ${who}`, async () => {
    for (const [caller, headers] of await callers()) {
      const { status, code } = await ask(method, path, headers);
      const refused = [401, 403].includes(status) ? code : undefined;
      expect([caller, refused]).toEqual([caller, EXPECTED[who]?.(caller)]);
    }
  });
});

/** Rows whose tests stand below, as each goes by something of its own. */
const OF_THEIR_OWN = ['/v1/pixel/:type', '/v1/projects/:key/settings', '/webhooks/:sourceId'];

it('has a test for each row', () => {
  const others = ROWS.filter(({ who }) => !(who in EXPECTED)).map(({ path }) => path);
  expect(others).toEqual(OF_THEIR_OWN);
});

it('exports to a key with exactly the scopes of its row', async () => {
  const key = await keys.with(['segments:read', 'profiles:read']);
  expect(await ask('GET', '/exports/segments/:file', bearer(key))).toEqual({ status: 404, code: 'NOT_FOUND' });
});

it('shows a browser the console without a key', async () => {
  const answer = await fetch(`${system.address}/graphql`, { headers: { accept: 'text/html' } });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await answer.text()).not.toContain(system.apiKey);
});

it('gives everybody the picture, and takes what it brings from a write key alone', async () => {
  const seen = async (anonymousId: string) =>
    (await system.graphql(`{ profile(identifier: { type: "anonymous_id", value: "${anonymousId}" }) { id } }`)).data.profile !== null;
  for (const [caller, writeKey] of Object.entries({ good: system.writeKey, unknown: 'tl_write_nobody', 'api-key': system.apiKey })) {
    const data = Buffer.from(JSON.stringify({ writeKey, anonymousId: `by-${caller}`, event: 'Seen' })).toString('base64');
    const answer = await fetch(`${system.address}/v1/pixel/track?data=${encodeURIComponent(data)}`);
    expect([caller, answer.status, answer.headers.get('content-type')]).toEqual([caller, 200, 'image/gif']);
  }
  await system.settled();
  expect([await seen('by-good'), await seen('by-unknown'), await seen('by-api-key')]).toEqual([true, false, false]);
});

it('tells its settings to whoever knows a write key', async () => {
  const status = async (key: string) => (await fetch(`${system.address}/v1/projects/${key}/settings`)).status;
  expect([await status(system.writeKey), await status('tl_write_nobody'), await status(system.apiKey)]).toEqual([200, 404, 404]);
});

it('takes a delivery from whoever can sign for the source, and from nobody by a key', async () => {
  const url = system.address + webhook;
  for (const [caller, headers] of await callers()) {
    const answer = await fetch(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: '{}' });
    expect([caller, answer.status, (await answer.json()).error.code]).toEqual([caller, 401, 'WEBHOOK_SIGNATURE_INVALID']);
  }
  const { body, headers } = signedBy('zendesk', fixture('zendesk-ticket-created'), { secret: SECRET, atMs: Date.now(), url });
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
});

it('opens a WebSocket for an API key', async () => {
  for (const [caller, headers] of await callers()) {
    const expected = isApiKey(caller) ? 'connection_ack' : isWriteKey(caller) ? '4403' : '4401';
    expect([caller, await firstWord(headers)]).toEqual([caller, expected]);
  }
});

/** What the server says first: the type of a message, or the code that it closes with. */
function firstWord(headers: Sent): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${system.address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data) => {
      resolve(JSON.parse(String(data)).type);
      socket.terminate();
    });
    socket.on('close', (code) => resolve(String(code)));
    socket.on('error', reject);
  });
}

/** As `POST /v1/track`, read off the tree that Fastify prints. */
function routesOf(app: FastifyInstance): readonly string[] {
  const parents: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent, name = '', methods = ''] = /^(.*?)[├└]── (\S+)(?: \((.+)\))?$/.exec(line) ?? [];
      if (indent === undefined) return [];
      const depth = indent.length / 4;
      parents[depth] = (parents[depth - 1] ?? '') + name;
      return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${parents[depth]}`);
    });
}
