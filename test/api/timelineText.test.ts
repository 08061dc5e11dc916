import { ApiUnderTest } from './apiUnderTest';
import { type BuiltInteraction, NOON_MS, WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let key: string;
let blindKey: string;

const TELLING: (BuiltInteraction & { owner: number })[] = [
  { name: 'Order Completed', kind: 'ORDER_PLACED', properties: { total: 59.9, currency: 'EUR', products: [{ name: 'Große Tasse' }] } },
  { name: 'Ticket Opened', kind: 'CONVERSATION_OPENED', properties: { message: 'Meine Tasse ist kaputt, 100% Schaden', ticket_id: 'T-1' } },
  { name: 'Ticket Opened', kind: 'CONVERSATION_OPENED', properties: { message: '請問我的訂單在哪裡', priority: 'urgent' } },
  { name: 'Said "so" \\ 50%_off', kind: 'CUSTOM' as const, properties: { nested: [{ deep: ["O'Hara", 9_007_199_254_740_991] }] } },
  { name: 'Products Searched', kind: 'SEARCHED' as const, properties: { query: 'tasse lovelace' } },
].map((interaction, index) => ({ ...interaction, atMs: NOON_MS + index * 1000, owner: index % 2 }) as BuiltInteraction & { owner: number });
/** Around those that tell something: more than are read at a time. */
const NOISE = Array.from({ length: 700 }, (_, index) => ({
  atMs: NOON_MS - 350_000 + index * 1000,
  owner: index % 3,
  kind: 'PAGE_VIEWED' as const,
  name: `Page ${index}`,
  properties: { path: `/p/${index}`, every: index % 7 === 0 ? 'seventh' : 'other' },
}));

beforeAll(async () => {
  api = await ApiUnderTest.start();
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  key = await acme.apiKey();
  blindKey = await acme.apiKey('profiles:read');
  const identifiers = ['ada', 'second', 'third'].map((value) => ({ type: 'user_id', value }));
  await acme.profile({ identifiers, interactions: [...TELLING, ...NOISE] });
}, 60_000);
afterAll(() => api.stop());

const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: TimelineFilter) {
  profile(identifier: { type: "user_id", value: "ada" }) {
    timeline(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      totalCount nodes { id name summary } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    } } }`;

async function search(text: string, variables: object = {}, filter: object = {}, asKey = key) {
  const { data, codes } = await api.query(asKey, PAGE, { first: 200, ...variables, filter: { ...filter, text } });
  expect(codes).toEqual([]);
  return data.profile.timeline;
}

const namesOf = (timeline: { nodes: { name: string }[] }) => timeline.nodes.map(({ name }) => name);

it.each([
  ['a word of the summary', 'PLACED', ['Order Completed']],
  ['an amount as the summary writes it', '59.90 eur', ['Order Completed']],
  ['a word of a text, with others of its kind', 'tasse', ['Products Searched', 'Ticket Opened', 'Order Completed']],
  ['all of several words, in any order', 'kaputt tasse', ['Ticket Opened']],
  ['an umlaut typed as two characters', 'GRO\u00DFE', ['Order Completed']],
  ['a language without spaces', '訂單', ['Ticket Opened']],
  ['a per cent sign', '100%', ['Ticket Opened']],
  ['quotes, a backslash and an underscore', '"so" \\ 50%_off', ['Said "so" \\ 50%_off']],
  ['an apostrophe, deep inside', "o'hara", ['Said "so" \\ 50%_off']],
  ['a long number', '9007199254740991', ['Said "so" \\ 50%_off']],
  ['the name of a field', 'priority', []],
  ['what a pattern would match', 'k_putt', []],
  ['SQL', "' or true --", []],
  ['characters that PostgreSQL takes in no text', '\u0000', []],
])('finds %s', async (_what, text, names) => {
  const timeline = await search(text);
  expect(namesOf(timeline)).toEqual(names);
  expect(timeline.totalCount).toBe(names.length);
});

it('goes together with the other filters', async () => {
  expect(namesOf(await search('tasse', {}, { kinds: ['ORDER_PLACED', 'SEARCHED'], to: new Date(NOON_MS + 2000).toISOString() }))).toEqual([
    'Order Completed',
  ]);
});

it.each(['forward', 'backward'] as const)('pages %s without repeating or skipping, and counts', async (way) => {
  const all = await search('seventh');
  expect(all.totalCount).toBe(100);
  const ids = all.nodes.map(({ id }: { id: string }) => id);
  const walked: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const variables: object = way === 'forward' ? { first: 17, after: cursor } : { first: null, last: 17, before: cursor };
    const page = await search('seventh', variables);
    const found = page.nodes.map(({ id }: { id: string }) => id);
    if (way === 'forward') walked.push(...found);
    else walked.unshift(...found);
    expect(page.totalCount).toBe(100);
    cursor = way === 'forward' ? page.pageInfo.endCursor : page.pageInfo.startCursor;
    if (!(way === 'forward' ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage)) break;
  }
  expect(walked).toEqual(ids);
});

it('lets nobody guess what their key shows masked', async () => {
  for (const secret of ['lovelace', 'love', 'kaputt', 'urgent kaputt', "o'hara", '訂單']) {
    expect(await search(secret, {}, {}, blindKey)).toMatchObject({ totalCount: 0, nodes: [] });
  }
  const shown = await search('placed 59.90', {}, {}, blindKey);
  expect(shown.nodes).toHaveLength(1);
  expect(shown.nodes[0].summary).toContain('59.90');
  const { data } = await api.query(blindKey, PAGE, { first: 200 });
  const lines: { id: string; summary: string; name: string }[] = data.profile.timeline.nodes;
  for (const letter of 'aeiot') {
    const expected = lines.filter(({ summary, name }) => `${summary}\n${name}`.toLowerCase().includes(letter)).map(({ id }) => id);
    const found = (await search(letter, {}, {}, blindKey)).nodes.map(({ id }: { id: string }) => id);
    expect(found.slice(0, expected.length)).toEqual(expected);
  }
});

it('lets nobody ask by a name that their key shows masked', async () => {
  const named = { kind: 'EMAIL_SENT' as const, name: 'Email to secret@example.com', atMs: NOON_MS };
  await acme.profile({ identifiers: [{ type: 'user_id', value: 'named' }], interactions: [named] });
  const ask = async (asKey: string, name: string) => {
    const query = PAGE.replace('value: "ada"', 'value: "named"');
    return (await api.query(asKey, query, { filter: { names: [name] } })).data.profile.timeline.totalCount;
  };
  expect([await ask(key, named.name), await ask(blindKey, named.name)]).toEqual([1, 0]);
});

it.each([
  ['an empty text', ''],
  ['a blank text', ' \u3000 '],
  ['a text of 201 characters', 'x'.repeat(201)],
  ['a text of a million characters', 'x'.repeat(1_000_000)],
])('refuses %s', async (_what, text) => {
  const { codes, data } = await api.query(key, PAGE, { filter: { text } });
  expect(codes).toEqual(['INVALID_INPUT']);
  expect(data.profile).toBeNull();
});
