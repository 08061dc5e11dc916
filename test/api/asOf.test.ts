import { identifierId } from '../../src/identity/identifierId';
import type { JsonObject } from '../../src/kernel/json';
import { ApiUnderTest } from './apiUnderTest';
import { NOON_MS, WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let key: string;

const EMAIL = { type: 'email', value: 'ada@example.com' };
const USER = { type: 'user_id', value: 'ada' };
const DAY_MS = 86_400_000;
const day = (days: number): number => NOON_MS + days * DAY_MS;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme', { survivorship: { plan: { rule: 'MOST_FREQUENT' } } });
  key = await acme.apiKey();
  await api.database.owner.query('truncate profile, identifier, interaction, trait_state');
  await acme.profile({
    identifiers: [EMAIL, USER],
    interactions: [
      { atMs: day(0), kind: 'PAGE_VIEWED' },
      { atMs: day(4), owner: 1, kind: 'ORDER_PLACED' },
      { atMs: day(6), owner: 1, kind: 'PAGE_VIEWED' },
    ],
  });
  await said(EMAIL, day(1), { name: 'Ada Byron', plan: 'free', city: 'London' });
  await said(EMAIL, day(3), { name: 'Ada Lovelace', plan: 'pro', city: null });
  await said(USER, day(5), { plan: 'free' });
  await acme.traits(EMAIL, { name: 'Ada Lovelace', plan: 'pro' }, { atMs: day(3) });
});

function said({ type, value }: typeof EMAIL, atMs: number, traits: JsonObject): Promise<string> {
  return acme.interaction(String(identifierId(type, value)), { atMs, kind: 'IDENTIFIED', name: 'Identify', properties: traits });
}

const asOf = async (atMs: number, fields: string) => {
  const query = `query ($at: DateTime) { profile(identifier: { type: "email", value: "ada@example.com" }, asOf: $at) { ${fields} } }`;
  const { data, codes } = await api.query(key, query, { at: new Date(atMs).toISOString() });
  expect(codes).toEqual([]);
  return data.profile;
};

it('answers the traits that had been said by then', async () => {
  expect(await asOf(day(2), 'displayName traits')).toEqual({
    displayName: 'Ada Byron',
    traits: { city: 'London', name: 'Ada Byron', plan: 'free' },
  });
  expect((await asOf(day(3), 'traits')).traits).toEqual({ name: 'Ada Lovelace', plan: 'pro' });
});

it('counts the most frequent value up to then, between equals the one said last', async () => {
  expect((await asOf(day(4), 'traits')).traits.plan).toBe('pro');
  expect((await asOf(day(5), 'traits')).traits.plan).toBe('free');
});

it('shows the timeline up to then, that moment included, and when the customer had last been seen', async () => {
  const { timeline, lastSeenAt } = await asOf(
    day(4),
    'lastSeenAt timeline(first: 2) { totalCount nodes { kind } pageInfo { hasNextPage } }',
  );
  expect(timeline).toEqual({
    totalCount: 4,
    nodes: [{ kind: 'ORDER_PLACED' }, { kind: 'IDENTIFIED' }],
    pageInfo: { hasNextPage: true },
  });
  expect(lastSeenAt).toBe(new Date(day(4)).toISOString());
});

it('shows the identifiers known by then', async () => {
  const types = async (atMs: number) => (await asOf(atMs, 'identifiers { type }')).identifiers.map(({ type }: { type: string }) => type);
  expect(await types(day(3))).toEqual(['email']);
  expect(await types(day(4))).toEqual(['email', 'user_id']);
});

it('is nobody before anything was known of the customer', async () => {
  expect(await asOf(day(-1), 'id')).toBeNull();
});

it('stands now as it stands when nothing is asked for', async () => {
  const fields = 'id displayName lastSeenAt timeline { totalCount }';
  const { data } = await api.query(key, `{ profile(identifier: { type: "email", value: "ada@example.com" }) { ${fields} } }`);
  expect(await asOf(day(30), fields)).toMatchObject({
    id: data.profile.id,
    displayName: 'Ada Lovelace',
    lastSeenAt: data.profile.lastSeenAt,
  });
});
