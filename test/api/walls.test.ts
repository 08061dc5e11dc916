import { encodeCursor } from '../../src/timeline/cursor';
import { ApiUnderTest } from './apiUnderTest';
import { NOON_MS, WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let acmeKey: string;
let globexKey: string;
let ids: { profile: string; interaction: string; account: string; source: string; deadLetter: string; apiKey: string };
const EVE = { type: 'email', value: 'eve@example.com' };

const publicId = (prefix: string, uuid: string) => `${prefix}_${uuid.replaceAll('-', '')}`;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  const acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  const globex = await WorkspaceBuilder.create(api.database.owner, 'Globex');
  await acme.source('Second', 'SALES');
  acmeKey = await acme.apiKey();
  globexKey = await globex.apiKey();
  const profile = await acme.profile({
    identifiers: [EVE],
    traits: { name: 'Eve Secret' },
    interactions: [{ atMs: NOON_MS }],
    account: 'acme-only',
  });
  await globex.profile({ identifiers: [{ type: 'email', value: 'bob@example.com' }] });
  const { data } = await api.query(
    acmeKey,
    `{ profile(identifier: { type: "email", value: "eve@example.com" }) { accounts { id } timeline { nodes { id } } } }`,
  );
  const { rows } = await api.database.owner.query(
    'select c.credential_id from credential c where c.workspace_id = $1 and c.source_id is null',
    [acme.workspaceId],
  );
  ids = {
    profile: publicId('prf', profile),
    interaction: data.profile.timeline.nodes[0].id,
    account: data.profile.accounts[0].id,
    source: 'src_2',
    deadLetter: publicId('dlt', await acme.deadLetter('MESSAGE_WITHOUT_ID', { type: 'track' })),
    apiKey: publicId('key', rows[0].credential_id),
  };
});
afterAll(() => api.stop());

it.each(['profile', 'interaction', 'account', 'source'] as const)(
  "answers null for another workspace's %s, and not for its own",
  async (kind) => {
    const query = 'query ($id: ID!) { node(id: $id) { __typename } }';
    expect((await api.query(acmeKey, query, { id: ids[kind] })).data.node).not.toBeNull();
    expect(await api.query(globexKey, query, { id: ids[kind] })).toMatchObject({ data: { node: null }, codes: [] });
  },
);

it('finds nobody of another workspace by identifier, by search, by account or in the list', async () => {
  const { data, codes } = await api.query(
    globexKey,
    `query ($id: ID!) { profile(identifier: { type: "email", value: "eve@example.com" }) { id } byId: profile(id: $id) { id }
       searchProfiles(text: "eve") { nodes { id } } exact: searchProfiles(text: "eve@example.com") { nodes { id } }
       account(externalId: "acme-only") { id } profiles { nodes { email } totalCount } deadLetters { totalCount nodes { id } } sources { name } }`,
    { id: ids.profile },
  );
  expect(codes).toEqual([]);
  expect(data).toEqual({
    profile: null,
    byId: null,
    searchProfiles: { nodes: [] },
    exact: { nodes: [] },
    account: null,
    profiles: { nodes: [{ email: 'bob@example.com' }], totalCount: 1 },
    deadLetters: { totalCount: 0, nodes: [] },
    sources: [{ name: 'Website' }],
  });
});

it("shows nothing of another workspace at another workspace's cursors", async () => {
  const interaction = ids.interaction.slice(4).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const after = encodeCursor({ occurredAtMs: NOON_MS + 1, interactionId: interaction });
  const { data, codes } = await api.query(
    globexKey,
    `query ($after: String, $profile: String) { profile(identifier: { type: "email", value: "bob@example.com" }) { timeline(after: $after) { nodes { id } } }
       profiles(after: $profile) { nodes { email } } deadLetters(after: $after) { nodes { id } } }`,
    { after, profile: Buffer.from(ids.profile).toString('base64url') },
  );
  expect(codes).toEqual([]);
  expect(data.profile.timeline.nodes).toEqual([]);
  expect(data.deadLetters.nodes).toEqual([]);
  expect(JSON.stringify(data)).not.toContain('eve');
});

it.each([
  ['retry a dead letter', 'mutation ($id: ID!) { retryDeadLetter(input: { id: $id }) { accepted } }', 'deadLetter'],
  ['revoke a key', 'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { id } }', 'apiKey'],
  [
    'send messages as a source',
    'mutation ($id: ID!) { ingest(input: { sourceId: $id, messages: [{ type: "track" }] }) { accepted } }',
    'source',
  ],
] as const)('does not %s of another workspace, and says the same as for one that does not exist', async (_what, query, kind) => {
  const theirs = await api.query(globexKey, query, { id: ids[kind] });
  const nobodys = await api.query(globexKey, query, { id: ids[kind].replace(/.$/, (last) => (last === '9' ? '8' : '9')) });
  expect(theirs.codes).toEqual(['NOT_FOUND']);
  expect({ ...theirs }).toEqual({ ...nobodys });
  expect((await api.query(acmeKey, '{ sources { id } }')).codes).toEqual([]);
});

it('keeps workspaces apart when their requests share a connection at the same moment', async () => {
  const one = {
    acme: `{ profile(identifier: { type: "email", value: "eve@example.com" }) { email } }`,
    globex: `{ profile(identifier: { type: "email", value: "bob@example.com" }) { email } }`,
  };
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? api.query(acmeKey, one.acme) : api.query(globexKey, one.globex))),
  );
  for (const [index, { data }] of answers.entries())
    expect(data.profile.email).toBe(index % 2 === 0 ? 'eve@example.com' : 'bob@example.com');
});
