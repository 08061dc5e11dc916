import { ApiUnderTest } from './apiUnderTest';
import { NOON_MS, WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let key: string;

const PAGE = `
  id displayName email phone language traits firstSeenAt lastSeenAt
  identifiers { type value firstSeenAt lastSeenAt verified source { name } }
  timeline(first: 50) {
    totalCount
    nodes { id occurredAt department channel kind direction name summary properties source { name } profile { id } }
    pageInfo { hasNextPage endCursor }
  }`;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  const acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  key = await acme.apiKey();
  for (let person = 0; person < 50; person++) {
    const identifiers = Array.from({ length: person === 0 ? 20 : 2 }, (_, index) => ({
      type: index === 0 ? 'email' : 'anonymous_id',
      value: `p${person}-${index}@example.com`,
    }));
    const interactions = Array.from({ length: person === 0 ? 120 : 5 }, (_, index) => ({
      atMs: NOON_MS + index * 1000,
      owner: index % identifiers.length,
    }));
    const traits = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`trait${index}`, `value ${index}`]));
    await acme.profile({ identifiers, interactions, traits, account: 'engines' });
  }
  // Keys, settings and models are remembered between requests, for some seconds.
  api.stopClock();
  await api.query(key, '{ ingestion { processed } valueModel { customers } }');
});
afterAll(() => api.stop());

const forOne = (value: string) =>
  api.query(key, `query ($value: String!) { profile(identifier: { type: "email", value: $value }) { ${PAGE} } }`, { value });

it('reads a profile page with at most three statements, whatever the profile holds', async () => {
  const small = await api.statementsOf(() => forOne('p1-0@example.com'));
  const large = await api.statementsOf(() => forOne('p0-0@example.com'));
  expect(large.length).toBeLessThanOrEqual(3);
  expect([...large].sort()).toEqual([...small].sort());
});

it('reads fifty profile pages at once with no more than one statement on top', async () => {
  const names = await api.statementsOf(async () => {
    const { data, codes } = await api.query(key, `{ profiles(first: 50) { nodes { ${PAGE.replace('profile { id }', '')} } } }`);
    expect(codes).toEqual([]);
    expect(data.profiles.nodes).toHaveLength(50);
    expect(data.profiles.nodes.every(({ timeline }: { timeline: { nodes: unknown[] } }) => timeline.nodes.length >= 5)).toBe(true);
  });
  expect([...names].sort()).toEqual(['list_profiles', 'list_sources', 'read_profiles_by_id', 'read_timelines_from_the_newest']);
});

it('reads the page of fifty found one by one under aliases with the same few statements', async () => {
  const aliases = Array.from(
    { length: 20 },
    (_, person) => `p${person}: profile(identifier: { type: "email", value: "p${person}-0@example.com" }) { ...page }`,
  );
  const names = await api.statementsOf(async () => {
    const { codes } = await api.query(key, `{ ${aliases.join('\n')} } fragment page on Profile { ${PAGE} }`);
    expect(codes).toEqual([]);
  });
  expect(names.length).toBeLessThanOrEqual(5);
});

const EXPERIENCE = `
  context {
    openConversations { externalId firstReplyMinutes } recentConversations { subject } cart { value { amount } } recentOrders { externalId }
    recentEmails { summary } recentSearches recentProducts preferredChannel language timezone lastInteraction { summary }
    suggestions { kind evidence { id summary } }
  }
  experience { healthScore medianFirstReplyMinutes averageSentiment nps { latest } }
  value { revenue { amount } rfm aliveProbability churnRisk } lifecycleStage
  friction { kind message evidence { id summary profile { id } } }`;

it('adds two statements for everything that is computed of a customer, whatever the profile holds', async () => {
  const own = ['read_profiles_by_identifier', 'read_fact_interactions', 'read_timelines_from_the_newest'];
  for (const value of ['p1-0@example.com', 'p0-0@example.com']) {
    const names = await api.statementsOf(async () => {
      const query = `query ($value: String!) { profile(identifier: { type: "email", value: $value }) { ${EXPERIENCE} } }`;
      expect((await api.query(key, query, { value })).codes).toEqual([]);
    });
    expect([...names].sort()).toEqual([...own].sort());
  }
});

it('adds the same two for fifty customers at once', async () => {
  const names = await api.statementsOf(async () => {
    const { data, codes } = await api.query(key, `{ profiles(first: 50) { nodes { ${EXPERIENCE.replaceAll('(first: 5)', '')} } } }`);
    expect(codes).toEqual([]);
    expect(data.profiles.nodes).toHaveLength(50);
  });
  expect([...names].sort()).toEqual(['list_profiles', 'read_fact_interactions', 'read_profiles_by_id', 'read_timelines_from_the_newest']);
});

it('asks for nothing that was not selected', async () => {
  const names = await api.statementsOf(() =>
    api.query(key, `{ profile(identifier: { type: "email", value: "p1-0@example.com" }) { id traits } }`),
  );
  expect(names).toEqual(['read_profiles_by_identifier']);
});

it('counts a timeline without reading it where nothing is filtered', async () => {
  const names = await api.statementsOf(() =>
    api.query(key, `{ profile(identifier: { type: "email", value: "p0-0@example.com" }) { timeline(first: 0) { totalCount } } }`),
  );
  expect(names).toEqual(['read_profiles_by_identifier']);
});
