import { eventually } from './eventually';
import { System } from './system';

jest.setTimeout(150_000);

let system: System;
let other: { readonly apiKey: string; readonly writeKey: string };
let ada: { id: string; interaction: string };

const ADA = 'profile(identifier: { type: "user_id", value: "ada" })';

beforeAll(async () => {
  system = await System.start();
  other = await system.addWorkspace('other');
  const traits = { email: 'ada@example.com', phone: '+14155552671', firstName: 'Ada', plan: 'pro' };
  await system.take([
    { type: 'identify', userId: 'ada', traits },
    { type: 'group', userId: 'ada', groupId: 'acme' },
  ]);
  const { data } = await system.graphql(`{ ${ADA} { id timeline { nodes { id } } } }`);
  ada = { id: data.profile.id, interaction: data.profile.timeline.nodes[0].id };
});
afterAll(() => system.stop());

const CREATE = 'mutation ($scopes: [String!]!) { createApiKey(input: { name: "test", scopes: $scopes }) { id key scopes } }';
const createKey = async (...scopes: string[]) =>
  (await system.graphql(CREATE, { scopes })).data.createApiKey as { id: string; key: string };

it('reads its own writes by the position that intake answered', async () => {
  for (let round = 0; round < 20; round++) {
    const position = await system.accept([{ type: 'identify', userId: `own-${round}`, traits: { round } }]);
    const { data } = await system.graphql(
      'query ($id: String!) { profile(identifier: { type: "user_id", value: $id }) { traits } }',
      { id: `own-${round}` },
      { position },
    );
    expect(data.profile).toEqual({ traits: { round } });
  }
});

it('reads its own writes by the position that the mutation ingest answered', async () => {
  const sent = await system.graphql(
    'mutation { ingest(input: { messages: [{ type: "identify", userId: "by-graphql", traits: { a: 1 } }] }) { accepted position } }',
  );
  const { position } = sent.data.ingest;
  const read = await system.graphql('{ profile(identifier: { type: "user_id", value: "by-graphql" }) { traits } }', {}, { position });
  expect(read.data.profile).toEqual({ traits: { a: 1 } });
});

it('shows a key without pii:read the customer, and nothing by which to know who it is', async () => {
  const { key } = await createKey('profiles:read');
  const { data, codes } = await system.graphql(
    `{ ${ADA} { id displayName email phone traits identifiers { type value } timeline { nodes { kind summary properties } } } }`,
    {},
    { key },
  );
  expect(codes).toEqual([]);
  expect(data.profile).toMatchObject({ id: ada.id, email: 'a***@e***.com', phone: '+***', traits: { plan: 'pro' } });
  expect(JSON.stringify(data)).not.toMatch(/ada@example|4155552671|"Ada"|"ada"/);
});

it('refuses what a key has no scope for', async () => {
  const { key } = await createKey('profiles:read');
  expect((await system.graphql('{ deadLetters { nodes { id } } }', {}, { key })).codes).toEqual(['FORBIDDEN']);
  expect((await system.graphql('mutation { ingest(input: { messages: [{}] }) { accepted } }', {}, { key })).codes).toEqual(['FORBIDDEN']);
  expect((await system.graphql(CREATE, { scopes: ['admin'] }, { key })).codes).toEqual(['FORBIDDEN']);
  expect((await system.graphql('{ __typename }', {}, { key: system.writeKey })).codes).toEqual(['FORBIDDEN']);
  expect((await system.graphql('{ __typename }', {}, { key: 'nobody' })).codes).toEqual(['UNAUTHENTICATED']);
});

it('answers another workspace nothing: its ids are unknown there, its names, its identifiers', async () => {
  const { data, codes } = await system.graphql(
    `query ($id: ID!, $interaction: ID!) {
      node(id: $id) { id } interaction: node(id: $interaction) { id } byId: profile(id: $id) { id }
      ${ADA} { id } account(externalId: "acme") { id } searchProfiles(text: "ada@example.com") { nodes { id } } profiles { nodes { id } }
    }`,
    { id: ada.id, interaction: ada.interaction },
    { key: other.apiKey },
  );
  expect(codes).toEqual([]);
  expect(data).toEqual({
    node: null,
    interaction: null,
    byId: null,
    profile: null,
    account: null,
    searchProfiles: { nodes: [] },
    profiles: { nodes: [] },
  });
});

it('makes another customer of the same identifiers in another workspace, and leaves the first as it was', async () => {
  const before = await system.graphql(`{ ${ADA} { id traits timeline { totalCount } } }`);
  await system.take([{ type: 'identify', userId: 'ada', traits: { email: 'ada@example.com', plan: 'none' } }], other.writeKey);
  const there = await system.graphql(`{ ${ADA} { id traits timeline { totalCount } } }`, {}, { key: other.apiKey });
  expect(there.data.profile).toMatchObject({ traits: { plan: 'none', email: 'ada@example.com' }, timeline: { totalCount: 1 } });
  expect(there.data.profile.id).not.toBe(ada.id);
  expect(await system.graphql(`{ ${ADA} { id traits timeline { totalCount } } }`)).toEqual(before);
});

it('takes no message under another workspace’s source', async () => {
  const { data } = await system.graphql('{ sources { id name } }', {}, { key: other.apiKey });
  expect(data.sources).toEqual([{ id: 'src_1', name: 'Website' }]);
  const { codes } = await system.graphql('mutation { ingest(input: { messages: [{}], sourceId: "src_2" }) { accepted } }');
  expect(codes).toEqual(['NOT_FOUND']);
});

it('turns a revoked key away within seconds', async () => {
  const { id, key } = await createKey('profiles:read');
  const codes = async () => (await system.graphql('{ __typename }', {}, { key })).codes;
  expect(await codes()).toEqual([]);
  const revokedAt = Date.now();
  await system.graphql('mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { id } }', { id });
  await eventually('the key is refused', async () => (await codes())[0] === 'UNAUTHENTICATED');
  expect(Date.now() - revokedAt).toBeLessThan(10_000);
});

const LETTERS = '{ deadLetters { totalCount nodes { id code reason message source { name } } } }';

it('keeps what it refused with its reason, and takes it when it is sent again and has become right', async () => {
  const rule = { type: 'user_id', limitPerProfile: 1, keep: 'EARLIEST', blockedPatterns: ['staff-*'] };
  await configure({ identityRules: [rule] });
  const answer = await system.post('/v1/batch', {
    batch: [
      { type: 'track', messageId: 'no-id', event: 'E' },
      { type: 'track', messageId: 'blocked', userId: 'staff-1', event: 'Blocked at first', properties: { n: 1 } },
      { type: 'track', messageId: 'good', userId: 'clock', event: 'Good' },
    ],
  });
  expect(answer).toMatchObject({ status: 200, body: { success: true, rejected: [{ index: 0, code: 'MESSAGE_WITHOUT_ID' }] } });
  await system.settled();
  const { nodes } = (await system.graphql(LETTERS)).data.deadLetters;
  const letter = (code: string) => nodes.find((node: { code: string }) => node.code === code);
  expect(nodes).toHaveLength(2);
  expect(letter('MESSAGE_WITHOUT_ID').message).toEqual({ type: 'track', messageId: 'no-id', event: 'E' });
  expect(letter('IDENTIFIERS_BLOCKED').message).toMatchObject({ messageId: 'blocked', userId: 'staff-1', properties: { n: 1 } });

  await configure({});
  const retry = async (code: string) =>
    (await system.graphql('mutation ($id: ID!) { retryDeadLetter(input: { id: $id }) { accepted code } }', { id: letter(code).id })).data
      .retryDeadLetter;
  expect(await retry('MESSAGE_WITHOUT_ID')).toEqual({ accepted: false, code: 'MESSAGE_WITHOUT_ID' });
  expect(await retry('IDENTIFIERS_BLOCKED')).toEqual({ accepted: true, code: null });
  await system.settled();
  const staff = await system.graphql(
    '{ profile(identifier: { type: "user_id", value: "staff-1" }) { timeline { nodes { messageId name } } } }',
  );
  expect(staff.data.profile.timeline.nodes).toEqual([{ messageId: 'blocked', name: 'Blocked at first' }]);
  expect((await system.graphql(LETTERS)).data.deadLetters).toMatchObject({ totalCount: 1, nodes: [{ code: 'MESSAGE_WITHOUT_ID' }] });
});

/** A worker reads a workspace's settings when it begins to work for it. */
async function configure(settings: object): Promise<void> {
  await system.ask('update workspace set settings = $1 where workspace_id = 1', [settings]);
  expect(await system.end('worker')).toBe(0);
  await system.restart('worker');
}
