import fc from 'fast-check';
import { INTERACTION_KINDS } from '../../src/kernel/vocabulary';
import { ApiUnderTest } from './apiUnderTest';
import { type BuiltInteraction, NOON_MS, WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let key: string;
const MINUTE_MS = 60_000;

/** Three identifiers whose interactions interleave, some within one millisecond. */
const INTERACTIONS: (BuiltInteraction & { owner: number })[] = Array.from({ length: 60 }, (_, index) => ({
  atMs: NOON_MS + Math.floor(index / 4) * MINUTE_MS,
  owner: index % 3,
  kind: INTERACTION_KINDS[index % 5] as BuiltInteraction['kind'] & string,
  department: index % 2 === 0 ? ('SUPPORT' as const) : ('SALES' as const),
  name: `Event ${index % 7}`,
  properties: { index },
}));

beforeAll(async () => {
  api = await ApiUnderTest.start();
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  key = await acme.apiKey();
  await acme.profile({ identifiers: ['busy', 'second', 'third'].map((value) => ({ type: 'user_id', value })), interactions: INTERACTIONS });
});
afterAll(() => api.stop());

const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: TimelineFilter) {
  profile(identifier: { type: "user_id", value: "busy" }) {
    timeline(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      totalCount edges { cursor node { id occurredAt department kind name properties } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    } } }`;

async function page(variables: object) {
  const { data, codes } = await api.query(key, PAGE, variables);
  expect(codes).toEqual([]);
  return data.profile.timeline;
}

const idsOf = (timeline: { edges: { node: { id: string } }[] }): string[] => timeline.edges.map((edge) => edge.node.id);

async function walk(variables: object, step: 'forward' | 'backward', size: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (;;) {
    const from = step === 'forward' ? { first: size, after: cursor } : { last: size, before: cursor };
    const timeline = await page({ ...variables, ...from });
    if (step === 'forward') ids.push(...idsOf(timeline));
    else ids.unshift(...idsOf(timeline));
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = timeline.pageInfo;
    if (step === 'forward' ? !hasNextPage : !hasPreviousPage) return ids;
    cursor = step === 'forward' ? endCursor : startCursor;
  }
}

it('merges the timelines of all identifiers, newest first', async () => {
  const timeline = await page({ first: 100 });
  const times = timeline.edges.map((edge: { node: { occurredAt: string } }) => edge.node.occurredAt);
  expect(times).toHaveLength(60);
  expect(times).toEqual([...times].sort().reverse());
  expect(timeline.totalCount).toBe(60);
});

it('shows every interaction exactly once, whichever way and in whatever steps one pages', async () => {
  const all = idsOf(await page({ first: 100 }));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 70 }), fc.constantFrom('forward' as const, 'backward' as const), async (size, step) => {
      expect(await walk({}, step, size)).toEqual(all);
    }),
    { numRuns: 12 },
  );
});

it('neither repeats nor skips what stood at the first page when newer interactions come in between', async () => {
  const first = await page({ first: 20 });
  const before = idsOf(await page({ first: 100 }));
  const owner = (await api.database.owner.query(`select i.identifier_id from identifier i where i.value = 'busy'`)).rows[0].identifier_id;
  await acme.interaction(owner, { atMs: NOON_MS + 3_600_000, name: 'Late' });
  const rest = await page({ first: 100, after: first.pageInfo.endCursor });
  expect([...idsOf(first), ...idsOf(rest)]).toEqual(before);
  await api.database.owner.query(`delete from interaction i where i.name = 'Late'`);
});

const FILTERS: [string, object, (interaction: (typeof INTERACTIONS)[number]) => boolean][] = [
  ['departments', { departments: ['SUPPORT'] }, ({ department }) => department === 'SUPPORT'],
  ['kinds', { kinds: ['CUSTOM', 'AD_SEEN'] }, ({ kind }) => kind === 'CUSTOM' || kind === 'AD_SEEN'],
  ['names', { names: ['Event 3'] }, ({ name }) => name === 'Event 3'],
  ['channels', { channels: ['EMAIL'] }, () => false],
  ['no departments at all', { departments: [] }, () => false],
  [
    'a time, its start included and its end not',
    { from: '2026-01-15T12:05:00Z', to: '2026-01-15T14:07:00+02:00' },
    ({ atMs }) => atMs >= NOON_MS + 5 * MINUTE_MS && atMs < NOON_MS + 7 * MINUTE_MS,
  ],
  [
    'several at once',
    { departments: ['SALES'], names: ['Event 1', 'Event 2'], from: '2026-01-15T12:02:00.000Z' },
    ({ department, name, atMs }) =>
      department === 'SALES' && ['Event 1', 'Event 2'].includes(name as string) && atMs >= NOON_MS + 2 * MINUTE_MS,
  ],
];

it.each(FILTERS)('selects and counts by %s, also across pages', async (_what, filter, matches) => {
  const expected = INTERACTIONS.filter(matches).map(({ properties }) => (properties as { index: number }).index);
  const timeline = await page({ first: 100, filter });
  const found = timeline.edges.map((edge: { node: { properties: { index: number } } }) => edge.node.properties.index);
  expect(found.toSorted()).toEqual(expected.toSorted());
  expect(timeline.totalCount).toBe(expected.length);
  expect(await walk({ filter }, 'forward', 7)).toEqual(idsOf(timeline));
  expect(await walk({ filter }, 'backward', 7)).toEqual(idsOf(timeline));
});

it.each([
  ['a page of 201', { first: 201 }, 'INVALID_INPUT'],
  ['a page of a million', { first: 1_000_000 }, 'QUERY_TOO_COMPLEX'],
  ['a negative page', { first: -1 }, 'INVALID_INPUT'],
  ['both ends at once', { first: 3, last: 3 }, 'INVALID_INPUT'],
  ["a cursor of somebody's own making", { after: 'bm9wZQ' }, 'INVALID_CURSOR'],
  ['a cursor with a tail', { after: `${'A'.repeat(34)}==` }, 'INVALID_CURSOR'],
  ['a list of a thousand names', { filter: { names: Array.from({ length: 1000 }, String) } }, 'INVALID_INPUT'],
])('refuses %s', async (_what, variables, code) => {
  const { codes, data } = await api.query(key, PAGE, variables);
  expect(codes).toEqual([code]);
  expect(data?.profile ?? null).toBeNull();
});

it.each(['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '1970-01-01T00:00:00Z'])('takes %s as a bound', async (from) => {
  const timeline = await page({ first: 1, filter: { from } });
  expect(timeline.totalCount).toBe(from.startsWith('9999') ? 0 : 60);
});

it.each(['yesterday', '0000-12-31T23:59:59Z', '2026-13-01T00:00:00Z', '2026-01-15', '1768478400'])('refuses the time %s', async (from) => {
  const { codes, status } = await api.query(key, PAGE, { filter: { from } });
  expect({ codes, status }).toEqual({ codes: ['BAD_USER_INPUT'], status: 400 });
});

it('answers an empty page for somebody without interactions', async () => {
  await acme.profile({ identifiers: [{ type: 'user_id', value: 'quiet' }] });
  const { data } = await api.query(
    key,
    `{ profile(identifier: { type: "user_id", value: "quiet" }) { timeline { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
  );
  expect(data.profile.timeline).toEqual({
    totalCount: 0,
    nodes: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
});
