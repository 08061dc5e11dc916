import { ApiUnderTest } from './apiUnderTest';
import { WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let key: string;
let blindKey: string;

const PEOPLE = [
  ['ada.lovelace@example.com', 'Ada Lovelace', '+12025550123'],
  ['grace@navy.example', 'Grace Hopper', '+12025550199'],
  ['alan@bletchley.example', 'Alan Turing', '+442079460958'],
  ['john.smith@example.com', 'John Smith', '+12025550111'],
  ['joan@example.com', 'Joan Clarke', '+12025550112'],
  ['percent%_sign@example.com', '100% Person', '+12025550113'],
] as const;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  const acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  key = await acme.apiKey();
  blindKey = await acme.apiKey('profiles:read');
  for (const [email, name, phone] of PEOPLE) {
    await acme.profile({
      identifiers: [
        { type: 'email', value: email },
        { type: 'phone', value: phone },
      ],
      traits: { name },
    });
  }
});
afterAll(() => api.stop());

async function found(text: string, as = key): Promise<string[]> {
  const { data, codes } = await api.query(as, 'query ($text: String!) { searchProfiles(text: $text) { nodes { displayName } } }', { text });
  expect(codes).toEqual([]);
  return data.searchProfiles.nodes.map((node: { displayName: string }) => node.displayName);
}

it.each([
  ['the beginning of a name', 'ada', 'Ada Lovelace'],
  ['the beginning of a last name', 'lovel', 'Ada Lovelace'],
  ['a whole address', 'grace@navy.example', 'Grace Hopper'],
  ['the beginning of an address', 'john.sm', 'John Smith'],
  ['a wrong letter', 'lovelase', 'Ada Lovelace'],
  ['a missing letter', 'hoper', 'Grace Hopper'],
  ['a letter too many', 'turring', 'Alan Turing'],
  ['two letters exchanged', 'jhon', 'John Smith'],
  ['capitals and spaces', '  GRACE   HOPPER ', 'Grace Hopper'],
  ['a phone number as one writes it at home', '(202) 555-0123', 'Ada Lovelace'],
  ['a phone number with its country', '+44 20 7946 0958', 'Alan Turing'],
  ['an address with a typing mistake', 'ada.lovelase@example.com', 'Ada Lovelace'],
  ['a percent sign', '100%', '100% Person'],
  ['an underscore and a percent sign', 'percent%_s', '100% Person'],
])('finds the right customer first by %s', async (_what, text, name) => {
  expect((await found(text))[0]).toBe(name);
});

it('finds a living profile once, however many of its terms match', async () => {
  expect((await found('ada')).filter((name) => name === 'Ada Lovelace')).toHaveLength(1);
});

it.each(['', '   ', '%', '_', '\\', '\0', 'zzzzzzzz', '😀', "' or 1=1 --"])('finds nobody by %j', async (text) => {
  expect(await found(text)).toEqual([]);
});

it('pages through the hits without repeating or skipping one', async () => {
  const query =
    'query ($after: String) { searchProfiles(text: "example", first: 2, after: $after) { nodes { displayName } pageInfo { hasNextPage endCursor } } }';
  const names: string[] = [];
  for (let after: string | null = null; ; ) {
    const { data } = await api.query(key, query, { after });
    names.push(...data.searchProfiles.nodes.map((node: { displayName: string }) => node.displayName));
    if (!data.searchProfiles.pageInfo.hasNextPage) break;
    after = data.searchProfiles.pageInfo.endCursor;
  }
  expect(names).toEqual(await found('example'));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(2);
});

it('lets a key that may not see personal values find whole values only, so that none can be guessed letter by letter', async () => {
  expect(await found('ada.lovelace@example.com', blindKey)).toEqual(['A***']);
  for (const text of ['ada', 'ada.lovelace@example.co', 'lovelase', '555-0123']) expect(await found(text, blindKey)).toEqual([]);
});

it.each([
  ['a text without end', 'x'.repeat(201), {}, 'INVALID_INPUT'],
  ["a cursor of somebody's own making", 'ada', { after: 'AAAA' }, 'INVALID_CURSOR'],
  ['a page of 101', 'ada', { first: 101 }, 'INVALID_INPUT'],
])('refuses %s', async (_what, text, page, code) => {
  const { codes } = await api.query(
    key,
    'query ($text: String!, $first: Int, $after: String) { searchProfiles(text: $text, first: $first, after: $after) { nodes { id } } }',
    { text, ...page },
  );
  expect(codes).toEqual([code]);
});
