import { ApiUnderTest } from './apiUnderTest';
import { NOON_MS, WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let key: string;
let adaId: string;
const ADA = { type: 'user_id', value: 'ada' };
const ADAS_EMAIL = { type: 'email', value: 'ada.lovelace@example.com' };

beforeAll(async () => {
  api = await ApiUnderTest.start();
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  key = await acme.apiKey();
  adaId = await acme.profile({
    identifiers: [ADA, ADAS_EMAIL, { type: 'phone', value: '+12025550123' }],
    traits: { name: 'Ada Lovelace', plan: 'pro', language: 'en-GB', __proto__x: 1 },
    interactions: [
      { atMs: NOON_MS, kind: 'ORDER_PLACED', department: 'SALES', name: 'Order Completed', properties: { order_id: '1042', total: 59.9 } },
      { atMs: NOON_MS + 1000, kind: 'PAGE_VIEWED', department: 'MARKETING', name: 'Home' },
    ],
    account: 'engines',
  });
});
afterAll(() => api.stop());

const BY_EMAIL = `query ($value: String!) { profile(identifier: { type: "email", value: $value }) { id email } }`;

it('finds a profile by an identifier however it is written', async () => {
  const { data, codes } = await api.query(key, BY_EMAIL, { value: '  ADA.Lovelace@Example.com ' });
  expect(codes).toEqual([]);
  expect(data.profile).toEqual({ id: `prf_${adaId.replaceAll('-', '')}`, email: 'ada.lovelace@example.com' });
});

it('answers everything that is known of a customer', async () => {
  const { data, codes } = await api.query(
    key,
    `query ($id: ID!) { profile(id: $id) {
      displayName email phone language traits firstSeenAt lastSeenAt previousIds
      some: traits(keys: ["plan", "unknown"])
      trait(key: "plan") { key value rule observedAt source { name department } alternatives { value } }
      identifiers { type value verified source { type } }
      accounts { externalId name traits profiles { nodes { displayName } } }
      timeline { totalCount nodes { id occurredAt kind department channel direction name summary properties messageId source { name } profile { displayName } } }
    } }`,
    { id: `prf_${adaId.replaceAll('-', '')}` },
  );
  expect(codes).toEqual([]);
  expect(data.profile).toMatchObject({
    displayName: 'Ada Lovelace',
    email: 'ada.lovelace@example.com',
    phone: '+12025550123',
    language: 'en-GB',
    previousIds: [],
    some: { plan: 'pro' },
    trait: {
      key: 'plan',
      value: 'pro',
      rule: 'MOST_RECENT',
      observedAt: '2026-01-15T12:00:00.000Z',
      source: { name: 'Website', department: 'MARKETING' },
      alternatives: [],
    },
    accounts: [
      {
        externalId: 'engines',
        name: 'Analytical Engines',
        traits: { employees: 12 },
        profiles: { nodes: [{ displayName: 'Ada Lovelace' }] },
      },
    ],
    firstSeenAt: '2026-01-15T12:00:00.000Z',
    lastSeenAt: '2026-01-15T12:00:01.000Z',
  });
  expect(data.profile.identifiers).toHaveLength(3);
  expect(data.profile.timeline.totalCount).toBe(2);
  expect(data.profile.timeline.nodes[1]).toMatchObject({
    kind: 'ORDER_PLACED',
    occurredAt: '2026-01-15T12:00:00.000Z',
    properties: { order_id: '1042', total: 59.9 },
    source: { name: 'Website' },
    profile: { displayName: 'Ada Lovelace' },
  });
});

it('answers null for an identifier and an id that nobody has', async () => {
  const { data, codes } = await api.query(
    key,
    `{ a: profile(identifier: { type: "email", value: "nobody@example.com" }) { id } b: profile(id: "prf_${'0'.repeat(32)}") { id }
       c: profile(id: "nonsense") { id } d: node(id: "int_${'0'.repeat(32)}") { id } e: account(externalId: "none") { id } f: profile(identifier: { type: "phone", value: "12" }) { id } }`,
  );
  expect(codes).toEqual([]);
  expect(data).toEqual({ a: null, b: null, c: null, d: null, e: null, f: null });
});

it('answers the survivor for the ids of profiles that were merged into it, however many steps away', async () => {
  const middle = await acme.profile({ identifiers: [], mergedInto: adaId });
  const first = await acme.profile({ identifiers: [], mergedInto: middle });
  await acme.merge(adaId, middle);
  const { data } = await api.query(
    key,
    `query ($id: ID!) { profile(id: $id) { displayName previousIds merges { rule survivorId absorbedId actor undoneAt } } node(id: $id) { id } }`,
    {
      id: `prf_${first.replaceAll('-', '')}`,
    },
  );
  const ids = [middle, first].map((id) => `prf_${id.replaceAll('-', '')}`);
  expect(data.profile.displayName).toBe('Ada Lovelace');
  expect(data.profile.previousIds.toSorted()).toEqual(ids.toSorted());
  expect(data.profile.merges).toEqual([{ rule: 'email', survivorId: data.node.id, absorbedId: ids[0], actor: 'system', undoneAt: null }]);
});

it('shows why identifiers are one customer, and when each was last seen on any message', async () => {
  const evidence = (
    await api.query(key, `{ profile(identifier: { type: "user_id", value: "ada" }) { timeline(first: 1) { nodes { id } } } }`)
  ).data.profile.timeline.nodes[0].id;
  await acme.link(ADA, ADAS_EMAIL, { fromMs: NOON_MS, toMs: NOON_MS + 60_000, evidence: evidence.slice(4) });
  const { data, codes } = await api.query(
    key,
    `{ profile(identifier: { type: "user_id", value: "ada" }) {
      identifiers { type lastSeenAt }
      identityGraph { nodes { type } links { rule probability linkedAt from { type } to { type } evidence { id } } } } }`,
  );
  expect(codes).toEqual([]);
  expect(data.profile.identityGraph.links).toEqual([
    {
      rule: 'email',
      probability: null,
      linkedAt: '2026-01-15T12:00:00.000Z',
      from: { type: 'user_id' },
      to: { type: 'email' },
      evidence: [{ id: evidence }],
    },
  ]);
  expect(data.profile.identifiers).toContainEqual({ type: 'email', lastSeenAt: '2026-01-15T12:01:00.000Z' });
});

it('takes the trait that was said last among all identifiers', async () => {
  const older = { type: 'user_id', value: 'grace' };
  const newer = { type: 'email', value: 'grace@example.com' };
  await acme.profile({ identifiers: [older, newer], traits: { plan: 'free', city: 'Arlington' } });
  await acme.traits(newer, { plan: 'team' }, { atMs: NOON_MS + 5, messageId: 'm2' });
  const { data } = await api.query(
    key,
    `{ profile(identifier: { type: "user_id", value: "grace" }) { traits trait(key: "plan") { value alternatives { value } } } }`,
  );
  expect(data.profile).toEqual({
    traits: { plan: 'team', city: 'Arlington' },
    trait: { value: 'team', alternatives: [{ value: 'free' }] },
  });
});

it('answers the same whether a query was compiled or not', async () => {
  const query = `{ profile(identifier: { type: "email", value: "ada.lovelace@example.com" }) { __typename id traits ... on Profile { displayName } timeline(first: 1) { nodes { id subject { type } properties } } } node(id: "nonsense") { id ... on Account { name } } }`;
  const plain = query.replace('__typename ', '');
  const answers = [];
  for (let run = 0; run < 6; run++) answers.push((await api.query(key, plain)).data);
  const { data } = await api.query(key, query);
  const { __typename, ...profile } = data.profile;
  expect(__typename).toBe('Profile');
  for (const answer of answers) expect(answer).toEqual({ ...data, profile });
});

it('keeps every digit of what was stored', async () => {
  const exact = { type: 'user_id', value: '9007199254740993' };
  await acme.profile({
    identifiers: [exact],
    traits: { big: '9007199254740993', ['__proto__']: 'own', nested: { deep: [1, { ok: true }] } },
  });
  const { data } = await api.query(key, `{ profile(identifier: { type: "user_id", value: "9007199254740993" }) { traits } }`);
  expect(JSON.stringify(data.profile.traits)).toContain('"9007199254740993"');
});

it.each([
  ['neither an id nor an identifier', '{ profile { id } }'],
  ['both', '{ profile(id: "x", identifier: { type: "email", value: "y" }) { id } }'],
  ['a value of a megabyte', `{ profile(identifier: { type: "email", value: "${'x'.repeat(5000)}" }) { id } }`],
  ['an account by nothing', '{ account { id } }'],
])('refuses %s as invalid input', async (_what, query) => {
  const { codes } = await api.query(key, query);
  expect(codes).toEqual(['INVALID_INPUT']);
});

it.each(['\0', 'a\0b', '\u{1F600}', '__proto__', "'; drop table profile; --", '%', '\\', ' ', ''])(
  'answers null and no error for the odd identifier %j',
  async (value) => {
    const { data, codes } = await api.query(
      key,
      `query ($type: String!, $value: String!) { profile(identifier: { type: $type, value: $value }) { id } }`,
      { type: 'user_id', value },
    );
    expect({ data, codes }).toEqual({ data: { profile: null }, codes: [] });
    expect(api.bugs).toEqual([]);
  },
);
