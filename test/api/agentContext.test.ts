import { ApiUnderTest } from './apiUnderTest';
import { type BuiltInteraction, WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let key: string;
let masked: string;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.now();
const ago = (ms: number): number => NOW_MS - ms;

const support = { department: 'SUPPORT', channel: 'CHAT', subject: 'conversation c1' } as const;
const COMPLAINT = 'This is terrible, awful service. I am very angry.';
const INTERACTIONS: readonly BuiltInteraction[] = [
  { atMs: ago(20 * DAY_MS), kind: 'SEARCHED', properties: { query: 'grinder' }, context: { locale: 'de-DE', timezone: 'Europe/Berlin' } },
  { atMs: ago(19 * DAY_MS), kind: 'SEARCHED', properties: { query: 'decaf' } },
  { atMs: ago(18 * DAY_MS), kind: 'SEARCHED', properties: { query: 'grinder' } },
  { atMs: ago(17 * DAY_MS), kind: 'PRODUCT_VIEWED', properties: { product_id: 'p1', name: 'Bosun Grinder', price: 79 } },
  { atMs: ago(16 * DAY_MS), kind: 'PRODUCT_VIEWED', properties: { product_id: 'p1', name: 'Bosun Grinder', price: 69 } },
  {
    atMs: ago(15 * DAY_MS),
    kind: 'ORDER_PLACED',
    department: 'SALES',
    subject: 'order 1042',
    properties: {
      order_id: '1042',
      total: 59.9,
      currency: 'EUR',
      products: [{ product_id: 'p1', name: 'Bosun Grinder', price: 59.9, quantity: 1 }],
    },
  },
  {
    atMs: ago(14 * DAY_MS),
    kind: 'EMAIL_DELIVERED',
    direction: 'OUTBOUND',
    channel: 'EMAIL',
    subject: 'email m1',
    properties: { email_id: 'm1', email_subject: 'News' },
  },
  {
    atMs: ago(13 * DAY_MS),
    kind: 'EMAIL_OPENED',
    channel: 'EMAIL',
    subject: 'email m1',
    properties: { email_id: 'm1', email_subject: 'News' },
  },
  {
    ...support,
    atMs: ago(2 * DAY_MS),
    kind: 'CONVERSATION_OPENED',
    properties: { subject: 'Grinder jams', description: COMPLAINT, priority: 'high' },
  },
  {
    ...support,
    atMs: ago(2 * DAY_MS - HOUR_MS),
    kind: 'CONVERSATION_REPLIED',
    direction: 'OUTBOUND',
    properties: { author_role: 'agent', agent_name: 'Milan', comment: 'I will look.' },
  },
  {
    ...support,
    atMs: ago(2 * DAY_MS - 2 * HOUR_MS),
    kind: 'CONVERSATION_REPLIED',
    properties: { author_role: 'customer', comment: 'Well?' },
  },
  {
    atMs: ago(3 * HOUR_MS),
    kind: 'CART_UPDATED',
    department: 'SALES',
    subject: 'cart k1',
    properties: {
      cart_id: 'k1',
      products: [{ product_id: 'p2', name: 'Decaf', price: 9.8, quantity: 2, currency: 'EUR' }],
      currency: 'EUR',
    },
  },
];

beforeAll(async () => {
  api = await ApiUnderTest.start();
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  key = await acme.apiKey();
  masked = await acme.apiKey('profiles:read');
  await acme.profile({
    identifiers: [{ type: 'email', value: 'ada@example.com' }],
    interactions: INTERACTIONS,
    traits: { name: 'Ada' },
    account: 'engines',
  });
  await acme.profile({ identifiers: [{ type: 'email', value: 'nobody@example.com' }], interactions: [] });
});
afterAll(() => api.stop());

const ask = async (fields: string, by = key, email = 'ada@example.com') => {
  const { data, codes } = await api.query(by, `{ profile(identifier: { type: "email", value: "${email}" }) { ${fields} } }`);
  expect(codes).toEqual([]);
  return data.profile;
};
const context = async (fields: string, by = key) => (await ask(`context { ${fields} }`, by)).context;

const CONVERSATION = `externalId channel status subject openedAt firstReplyMinutes solvedAt resolutionMinutes reopens messages assignee priority source { name }`;

it('shows what is open, with how long the company took', async () => {
  const { openConversations, recentConversations } = await context(
    `openConversations { ${CONVERSATION} } recentConversations { externalId }`,
  );
  expect(openConversations).toEqual([
    {
      externalId: 'c1',
      channel: 'CHAT',
      status: 'OPEN',
      subject: 'Grinder jams',
      openedAt: new Date(ago(2 * DAY_MS)).toISOString(),
      firstReplyMinutes: 60,
      solvedAt: null,
      resolutionMinutes: null,
      reopens: 0,
      messages: 3,
      assignee: 'Milan',
      priority: 'high',
      source: { name: 'Website' },
    },
  ]);
  expect(recentConversations).toEqual([{ externalId: 'c1' }]);
});

it('shows what is in the cart and what was ordered', async () => {
  expect(
    await context('cart { items value { amount currency } abandoned } recentOrders { externalId value { amount currency } status items }'),
  ).toEqual({
    cart: { items: [expect.objectContaining({ product_id: 'p2' })], value: { amount: '19.60', currency: 'EUR' }, abandoned: true },
    recentOrders: [{ externalId: '1042', value: { amount: '59.90', currency: 'EUR' }, status: 'PLACED', items: 1 }],
  });
});

it('shows the last that happened to an e-mail, and what was searched for and looked at, each once', async () => {
  const shown = await context('recentEmails { kind } recentSearches recentProducts lastInteraction { kind }');
  expect(shown).toEqual({
    recentEmails: [{ kind: 'EMAIL_OPENED' }],
    recentSearches: ['grinder', 'decaf'],
    recentProducts: [expect.objectContaining({ product_id: 'p1', price: 69 })],
    lastInteraction: { kind: 'CART_UPDATED' },
  });
  expect((await context('recentSearches(first: 1)')).recentSearches).toEqual(['grinder']);
});

it('knows how to speak to the customer', async () => {
  expect(await context('preferredChannel language timezone')).toEqual({
    preferredChannel: 'CHAT',
    language: 'de-DE',
    timezone: 'Europe/Berlin',
  });
});

it('suggests what to do, with the interactions that say so', async () => {
  const { suggestions } = await context('suggestions { kind rule text evidence { kind } }');
  expect(suggestions.map(({ kind }: { kind: string }) => kind)).toEqual(
    expect.arrayContaining(['APOLOGISE_FOR_WAIT', 'HOLD_BACK_PROMOTIONS']),
  );
  const apology = suggestions.find(({ kind }: { kind: string }) => kind === 'APOLOGISE_FOR_WAIT');
  expect(apology).toMatchObject({ rule: 'LONG_WAIT', evidence: expect.arrayContaining([{ kind: 'CONVERSATION_OPENED' }]) });
});

it('finds friction with severity, moment, a line to read, evidence, and whose it is', async () => {
  const { id, friction } = await ask(
    'id friction { id kind severity detectedAt resolvedAt message department channel evidence { kind profile { id } } profile { id } }',
  );
  const wait = friction.findLast(({ kind }: { kind: string }) => kind === 'LONG_WAIT');
  expect(wait).toMatchObject({ department: 'SUPPORT', channel: 'CHAT', profile: { id } });
  expect(wait.evidence[0]).toEqual({ kind: 'CONVERSATION_OPENED', profile: { id } });
  expect(wait.message.length).toBeGreaterThan(10);
  expect(friction.map(({ kind }: { kind: string }) => kind)).toEqual(
    expect.arrayContaining(['ABANDONED_CART', 'LONG_WAIT', 'NEGATIVE_SENTIMENT']),
  );
  const again = (await ask('friction { id }')).friction;
  expect(again.map((signal: { id: string }) => signal.id)).toEqual(friction.map((signal: { id: string }) => signal.id));
});

it('measures the experience of one customer, and of the account', async () => {
  const { experience, accounts } = await ask(
    'experience { openConversations reopens medianFirstReplyMinutes averageSentiment healthScore healthParts { name score weight } nps { latest } } accounts { experience { openConversations healthScore } }',
  );
  expect(experience).toMatchObject({ openConversations: 1, reopens: 0, medianFirstReplyMinutes: 60, nps: null });
  expect(experience.averageSentiment).toBeLessThan(0);
  expect(experience.healthParts.length).toBeGreaterThan(1);
  const weight = experience.healthParts.reduce((sum: number, part: { weight: number }) => sum + part.weight, 0);
  const sum = experience.healthParts.reduce(
    (total: number, part: { score: number; weight: number }) => total + part.score * part.weight,
    0,
  );
  expect(experience.healthScore).toBeCloseTo(sum / weight, 6);
  expect(accounts).toEqual([{ experience: { openConversations: 1, healthScore: expect.any(Number) } }]);
});

it('says of customers’ words how they felt, and nothing of others’', async () => {
  const { timeline } = await ask(
    'timeline(filter: { kinds: [CONVERSATION_OPENED, CONVERSATION_REPLIED, SEARCHED] }) { nodes { kind direction sentiment } }',
  );
  const opened = timeline.nodes.find(({ kind }: { kind: string }) => kind === 'CONVERSATION_OPENED');
  expect(opened.sentiment).toBeLessThan(-0.5);
  expect(timeline.nodes.filter(({ direction }: { direction: string }) => direction === 'OUTBOUND')).toEqual([
    expect.objectContaining({ sentiment: null }),
  ]);
  for (const node of timeline.nodes) if (node.kind === 'SEARCHED') expect(node.sentiment).toBeNull();
});

it('is empty of who never did anything', async () => {
  const page = await ask(
    'context { openConversations { externalId } cart { abandoned } recentOrders { externalId } recentSearches lastInteraction { id } preferredChannel suggestions { kind } } friction { kind } experience { nps { latest } healthScore openConversations }',
    key,
    'nobody@example.com',
  );
  expect(page).toEqual({
    context: {
      openConversations: [],
      cart: null,
      recentOrders: [],
      recentSearches: [],
      lastInteraction: null,
      preferredChannel: null,
      suggestions: [],
    },
    friction: [],
    experience: { nps: null, healthScore: null, openConversations: 0 },
  });
});

it('shows masked what the timeline masks', async () => {
  const shown = JSON.stringify(
    await ask(
      `context { openConversations { ${CONVERSATION} } cart { items } recentSearches recentProducts recentEmails { summary properties } suggestions { text evidence { summary properties } } }
       friction { message evidence { summary properties } }`,
      masked,
    ),
  );
  for (const word of ['Grinder jams', 'terrible', 'grinder', 'decaf', 'Bosun', 'Decaf', 'ada@example.com'])
    expect(shown).not.toContain(word);
});

it('masks long numbers in lines that say what a customer gave', async () => {
  const gives = (id: string, atMs: number): BuiltInteraction => ({
    atMs,
    kind: 'CONVERSATION_OPENED',
    department: 'SUPPORT',
    channel: 'EMAIL',
    subject: `ticket ${id}`,
    properties: { description: 'Please call me back on 0301234567.' },
  });
  await acme.profile({
    identifiers: [{ type: 'email', value: 'eve@example.com' }],
    interactions: [gives('8', ago(2 * DAY_MS)), gives('9', ago(DAY_MS))],
  });
  const messages = async (by: string) =>
    (
      await api.query(by, '{ profile(identifier: { type: "email", value: "eve@example.com" }) { friction { kind message } } }')
    ).data.profile.friction
      .filter(({ kind }: { kind: string }) => kind === 'REPEATED_INFORMATION')
      .map(({ message }: { message: string }) => message);
  expect((await messages(key))[0]).toContain('0301234567');
  expect((await messages(masked))[0]).not.toContain('0301234567');
});

it('follows a merge and its undoing', async () => {
  const one = await acme.profile({
    identifiers: [{ type: 'email', value: 'm1@example.com' }],
    interactions: [{ ...support, subject: 'conversation m1', atMs: ago(DAY_MS), kind: 'CONVERSATION_OPENED' }],
  });
  const other = await acme.profile({
    identifiers: [{ type: 'email', value: 'm2@example.com' }],
    interactions: [{ ...support, subject: 'conversation m2', atMs: ago(DAY_MS), kind: 'CONVERSATION_OPENED' }],
  });
  const open = async (email: string) => (await ask('experience { openConversations }', key, email)).experience.openConversations;
  const ids = [one, other].map((id) => `prf_${id.replaceAll('-', '')}`);
  const { data } = await api.query(key, 'mutation ($ids: [ID!]!) { mergeProfiles(input: { profileIds: $ids }) { merges { id } } }', {
    ids,
  });
  expect(await open('m1@example.com')).toBe(2);
  await api.query(key, 'mutation ($id: ID!) { undoMerge(input: { mergeId: $id }) { profiles { id } } }', {
    id: data.mergeProfiles.merges[0].id,
  });
  expect(await open('m1@example.com')).toBe(1);
});

it.each(['recentSearches(first: -1)', 'recentOrders(first: 201) { externalId }'])('refuses %s', async (field) => {
  const { codes } = await api.query(key, `{ profile(identifier: { type: "email", value: "ada@example.com" }) { context { ${field} } } }`);
  expect(codes).toEqual(['INVALID_INPUT']);
});
