import { createHash } from 'node:crypto';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { PersistedDocuments } from '../../src/api/persistedDocuments';
import { ApiUnderTest } from './apiUnderTest';
import { WorkspaceBuilder } from './workspaceBuilder';

const QUERY = 'query Ingestion { ingestion { processed } }';
const NAMED = 'query Named($id: ID!) { node(id: $id) { id } }';
const SUBSCRIPTION = 'subscription Told { interactionAdded { id } }';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const MANIFEST = Object.fromEntries([QUERY, NAMED, SUBSCRIPTION].map((text) => [sha256(text), text]));

let api: ApiUnderTest;
let key: string;

beforeAll(async () => {
  api = await ApiUnderTest.start({ limits: { documents: PersistedDocuments.fromJson({ ...MANIFEST, 'md5-of-relay': QUERY }) } });
  key = await (await WorkspaceBuilder.create(api.database.owner, 'Acme')).apiKey();
});
afterAll(async () => {
  expect(api.bugs).toEqual([]);
  await api.stop();
});

const send = (body: object) => api.send(body, { authorization: `Bearer ${key}` });
const get = (parameters: Record<string, string>, as = key) =>
  fetch(`${api.url}?${new URLSearchParams(parameters)}`, { headers: { authorization: `Bearer ${as}` } });

it.each<[string, object]>([
  ['its id', { documentId: sha256(QUERY) }],
  ['its id with the name of the hash', { documentId: `sha256:${sha256(QUERY)}` }],
  ["Apollo's extension", { extensions: { persistedQuery: { version: 1, sha256Hash: sha256(QUERY) } } }],
  ["Relay's id", { id: 'md5-of-relay' }],
  ["Relay's doc_id", { doc_id: 'md5-of-relay' }],
  ['its text', { query: QUERY }],
  ['its id, with variables', { documentId: sha256(NAMED), variables: { id: 'x' }, operationName: 'Named' }],
])('runs a document that it was given by %s', async (_how, body) => {
  expect(await send(body)).toMatchObject({ status: 200, codes: [] });
});

it.each<[string, object]>([
  ['an id that it was not given', { documentId: sha256('{ sources { name } }') }],
  [
    'a hash that it was not given, with its text',
    { query: '{ sources { name } }', extensions: { persistedQuery: { version: 1, sha256Hash: sha256('{ sources { name } }') } } },
  ],
  ['a text that it was not given', { query: '{ sources { name } }' }],
  ['introspection', { query: '{ __schema { queryType { name } } }' }],
  ['nothing', {}],
  ['a name that every object has', { documentId: 'constructor' }],
])('refuses %s with DOCUMENT_UNKNOWN', async (_what, body) => {
  expect(await send(body)).toMatchObject({ status: 400, codes: ['DOCUMENT_UNKNOWN'] });
});

it('runs documents by the address, too', async () => {
  const known = await get({ documentId: sha256(NAMED), variables: '{"id":"x"}' });
  expect([known.status, await known.json()]).toEqual([200, { data: { node: null } }]);
  const apollo = await get({ extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: sha256(QUERY) } }) });
  expect(apollo.status).toBe(200);
  expect((await get({ query: '{ sources { name } }' })).status).toBe(400);
});

it('tells nobody without a key which documents it knows', async () => {
  expect((await get({ documentId: sha256(QUERY) }, 'nobody')).status).toBe(401);
  expect((await get({ documentId: 'unknown' }, 'nobody')).status).toBe(401);
});

async function overEvents(body: object): Promise<string> {
  const controller = new AbortController();
  const answer = await fetch(`${api.url}/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
    signal: controller.signal,
  });
  const said = answer.ok ? String(answer.headers.get('content-type')) : (await answer.json()).errors[0].extensions.code;
  controller.abort();
  return said;
}

it('streams the subscriptions that it was given as events, and no others', async () => {
  expect(await overEvents({ documentId: sha256(SUBSCRIPTION) })).toContain('text/event-stream');
  expect(await overEvents({ extensions: { persistedQuery: { sha256Hash: sha256(SUBSCRIPTION) } } })).toContain('text/event-stream');
  expect(await overEvents({ query: SUBSCRIPTION })).toContain('text/event-stream');
  expect(await overEvents({ query: 'subscription { interactionAdded { name } }' })).toBe('DOCUMENT_UNKNOWN');
  expect(await overEvents({ documentId: 'unknown' })).toBe('DOCUMENT_UNKNOWN');
});

/** DOCUMENT_UNKNOWN, or that a subscription stands: it is refused as a query only when its document was found. */
function overSocket(payload: object): Promise<string> {
  const client = createClient({
    url: api.url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { Authorization: `Bearer ${key}` },
  });
  return new Promise((resolve) => {
    client.subscribe(payload as { query: string }, {
      next: () => undefined,
      error: (errors) => resolve((errors as { extensions: { code: string } }[])[0]?.extensions.code ?? 'none'),
      complete: () => undefined,
    });
  }).finally(() => client.dispose()) as Promise<string>;
}

it('runs over sockets only what it was given, by id beside an empty query', async () => {
  expect(await overSocket({ query: 'subscription { interactionAdded { name } }' })).toBe('DOCUMENT_UNKNOWN');
  expect(await overSocket({ query: '', extensions: { persistedQuery: { sha256Hash: 'unknown' } } })).toBe('DOCUMENT_UNKNOWN');
  // Found, and then refused for not being a subscription.
  expect(await overSocket({ query: '', extensions: { persistedQuery: { sha256Hash: sha256(QUERY) } } })).toBe('INVALID_INPUT');
});

describe('a file of documents', () => {
  it('may be an Apollo manifest, or an object of documents by their ids', () => {
    const operations = [{ id: sha256(QUERY), name: 'Ingestion', type: 'query', body: QUERY }];
    const manifest = PersistedDocuments.fromJson({ format: 'apollo-persisted-query-manifest', version: 1, operations });
    expect(manifest.resolve({ documentId: sha256(QUERY) })['query']).toBe(QUERY);
    expect(PersistedDocuments.fromJson(MANIFEST).resolve({ documentId: sha256(NAMED) })['query']).toBe(NAMED);
  });

  it.each([[null], [[]], [{}], ['text'], [{ a: 1 }], [{ format: 'apollo-persisted-query-manifest', operations: [{ id: 'a' }] }]])(
    'is refused where it is %j',
    (json) => {
      expect(() => PersistedDocuments.fromJson(json)).toThrow(/^(It|The document) /);
    },
  );
});
