import { ApiUnderTest } from './apiUnderTest';
import { WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let admin: string;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  admin = await acme.apiKey();
});
afterAll(() => api.stop());

const ANY = '{ ingestion { processed } }';

it.each([
  ['no key', {}],
  ['an unknown key', { authorization: 'Bearer tl_api_unknown' }],
  ['an empty key', { authorization: 'Bearer ' }],
  ['a scheme nobody knows', { authorization: 'Digest abc' }],
  ['a key without end', { authorization: `Bearer ${'x'.repeat(5000)}` }],
])('answers 401 UNAUTHENTICATED to %s, also for introspection', async (_what, headers) => {
  for (const query of [ANY, '{ __schema { queryType { name } } }']) {
    expect(await api.send({ query }, headers as Record<string, string>)).toMatchObject({ status: 401, codes: ['UNAUTHENTICATED'] });
  }
});

it('answers 403 FORBIDDEN to a write key, however it is sent', async () => {
  const writeKey = await acme.source('Phone app', 'PRODUCT');
  for (const authorization of [`Bearer ${writeKey}`, `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`]) {
    expect(await api.send({ query: ANY }, { authorization })).toMatchObject({ status: 403, codes: ['FORBIDDEN'] });
  }
});

const NEEDS: [string, string, string][] = [
  ['profiles:read', 'profile', '{ profile(id: "x") { id } }'],
  ['profiles:read', 'profiles', '{ profiles { nodes { id } } }'],
  ['profiles:read', 'node', '{ node(id: "x") { id } }'],
  ['profiles:read', 'account', '{ account(id: "x") { id } }'],
  ['profiles:read', 'ingestion', ANY],
  ['admin', 'deadLetters', '{ deadLetters { nodes { id } } }'],
  ['admin', 'sources', '{ sources { id } }'],
  ['profiles:write', 'ingest', 'mutation { ingest(input: { messages: [{}] }) { accepted } }'],
  ['admin', 'createSource', 'mutation { createSource(input: { name: "x", type: "segment", department: SALES }) { source { id } } }'],
  ['admin', 'updateSource', 'mutation { updateSource(input: { id: "src_1", name: "x" }) { source { id } } }'],
  ['admin', 'retryDeadLetter', 'mutation { retryDeadLetter(input: { id: "x" }) { id } }'],
  ['privacy:write', 'eraseProfile', 'mutation { eraseProfile(input: { profileId: "x" }) { receiptId } }'],
  ['privacy:write', 'erasure', '{ erasure(receiptId: "x") { receiptId } }'],
  ['privacy:write', 'erasures', '{ erasures { nodes { receiptId } } }'],
  ['admin', 'privacySettings', '{ privacySettings { settings } }'],
  ['admin', 'setPrivacySettings', 'mutation { setPrivacySettings(input: { settings: {} }) { privacySettings { settings } } }'],
  ['admin', 'createApiKey', 'mutation { createApiKey(input: { name: "x", scopes: ["admin"] }) { id } }'],
  ['admin', 'revokeApiKey', 'mutation { revokeApiKey(input: { id: "x" }) { id } }'],
];

it.each(NEEDS)('needs the scope %s for %s', async (scope, _field, query) => {
  const others = [
    'profiles:read',
    'pii:read',
    'profiles:write',
    'segments:read',
    'segments:write',
    'reports:read',
    'privacy:write',
    'admin',
  ].filter((other) => other !== scope);
  expect((await api.query(await acme.apiKey(...others), query)).codes).toEqual(['FORBIDDEN']);
  expect((await api.query(await acme.apiKey(scope), query)).codes).not.toContain('FORBIDDEN');
});

it('needs both privacy:write and pii:read to export a customer', async () => {
  const query = 'mutation { exportProfile(input: { profileId: "x" }) { document } }';
  const codesFor = async (...scopes: string[]) => (await api.query(await acme.apiKey(...scopes), query)).codes;
  expect(await codesFor('privacy:write', 'admin', 'profiles:read')).toEqual(['FORBIDDEN']);
  expect(await codesFor('pii:read', 'admin', 'profiles:read')).toEqual(['FORBIDDEN']);
  expect(await codesFor('privacy:write', 'pii:read')).toEqual(['NOT_FOUND']);
});

it('creates a key that works with its scopes only, and shows it once', async () => {
  const { data } = await api.query(
    admin,
    'mutation { createApiKey(input: { name: "Reader", scopes: ["profiles:read"] }) { id key scopes } }',
  );
  const { key, scopes } = data.createApiKey;
  expect(scopes).toEqual(['profiles:read']);
  expect((await api.query(key, ANY)).codes).toEqual([]);
  expect((await api.query(key, '{ sources { id } }')).codes).toEqual(['FORBIDDEN']);
  const { rows } = await api.database.owner.query(`select c::text as stored from credential c`);
  expect(rows.map((row) => row.stored).join()).not.toContain(key);
});

it('stops a revoked key within seconds, and says NOT_FOUND when it is revoked again', async () => {
  const { data } = await api.query(admin, 'mutation { createApiKey(input: { name: "Gone", scopes: ["profiles:read"] }) { id key } }');
  const { id, key } = data.createApiKey;
  expect((await api.query(key, ANY)).codes).toEqual([]);
  const revoke = 'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { id } }';
  expect((await api.query(admin, revoke, { id })).data.revokeApiKey).toEqual({ id });
  api.passTime(6_000);
  expect((await api.query(key, ANY)).codes).toEqual(['UNAUTHENTICATED']);
  expect((await api.query(admin, revoke, { id })).codes).toEqual(['NOT_FOUND']);
});

it('does not let a key give away scopes that it has not itself', async () => {
  const lesser = await acme.apiKey('admin', 'profiles:read');
  expect((await api.query(lesser, 'mutation { createApiKey(input: { name: "More", scopes: ["pii:read"] }) { key } }')).codes).toEqual([
    'FORBIDDEN',
  ]);
});

it.each([
  ['an unknown scope', '{ name: "x", scopes: ["everything"] }'],
  ['no scope', '{ name: "x", scopes: [] }'],
  ['no name', '{ name: "  ", scopes: ["admin"] }'],
  ['a name without end', `{ name: "${'x'.repeat(201)}", scopes: ["admin"] }`],
])('refuses a key with %s', async (_what, input) => {
  expect((await api.query(admin, `mutation { createApiKey(input: ${input}) { key } }`)).codes).toEqual(['INVALID_INPUT']);
});

it('creates a source whose write key is shown once, and is a write key', async () => {
  const create =
    'mutation { createSource(input: { name: "Zendesk", type: "zendesk", department: SUPPORT, settings: { subdomain: "acme" } }) { source { id name type department writeKey } } }';
  const { data } = await api.query(admin, create);
  const { id, writeKey, ...source } = data.createSource.source;
  expect(source).toEqual({ name: 'Zendesk', type: 'zendesk', department: 'SUPPORT' });
  expect((await api.query(writeKey, ANY)).codes).toEqual(['FORBIDDEN']);
  expect((await api.query(admin, 'query ($id: ID!) { node(id: $id) { ... on Source { name writeKey } } }', { id })).data.node).toEqual({
    name: 'Zendesk',
    writeKey: null,
  });
});

it('gives sources created at the same moment ids of their own', async () => {
  const create = 'mutation { createSource(input: { name: "Twin", type: "segment", department: SALES }) { source { id } } }';
  const answers = await Promise.all(Array.from({ length: 8 }, () => api.query(admin, create)));
  const ids = answers.flatMap(({ data }) => (data?.createSource ? [data.createSource.source.id] : []));
  expect(new Set(ids).size).toBe(8);
});

it.each([
  ['a type with spaces', '{ name: "x", type: "My Type", department: SALES }'],
  ['settings without end', `{ name: "x", type: "a", department: SALES, settings: { big: "${'x'.repeat(70_000)}" } }`],
])('refuses a source with %s', async (_what, input) => {
  expect((await api.query(admin, `mutation { createSource(input: ${input}) { source { id } } }`)).codes).toEqual(['INVALID_INPUT']);
});
