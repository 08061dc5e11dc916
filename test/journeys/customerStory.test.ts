import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import { System } from './system';

jest.setTimeout(150_000);

/** The libraries as they are installed: nothing but the address is ours. */
let system: System;
let website: Analytics;
let app: RudderAnalytics;
const startedAtMs = Date.now();
/** Ids of profiles as they were answered before they were merged. */
const before: Record<string, string> = {};

const day = (n: number, time = '12:00:00.000') => new Date(`2026-03-${String(n).padStart(2, '0')}T${time}Z`);

const PROFILE = `query ($type: String!, $value: String!) {
  profile(identifier: { type: $type, value: $value }) {
    id previousIds displayName email phone language firstSeenAt lastSeenAt traits
    identifiers { type value firstSeenAt lastSeenAt source { name } }
    accounts { id externalId name traits }
    merges { rule survivorId absorbedId actor undoneAt }
    timeline(first: 100) { totalCount nodes { messageId kind name summary occurredAt receivedAt department source { name } } }
  }
}`;
const profileOf = async (type: string, value: string) => (await system.graphql(PROFILE, { type, value })).data.profile;

const flushWebsite = async () => {
  await website.flush({ close: false });
  await system.settled();
};
const flushApp = async () => {
  await app.flush();
  await system.settled();
};

beforeAll(async () => {
  system = await System.start();
  website = new Analytics({ writeKey: system.writeKey, host: system.address });
  app = new RudderAnalytics(system.writeKey, { dataPlaneUrl: system.address });

  // Strangers: a browser, a phone, and a user id of the shop before this one.
  website.page({ anonymousId: 'browser-1', name: 'Pricing', timestamp: day(2) });
  website.track({
    anonymousId: 'browser-1',
    event: 'Product Viewed',
    properties: { name: 'Lamp', price: 59.9, currency: 'EUR' },
    timestamp: day(3),
  });
  website.track({
    userId: 'shop-77',
    event: 'Order Completed',
    properties: { order_id: '1042', total: 59.9, currency: 'EUR' },
    timestamp: day(1),
  });
  await flushWebsite();
  app.track({ anonymousId: 'phone-1', event: 'Application Opened', timestamp: day(4) });
  await flushApp();
  for (const [type, value] of [
    ['anonymous_id', 'browser-1'],
    ['anonymous_id', 'phone-1'],
    ['user_id', 'shop-77'],
  ] as const) {
    before[value] = (await profileOf(type, value)).id;
  }

  // They turn out to be Ada.
  const traits = {
    email: 'Ada.Lovelace@Example.COM',
    phone: '(415) 555-2671',
    firstName: 'Ada',
    lastName: 'Lovelace',
    plan: 'free',
    language: 'en',
  };
  website.identify({ userId: 'ada', anonymousId: 'browser-1', traits, timestamp: day(5) });
  await flushWebsite();
  app.identify({ userId: 'ada', anonymousId: 'phone-1', traits: { email: 'ada.lovelace@example.com', plan: 'pro' }, timestamp: day(7) });
  await flushApp();
  website.alias({ userId: 'ada', previousId: 'shop-77', timestamp: day(8) });
  website.group({
    userId: 'ada',
    groupId: 'analytical',
    traits: { name: 'Analytical Engines', employees: 2, plan: 'business' },
    timestamp: day(9),
  });
  website.identify({ userId: 'charles', traits: { email: 'charles@example.com', name: 'Charles Babbage' }, timestamp: day(9) });
  website.group({ userId: 'charles', groupId: 'analytical', traits: { employees: 3 }, timestamp: day(10) });
  // Late: said long ago, sent only now.
  website.identify({ userId: 'ada', traits: { plan: 'trial', city: 'London' }, timestamp: day(6) });
  website.track({ userId: 'ada', event: 'Email Opened', timestamp: day(1, '08:00:00.000') });
  await flushWebsite();
});

afterAll(async () => {
  await website.closeAndFlush();
  await system.stop();
});

it.each([
  ['user_id', 'ada'],
  ['user_id', 'shop-77'],
  ['anonymous_id', 'browser-1'],
  ['anonymous_id', 'phone-1'],
  ['email', 'ada.lovelace@example.com'],
  ['email', '  ADA.LOVELACE@EXAMPLE.com '],
  ['phone', '(415) 555-2671'],
  ['phone', '+1 415 555 2671'],
  ['phone', '1-415-555-2671'],
])('answers the one customer by %s %s', async (type, value) => {
  const ada = await profileOf(type, value);
  expect(ada).toMatchObject({
    id: (await profileOf('user_id', 'ada')).id,
    displayName: 'Ada Lovelace',
    email: 'ada.lovelace@example.com',
    phone: '+14155552671',
    language: 'en',
  });
});

it('holds exactly the identifiers that were said of her, and nobody else holds one', async () => {
  const { identifiers, firstSeenAt, lastSeenAt } = await profileOf('user_id', 'ada');
  expect(identifiers.map(({ type, value }: { type: string; value: string }) => `${type} ${value}`).sort()).toEqual([
    'anonymous_id browser-1',
    'anonymous_id phone-1',
    'email ada.lovelace@example.com',
    'phone +14155552671',
    'user_id ada',
    'user_id shop-77',
  ]);
  expect([firstSeenAt, lastSeenAt]).toEqual(['2026-03-01T08:00:00.000Z', '2026-03-09T12:00:00.000Z']);
  expect((await profileOf('user_id', 'charles')).id).not.toBe((await profileOf('user_id', 'ada')).id);
});

it('tells everything on one timeline by when it happened, the newest first, whatever came late', async () => {
  const { timeline } = await profileOf('email', 'ada.lovelace@example.com');
  expect(timeline.totalCount).toBe(10);
  const told = timeline.nodes.map(({ kind, occurredAt }: { kind: string; occurredAt: string }) => `${occurredAt.slice(5, 13)} ${kind}`);
  expect(told).toEqual([
    '03-09T12 ACCOUNT_JOINED',
    expect.stringMatching(/^03-08T12 /),
    '03-07T12 IDENTIFIED',
    '03-06T12 IDENTIFIED',
    '03-05T12 IDENTIFIED',
    '03-04T12 APP_OPENED',
    '03-03T12 PRODUCT_VIEWED',
    '03-02T12 PAGE_VIEWED',
    '03-01T12 ORDER_PLACED',
    '03-01T08 EMAIL_OPENED',
  ]);
  expect(timeline.nodes[8].summary).toMatch(/1042.*59\.90 EUR/);
});

it('says of each interaction when it came in and from which source', async () => {
  const { timeline } = await profileOf('user_id', 'ada');
  for (const { receivedAt, source } of timeline.nodes) {
    expect(Date.parse(receivedAt)).toBeGreaterThanOrEqual(startedAtMs);
    expect(Date.parse(receivedAt)).toBeLessThanOrEqual(Date.now());
    expect(source).toEqual({ name: 'Development' });
  }
});

it('lets the last word by occurrence win, and shows what lost against it', async () => {
  const { data } = await system.graphql(`{ profile(identifier: { type: "user_id", value: "ada" }) {
    traits(keys: ["plan", "city", "email"])
    plan: trait(key: "plan") { value observedAt rule source { name } alternatives { value observedAt source { name } } }
    missing: trait(key: "nothing") { value }
  } }`);
  expect(data.profile.traits).toEqual({ plan: 'pro', city: 'London', email: 'ada.lovelace@example.com' });
  expect(data.profile.missing).toBeNull();
  expect(data.profile.plan).toMatchObject({
    value: 'pro',
    observedAt: '2026-03-07T12:00:00.000Z',
    rule: 'MOST_RECENT',
    source: { name: 'Development' },
  });
});

it('answers old ids for good: they lead to the survivor, which lists them', async () => {
  const ada = await profileOf('user_id', 'ada');
  const absorbed = Object.values(before).filter((id) => id !== ada.id);
  expect(absorbed).toHaveLength(2);
  expect(ada.previousIds).toEqual(expect.arrayContaining(absorbed));
  expect(ada.previousIds).not.toContain(ada.id);
  for (const id of [...ada.previousIds, ada.id]) {
    const { data, codes } = await system.graphql(
      'query ($id: ID!) { node(id: $id) { id ... on Profile { email } } profile(id: $id) { id previousIds } }',
      { id },
    );
    expect(codes).toEqual([]);
    expect(data).toEqual({
      node: { id: ada.id, email: 'ada.lovelace@example.com' },
      profile: { id: ada.id, previousIds: ada.previousIds },
    });
  }
});

it('records each merge: who stayed, who went, by which rule', async () => {
  const { id, previousIds, merges } = await profileOf('user_id', 'ada');
  const absorbed = merges.map((merge: { absorbedId: string }) => merge.absorbedId);
  expect([...absorbed].sort()).toEqual([...previousIds].sort());
  for (const merge of merges)
    expect(merge).toMatchObject({ rule: expect.stringMatching(/./), actor: expect.stringMatching(/./), undoneAt: null });
  const survivors = new Set(merges.map((merge: { survivorId: string }) => merge.survivorId));
  expect([...survivors].every((survivor) => survivor === id || previousIds.includes(survivor))).toBe(true);
  expect(survivors).toContain(id);
});

it('shows why the identifiers are one customer, with the messages that said so', async () => {
  const { data, codes } = await system.graphql(`{ profile(identifier: { type: "user_id", value: "ada" }) { identityGraph {
    nodes { type value } links { from { type value } to { type value } rule linkedAt evidence { id messageId kind occurredAt } }
  } } }`);
  expect(codes).toEqual([]);
  const { nodes, links } = data.profile.identityGraph;
  const text = ({ type, value }: { type: string; value: string }) => `${type} ${value}`;
  const reached = new Set(['user_id ada']);
  for (let round = 0; round < nodes.length; round++) {
    for (const link of links) {
      const ends = [text(link.from), text(link.to)];
      if (ends.some((end) => reached.has(end))) for (const end of ends) reached.add(end);
    }
  }
  expect([...reached].sort()).toEqual(nodes.map(text).sort());
  const alias = links.find((link: { rule: string }) => link.rule === 'alias');
  expect([text(alias.from), text(alias.to)].sort()).toEqual(['user_id ada', 'user_id shop-77']);
  expect(alias.evidence[0].occurredAt).toBe('2026-03-08T12:00:00.000Z');
  for (const link of links) expect(link.evidence.length).toBeGreaterThan(0);
});

it('knows the account that both belong to, with the latest of each trait', async () => {
  const { data } = await system.graphql(
    `{ account(externalId: "analytical") { id externalId name traits profiles { nodes { displayName } } } }`,
  );
  expect(data.account).toMatchObject({ externalId: 'analytical', name: 'Analytical Engines' });
  expect(data.account.traits).toEqual({ name: 'Analytical Engines', employees: 3, plan: 'business' });
  expect(data.account.profiles.nodes.map(({ displayName }: { displayName: string }) => displayName).sort()).toEqual([
    'Ada Lovelace',
    'Charles Babbage',
  ]);
  const [account] = (await profileOf('user_id', 'ada')).accounts;
  expect(account).toMatchObject({ id: data.account.id, name: 'Analytical Engines' });
  expect((await system.graphql('query ($id: ID!) { node(id: $id) { id } }', { id: account.id })).data.node).toEqual({ id: account.id });
});

it.each(['lovelace', 'Lovelaec', 'ada lovelcae', 'ADA.LOVELACE@example.com', '415 555 2671', 'ada.lovlace@example.com'])(
  'finds her when an agent types %j',
  async (text) => {
    const { data } = await system.graphql('query ($text: String!) { searchProfiles(text: $text) { nodes { displayName } } }', { text });
    expect(data.searchProfiles.nodes[0]).toEqual({ displayName: 'Ada Lovelace' });
  },
);
