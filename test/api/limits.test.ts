import { gzipSync } from 'node:zlib';
import { getIntrospectionQuery } from 'graphql';
import { ApiUnderTest } from './apiUnderTest';
import { WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let key: string;

beforeAll(async () => {
  api = await ApiUnderTest.start({ statementTimeoutMs: 300 });
  const acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  key = await acme.apiKey();
  await acme.profile({ identifiers: [{ type: 'user_id', value: 'ada' }], interactions: [{ atMs: 0 }] });
});
afterAll(() => api.stop());

const ME = 'profile(identifier: { type: "user_id", value: "ada" })';
const nested = (levels: number, inner: string): string =>
  levels === 0 ? inner : `timeline(first: 1) { nodes { profile { ${nested(levels - 1, inner)} } } }`;

it.each([
  ['too deep', `{ ${ME} { ${nested(6, 'id')} } }`],
  [
    'too deep through fragments',
    `{ ${ME} { ...a } } fragment a on Profile { timeline(first: 1) { nodes { profile { ...b } } } } fragment b on Profile { ${nested(5, 'id')} }`,
  ],
  ['full of aliases', `{ ${ME} { ${Array.from({ length: 51 }, (_, index) => `a${index}: id`).join(' ')} } }`],
  [
    'full of aliases by fragments',
    `{ ${Array.from({ length: 6 }, (_, index) => `p${index}: ${ME} { ...f }`).join(' ')} } fragment f on Profile { ${Array.from({ length: 9 }, (_, index) => `a${index}: id`).join(' ')} }`,
  ],
  ['full of directives', `{ ${ME} { ${'id @include(if: true) '.repeat(51)} } }`],
  ['too wide at the top', `{ ${Array.from({ length: 21 }, (_, index) => `p${index}: ${ME} { id }`).join(' ')} }`],
  ['too long', `{ ${ME} { ${'id '.repeat(3000)} } }`],
  ['too costly', '{ profiles(first: 200) { nodes { timeline(first: 200) { nodes { id name kind } } } } }'],
  [
    'too costly by its variables',
    'query ($n: Int = 200) { profiles(first: $n) { nodes { timeline(last: $n) { nodes { id name kind } } } } }',
  ],
  [
    'too costly by what goes round',
    `{ profiles(first: 50) { nodes { accounts { profiles(first: 50) { nodes { accounts { profiles(first: 50) { nodes { id } } } } } } } } }`,
  ],
])('refuses a query that is %s with QUERY_TOO_COMPLEX and 400', async (_what, query) => {
  const { status, codes, data } = await api.query(key, query, query.includes('$n') ? { n: 200 } : {});
  expect({ status, codes: [...new Set(codes)] }).toEqual({ status: 400, codes: ['QUERY_TOO_COMPLEX'] });
  expect(data).toBeUndefined();
});

it('counts a page length again for every request that gives it as a variable', async () => {
  const query = 'query ($n: Int) { profiles(first: $n) { nodes { timeline(first: $n) { nodes { id name kind } } } } }';
  expect((await api.query(key, query, { n: 2 })).codes).toEqual([]);
  expect((await api.query(key, query, { n: 200 })).codes).toEqual(['QUERY_TOO_COMPLEX']);
});

it('answers a hostile fragment bomb at once', async () => {
  const fragments = Array.from({ length: 40 }, (_, index) => `fragment f${index} on Profile { ...f${index + 1} ...f${index + 1} }`).join(
    ' ',
  );
  const startedAt = performance.now();
  const { codes } = await api.query(key, `{ ${ME} { ...f0 } } ${fragments} fragment f40 on Profile { id }`);
  expect(codes).toEqual(['QUERY_TOO_COMPLEX']);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

it.each([
  [
    'fragments that go round',
    '{ profiles { nodes { ...a } } } fragment a on Profile { ...b } fragment b on Profile { ...a }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['an unknown field', '{ profiles { nodes { secrets } } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['no GraphQL', '{ profiles(', 'GRAPHQL_PARSE_FAILED'],
  ['an unknown enum value', `{ ${ME} { timeline(filter: { departments: [NOBODY] }) { totalCount } } }`, 'GRAPHQL_VALIDATION_FAILED'],
])("answers %s with 400 and GraphQL's own code", async (_what, query, code) => {
  expect(await api.query(key, query)).toMatchObject({ status: 400, codes: expect.arrayContaining([code]) });
});

it.each([
  ['a variable of the wrong type', 'query ($id: ID!) { node(id: $id) { id } }', { id: { a: 1 } }],
  ['a variable that is missing', 'query ($id: ID!) { node(id: $id) { id } }', {}],
])('answers %s with BAD_USER_INPUT', async (_what, query, variables) => {
  for (let run = 0; run < 5; run++)
    expect(await api.query(key, query, variables)).toMatchObject({ status: 400, codes: ['BAD_USER_INPUT'] });
});

it("answers GraphiQL's introspection", async () => {
  const query = getIntrospectionQuery({
    inputValueDeprecation: true,
    schemaDescription: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    oneOf: true,
  });
  const { data, codes } = await api.query(key, query);
  expect(codes).toEqual([]);
  expect(data.__schema.queryType.name).toBe('Query');
});

it('refuses several queries in one body', async () => {
  const { status } = await api.send([{ query: '{ ingestion { processed } }' }], { authorization: `Bearer ${key}` });
  expect(status).toBe(400);
});

it('refuses what a page of another site could send unasked', async () => {
  const { status } = await api.send(JSON.stringify({ query: '{ ingestion { processed } }' }), {
    authorization: `Bearer ${key}`,
    'content-type': 'text/plain',
  });
  expect(status).toBe(400);
});

it.each([
  ['no JSON', '{"query":', 400, 'BODY_NOT_JSON'],
  ['an empty body', '', 400, 'BODY_NOT_JSON'],
  ['two megabytes', JSON.stringify({ query: `{ node(id: "${'x'.repeat(2_000_000)}") { id } }` }), 400, 'BODY_TOO_LARGE'],
  [
    'a JSON of 5,000 levels',
    `{"query":"{ node(id: 1) { id } }","variables":{"a":${'['.repeat(40_000)}${']'.repeat(40_000)}}}`,
    400,
    'BODY_TOO_DEEP',
  ],
])('refuses %s in the shape that clients of GraphQL read', async (_what, body, status, code) => {
  expect(await api.send(body, { authorization: `Bearer ${key}` })).toMatchObject({ status, codes: [code] });
});

it('inflates no more than its limit of a compressed query', async () => {
  const bomb = gzipSync(JSON.stringify({ query: `{ node(id: "${'x'.repeat(50_000_000)}") { id } }` }));
  const answer = await fetch(api.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', authorization: `Bearer ${key}` },
    body: bomb,
  });
  expect(bomb.length).toBeLessThan(100_000);
  expect([answer.status, (await answer.json()).errors[0].extensions.code]).toEqual([400, 'BODY_TOO_LARGE']);
});

it('answers STATEMENT_TIMEOUT, and nothing of the statement, when the database takes too long', async () => {
  const client = await api.database.owner.connect();
  await client.query('begin; lock table profile in access exclusive mode');
  try {
    const { codes, messages } = await api.query(key, `{ ${ME} { id } }`);
    expect(codes).toEqual(['STATEMENT_TIMEOUT']);
    expect(messages.join()).not.toMatch(/select|profile_id|statement timeout/i);
  } finally {
    await client.query('rollback');
    client.release();
  }
});

it('answers INTERNAL with a number, and nothing else, when there is a bug', async () => {
  await api.database.owner.query('alter table account rename to account_gone');
  const { codes, messages } = await api.query(key, '{ account(externalId: "x") { id } }');
  await api.database.owner.query('alter table account_gone rename to account');
  expect(codes).toEqual(['INTERNAL']);
  expect(messages.join()).not.toMatch(/account|relation|select/i);
  expect(api.bugs.splice(0)).toHaveLength(1);
});

it('never counts as a bug what a client sent', () => expect(api.bugs).toEqual([]));
