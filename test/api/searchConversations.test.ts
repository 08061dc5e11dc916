import { ApiUnderTest } from './apiUnderTest';
import { NOON_MS, WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let key: string;
let masked: string;
let adaId: string;

const says = (atMs: number, comment: string) => ({ atMs: NOON_MS + atMs, kind: 'CONVERSATION_REPLIED' as const, properties: { comment } });

beforeAll(async () => {
  api = await ApiUnderTest.start();
  const acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  const other = await WorkspaceBuilder.create(api.database.owner, 'Other');
  key = await acme.apiKey();
  masked = await acme.apiKey('profiles:read');
  adaId = await acme.profile({
    identifiers: [{ type: 'email', value: 'ada@example.com' }],
    interactions: [
      says(1, 'The grinder jams after ten seconds.'),
      says(2, "It's the BURRS of the grinder; I'm at ada@example.com."),
      { atMs: NOON_MS + 3, kind: 'PAGE_VIEWED', properties: { title: 'Grinders' } },
      { atMs: NOON_MS + 4, kind: 'SURVEY_ANSWERED', properties: { score: 1, details: { verbatim: ['Grinders should grind.'] } } },
    ],
  });
  await acme.profile({
    identifiers: [{ type: 'email', value: 'bob@example.com' }],
    interactions: [says(5, 'My grinder is lovely.'), says(6, 'Où est ma commande ?')],
  });
  await other.profile({ identifiers: [{ type: 'email', value: 'eve@example.com' }], interactions: [says(7, 'grinder')] });
});
afterAll(() => api.stop());

const QUERY = `query ($text: String!, $profileId: ID, $first: Int, $after: String) {
  searchConversations(text: $text, profileId: $profileId, first: $first, after: $after) {
    totalCount nodes { properties profile { email } } pageInfo { hasNextPage endCursor }
  } }`;
const search = (variables: object, by = key) => api.query(by, QUERY, variables);
const found = async (text: string, more: object = {}) => {
  const { data, codes } = await search({ text, ...more });
  expect(codes).toEqual([]);
  return data.searchConversations.nodes.map(({ properties }: { properties: object }) => JSON.stringify(properties));
};

it('finds what anybody said, the newest first, and nothing of another workspace', async () => {
  expect(await found('grinder')).toEqual([
    expect.stringContaining('lovely'),
    expect.stringContaining('Grinders should grind'),
    expect.stringContaining('BURRS'),
    expect.stringContaining('jams'),
  ]);
});

it('finds what was said by one customer', async () => {
  expect(await found('grinder', { profileId: `prf_${adaId.replaceAll('-', '')}` })).toHaveLength(3);
  expect(await found('grinder', { profileId: 'prf_00000000000000000000000000000000' })).toEqual([]);
});

it('wants each word, from its beginning, in whatever case', async () => {
  expect(await found('BURR grind')).toEqual([expect.stringContaining('BURRS')]);
  expect(await found('OÙ command')).toEqual([expect.stringContaining('commande')]);
  expect(await found('rinder')).toEqual([]);
});

it.each(["it's", "'", "' & !x:*", '\\', 'ada@example.com', '|', 'a:b <-> c', "\\' | grinder"])(
  'takes %j for words and nothing else',
  async (text) => {
    const { codes } = await search({ text });
    expect(codes).toEqual([]);
  },
);

it('finds an address that was written', async () => {
  expect(await found('ada@example.com')).toEqual([expect.stringContaining('BURRS')]);
});

it('goes on where the page before ended, and counts all', async () => {
  const first = (await search({ text: 'grinder', first: 3 })).data.searchConversations;
  expect(first).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } });
  const second = (await search({ text: 'grinder', first: 3, after: first.pageInfo.endCursor })).data.searchConversations;
  expect(second.nodes).toEqual([{ properties: { comment: 'The grinder jams after ten seconds.' }, profile: { email: 'ada@example.com' } }]);
  expect(second).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: false } });
});

it('is refused without the right to read what customers say', async () => {
  expect((await search({ text: 'grinder' }, masked)).codes).toEqual(['FORBIDDEN']);
});

it('is answered by the index over words', async () => {
  const { rows } = await api.database.owner
    .query(`
    set enable_seqscan = off;
    explain select i.interaction_id from interaction i
    where kind in (46, 47, 49, 50, 52, 55, 57, 61, 62) and json_to_tsvector('simple', properties, '["string"]') @@ to_tsquery('simple', 'grinder:*')`)
    .then((results) => (Array.isArray(results) ? results[1] : results));
  expect(JSON.stringify(rows)).toContain('interaction_words');
});
