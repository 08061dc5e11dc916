import { ApiUnderTest } from './apiUnderTest';
import { WorkspaceBuilder } from './workspaceBuilder';

const ANY = '{ ingestion { processed } }';
const CREATE =
  'mutation ($scopes: [String!]!, $expiresAt: DateTime) { createApiKey(input: { name: "Console", scopes: $scopes, expiresAt: $expiresAt }) { id key expiresAt } }';
const ROTATE = `mutation ($id: ID!, $graceMinutes: Int! = 1440, $expiresAt: DateTime) {
  rotateApiKey(input: { id: $id, graceMinutes: $graceMinutes, expiresAt: $expiresAt }) { id key scopes expiresAt }
}`;
const ROTATE_WRITE_KEY = `mutation ($id: ID!, $graceMinutes: Int!) {
  rotateWriteKey(input: { sourceId: $id, graceMinutes: $graceMinutes }) { source { id writeKey } }
}`;
const LIST = '{ apiKeys { id name scopes createdAt expiresAt lastUsedAt replaced { worksUntil lastUsedAt } } }';
const MINUTE_MS = 60_000;
/** For so long what was found out of a key is remembered. */
const REMEMBERED_MS = 5_000;

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let admin: string;
let nowMs: number;

beforeEach(async () => {
  api = await ApiUnderTest.start();
  nowMs = api.stopClock();
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  admin = await acme.apiKey();
});
afterEach(async () => {
  expect([...api.bugs, ...api.faults]).toEqual([]);
  await api.stop();
});

const at = (minutes: number) => new Date(nowMs + minutes * MINUTE_MS).toISOString();
const codesOf = async (key: string) => (await api.query(key, ANY)).codes;

async function create(variables: object = {}): Promise<{ id: string; key: string; expiresAt: string | null }> {
  return (await api.query(admin, CREATE, { scopes: ['profiles:read'], ...variables })).data.createApiKey;
}

async function listed(id: string) {
  const { data } = await api.query(admin, LIST);
  return data.apiKeys.find((key: { id: string }) => key.id === id);
}

it('takes a key until it expires and not a moment longer', async () => {
  const { key, expiresAt } = await create({ expiresAt: at(10) });
  expect(expiresAt).toBe(at(10));
  api.passTime(10 * MINUTE_MS - 1);
  expect(await codesOf(key)).toEqual([]);
  api.passTime(1);
  expect(await codesOf(key)).toEqual(['UNAUTHENTICATED']);
});

it('makes no key that has expired when it is made', async () => {
  expect((await api.query(admin, CREATE, { scopes: ['profiles:read'], expiresAt: at(0) })).codes).toEqual(['INVALID_INPUT']);
});

it('makes no key by the name of the one that each start makes anew', async () => {
  const named = 'mutation { createApiKey(input: { name: "development", scopes: ["admin"] }) { id } }';
  expect((await api.query(admin, named)).codes).toEqual(['INVALID_INPUT']);
});

it('gives a rotated key a new secret under its id, and takes the old one for as long as was said', async () => {
  const before = await create();
  const { data } = await api.query(admin, ROTATE, { id: before.id, graceMinutes: 30 });
  const { key, ...told } = data.rotateApiKey;
  expect(told).toEqual({ id: before.id, scopes: ['profiles:read'], expiresAt: null });
  expect([await codesOf(before.key), await codesOf(key)]).toEqual([[], []]);
  expect(await listed(before.id)).toMatchObject({ expiresAt: null, replaced: [{ worksUntil: at(30) }] });
  api.passTime(30 * MINUTE_MS);
  expect([await codesOf(before.key), await codesOf(key)]).toEqual([['UNAUTHENTICATED'], []]);
});

it('lets no secret from before a rotation without grace work, nor any from before that', async () => {
  const first = await create();
  const second = (await api.query(admin, ROTATE, { id: first.id, graceMinutes: 60 })).data.rotateApiKey;
  const third = (await api.query(admin, ROTATE, { id: first.id, graceMinutes: 0 })).data.rotateApiKey;
  api.passTime(REMEMBERED_MS);
  expect(await Promise.all([first, second, third].map(({ key }) => codesOf(key)))).toEqual([['UNAUTHENTICATED'], ['UNAUTHENTICATED'], []]);
});

it('lets a secret that is replaced expire when it would have anyway', async () => {
  const before = await create({ expiresAt: at(10) });
  const { data } = await api.query(admin, ROTATE, { id: before.id, graceMinutes: 60, expiresAt: at(600) });
  expect(data.rotateApiKey.expiresAt).toBe(at(600));
  expect(await listed(before.id)).toMatchObject({ expiresAt: at(600), replaced: [{ worksUntil: at(10) }] });
});

it('revokes a key with all its secrets', async () => {
  const before = await create();
  const after = (await api.query(admin, ROTATE, { id: before.id })).data.rotateApiKey;
  await api.query(admin, 'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { id } }', { id: before.id });
  api.passTime(REMEMBERED_MS);
  expect([await codesOf(before.key), await codesOf(after.key)]).toEqual([['UNAUTHENTICATED'], ['UNAUTHENTICATED']]);
  expect(await listed(before.id)).toBeUndefined();
  expect((await api.query(admin, ROTATE, { id: before.id })).codes).toEqual(['NOT_FOUND']);
});

it('rotates a key once only where two ask for it at the same moment', async () => {
  const { id } = await create();
  const answers = await Promise.all([1, 2].map(() => api.query(admin, ROTATE, { id })));
  const keys = answers.flatMap(({ data }) => (data?.rotateApiKey ? [data.rotateApiKey.key] : []));
  expect(keys.length).toBeGreaterThan(0);
  expect(answers.flatMap(({ codes }) => codes).every((code) => code === 'NOT_FOUND')).toBe(true);
  const { rows } = await api.database.owner.query('select from credential c where c.replaced_at is null and c.name = $1', ['Console']);
  expect(rows).toHaveLength(1);
});

it('hands nobody a key with scopes that they have not themselves, by rotating another’s', async () => {
  const { id } = await create({ scopes: ['pii:read'] });
  const lesser = await acme.apiKey('admin', 'profiles:read');
  expect((await api.query(lesser, ROTATE, { id })).codes).toEqual(['FORBIDDEN']);
});

it('rotates no key that has expired, none of another workspace and none for longer than a month', async () => {
  const expired = await create({ expiresAt: at(1) });
  const ours = await create();
  const theirs = await (await WorkspaceBuilder.create(api.database.owner, 'Globex')).apiKey();
  api.passTime(MINUTE_MS);
  expect((await api.query(admin, ROTATE, { id: expired.id })).codes).toEqual(['NOT_FOUND']);
  expect((await api.query(theirs, ROTATE, { id: ours.id })).codes).toEqual(['NOT_FOUND']);
  expect((await api.query(admin, ROTATE, { id: ours.id, graceMinutes: 43_201 })).codes).toEqual(['INVALID_INPUT']);
  expect((await api.query(admin, ROTATE, { id: ours.id, graceMinutes: -1 })).codes).toEqual(['INVALID_INPUT']);
  expect((await api.query(theirs, LIST)).data.apiKeys).toMatchObject([{ name: 'test' }]);
});

it('lists keys without the key, and says when each was used last', async () => {
  const { id, key } = await create({ expiresAt: at(60) });
  expect((await listed(id)).lastUsedAt).toBeNull();
  await codesOf(key);
  await api.writeKeyUses();
  const { data } = await api.query(admin, LIST);
  expect(data.apiKeys.find((listedKey: { id: string }) => listedKey.id === id)).toEqual({
    id,
    name: 'Console',
    scopes: ['profiles:read'],
    createdAt: at(0),
    expiresAt: at(60),
    lastUsedAt: at(0),
    replaced: [],
  });
  expect(JSON.stringify(data)).not.toContain(key);
});

it('writes the use of keys once in a while, not for each request', async () => {
  const { key } = await create();
  const statements = await api.statementsOf(async () => {
    for (let request = 0; request < 20; request++) {
      await codesOf(key);
      api.passTime(REMEMBERED_MS);
    }
    await api.writeKeyUses();
  });
  expect(statements.filter((name) => name === 'note_key_use')).toHaveLength(1);
});

it('gives a source a new write key, beside the one before for as long as was said', async () => {
  const made = await api.query(
    admin,
    'mutation { createSource(input: { name: "App", type: "segment", department: PRODUCT }) { source { id writeKey } } }',
  );
  const { id, writeKey } = made.data.createSource.source;
  const { data } = await api.query(admin, ROTATE_WRITE_KEY, { id, graceMinutes: 15 });
  const after = data.rotateWriteKey.source.writeKey;
  expect([await codesOf(writeKey), await codesOf(after)]).toEqual([['FORBIDDEN'], ['FORBIDDEN']]);
  const list = 'query ($id: ID!) { writeKeys(sourceId: $id) { source { name } expiresAt replacedAt } }';
  expect((await api.query(admin, list, { id })).data.writeKeys).toEqual([
    { source: { name: 'App' }, expiresAt: null, replacedAt: null },
    { source: { name: 'App' }, expiresAt: at(15), replacedAt: at(0) },
  ]);
  api.passTime(15 * MINUTE_MS);
  expect([await codesOf(writeKey), await codesOf(after)]).toEqual([['UNAUTHENTICATED'], ['FORBIDDEN']]);
});

it('gives no write key of another workspace’s source', async () => {
  const theirs = await (await WorkspaceBuilder.create(api.database.owner, 'Globex')).apiKey();
  const { data } = await api.query(
    admin,
    'mutation { createSource(input: { name: "App", type: "segment", department: PRODUCT }) { source { id } } }',
  );
  const { id } = data.createSource.source;
  expect((await api.query(theirs, ROTATE_WRITE_KEY, { id, graceMinutes: 0 })).codes).toEqual(['NOT_FOUND']);
  expect((await api.query(theirs, 'query ($id: ID!) { writeKeys(sourceId: $id) { createdAt } }', { id })).data.writeKeys).toEqual([]);
});

it('notes rotations in the audit log, without the key', async () => {
  const { id } = await create();
  const { data } = await api.query(admin, ROTATE, { id, graceMinutes: 5 });
  const audit = await api.query(admin, '{ auditLog(first: 5) { nodes { actor action target detail } } }');
  expect(audit.data.auditLog.nodes).toContainEqual({ actor: 'test', action: 'rotateApiKey', target: id, detail: { graceMinutes: 5 } });
  expect(JSON.stringify(audit.data)).not.toContain(data.rotateApiKey.key);
});

it('is refused by processes of the version before, too, once it has expired', async () => {
  const { key } = await create({ expiresAt: at(10) });
  const { owner, app } = api.database;
  const known = async () => (await app.query('select from find_credential(sha256($1::bytea))', [Buffer.from(key)])).rowCount;
  expect(await known()).toBe(1);
  await owner.query(`update credential c set expires_at = now() where c.name = 'Console'`);
  expect(await known()).toBe(0);
});
