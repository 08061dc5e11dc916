import { createHash, randomUUID } from 'node:crypto';
import { parseEventTime } from '../../src/app/journeys/eventTime';
import type { Lane } from '../../src/app/processing/lane';
import { RUNNING_EXAMPLE, RUNNING_EXAMPLE_FOLLOWS } from '../app/journeys/runningExample';
import { createWorld, type World } from '../app/processing/world';
import { ApiUnderTest } from './apiUnderTest';

const MONDAY_MS = Date.UTC(2026, 4, 4);
const HOUR_MS = 3_600_000;
const WINDOW = '(from: "2026-05-04T00:00:00Z", to: "2026-05-30T00:00:00Z"';

let world: World;
let lane: Lane;
let api: ApiUnderTest;
let key: string;
beforeAll(async () => {
  world = await createWorld();
  api = await ApiUnderTest.start({ database: world.database });
  lane = world.newLane();
  key = await apiKey('reports:read', 'pii:read');
});
afterAll(async () => {
  await world.pool.end();
  await api.stop();
});
beforeEach(() => world.query('truncate touch_chunk, interaction, identifier, link, profile, inbox'));

async function apiKey(...scopes: string[]): Promise<string> {
  const made = `api-${randomUUID()}`;
  await world.query(
    `insert into credential (key_hash, workspace_id, credential_id, source_id, name, scopes, created_at) values ($1, 1, $2, null, 'test', $3, now())`,
    [createHash('sha256').update(made).digest(), randomUUID(), scopes],
  );
  return made;
}

interface Happening {
  readonly hour: number;
  readonly event?: string;
  readonly properties?: object;
  readonly who: object;
}

/** Each request is a batch of its own. */
async function happened(...happenings: readonly (readonly Happening[])[]): Promise<void> {
  for (const batch of happenings) {
    const messages = batch.map(({ hour, who, event = 'Something Done', properties = {} }) => ({
      type: 'track',
      event,
      properties,
      messageId: randomUUID(),
      timestamp: new Date(MONDAY_MS + hour * HOUR_MS).toISOString(),
      ...who,
    }));
    await world.send(messages);
    lane = world.newLane({ batchMessages: 1 });
    await world.drain(lane);
  }
}

const ada = { userId: 'ada' };
const bob = { userId: 'bob' };

it('maps the paths of customers, each customer one, whichever identifier a touch came under', async () => {
  await happened(
    [{ hour: 1, event: 'Looked', who: { anonymousId: 'phone' } }],
    [{ hour: 2, event: 'Bought', who: { anonymousId: 'phone', userId: 'ada' } }],
    [{ hour: 3, event: 'Looked', who: bob }],
  );
  const { data } = await api.query(
    key,
    `{ journeyMap${WINDOW}, level: NAME) { customers nodes { id step label customers dropOff averageSentiment frictionRate } links { from to customers medianMinutes } } }`,
  );
  const unknown = { averageSentiment: null, frictionRate: 0 };
  expect(data.journeyMap).toEqual({
    customers: 2,
    nodes: [
      { id: '1:Looked', step: 1, label: 'Looked', customers: 2, dropOff: 1, ...unknown },
      { id: '2:Bought', step: 2, label: 'Bought', customers: 1, dropOff: 1, ...unknown },
    ],
    links: [{ from: '1:Looked', to: '2:Bought', customers: 1, medianMinutes: 60 }],
  });
});

it('sees at once what was processed since the last report, and who became one customer', async () => {
  const customers = async () => (await api.query(key, `{ journeyMap${WINDOW}) { customers } }`)).data.journeyMap.customers;
  await happened([{ hour: 1, who: ada }], [{ hour: 2, who: { anonymousId: 'x' } }]);
  expect(await customers()).toBe(2);
  await happened([{ hour: 3, who: { ...ada, anonymousId: 'x' } }]);
  expect(await customers()).toBe(1);
});

it('follows a merge by a person, and its undoing', async () => {
  const customers = async () => (await api.query(key, `{ journeyMap${WINDOW}) { customers } }`)).data.journeyMap.customers;
  await happened([
    { hour: 1, who: ada },
    { hour: 2, who: { anonymousId: 'x' } },
  ]);
  const deciding = await apiKey('profiles:read', 'profiles:write');
  const { data } = await api.query(deciding, '{ profiles { nodes { id } } }');
  const profileIds = data.profiles.nodes.map(({ id }: { id: string }) => id);
  const merged = await api.query(deciding, 'mutation ($input: MergeProfilesInput!) { mergeProfiles(input: $input) { merges { id } } }', {
    input: { profileIds },
  });
  expect(await customers()).toBe(1);
  const mergeId = merged.data.mergeProfiles.merges[0].id;
  await api.query(deciding, 'mutation ($input: UndoMergeInput!) { undoMerge(input: $input) { profiles { id } } }', { input: { mergeId } });
  expect(await customers()).toBe(2);
});

it('makes several reports over one window, at once and one after the other', async () => {
  await happened([{ hour: 1, who: ada }]);
  const both = `{ journeyMap${WINDOW}) { customers } pathVariants${WINDOW}) { customers } }`;
  const answers = [await api.query(key, both), await api.query(key, both)];
  expect(answers.map(({ data }) => data)).toEqual(Array(2).fill({ journeyMap: { customers: 1 }, pathVariants: { customers: 1 } }));
});

it('refuses to look at more interactions than there is memory for', async () => {
  await world.query(`
    insert into touch_chunk (workspace_id, first_at, last_at, touches, level, columns, message_ids)
    values (1, '2026-05-05', '2026-05-06', 6000000, 9, '', '')`);
  const { codes, messages } = await api.query(key, `{ journeyMap${WINDOW}) { customers } }`);
  expect([codes, messages[0]]).toEqual([['INVALID_INPUT'], expect.stringContaining('6000000 interactions')]);
});

it('puts what happened in the same millisecond in the order of the message ids, across batches', async () => {
  const at = (messageId: string) => ({ type: 'track', event: messageId, messageId, timestamp: '2026-05-05T00:00:00Z', ...ada });
  for (const messageId of ['c', 'a', 'b']) {
    await world.send([at(messageId)]);
    await world.drain(world.newLane());
  }
  const { data } = await api.query(key, `{ pathVariants${WINDOW}, level: NAME) { variants { labels } } }`);
  expect(data.pathVariants.variants).toEqual([{ labels: ['a', 'b', 'c'] }]);
});

it('counts a funnel of kinds and names, with conditions on properties', async () => {
  const order = (total: number, who: object) => ({ hour: 2, event: 'Order Completed', properties: { total, currency: 'EUR' }, who });
  await happened([{ hour: 1, event: 'Looked', who: ada }, order(60, ada)], [{ hour: 1, event: 'Looked', who: bob }, order(40, bob)]);
  const steps = (where: string) => `steps: [{ name: "Looked" }, { kind: ORDER_PLACED${where} }], withinHours: 24`;
  const funnel = async (where: string) => {
    const { data } = await api.query(
      key,
      `{ funnel${WINDOW}, ${steps(where)}) { steps { label customers conversion overallConversion medianMinutes } } }`,
    );
    return data.funnel.steps;
  };
  expect(await funnel('')).toEqual([
    { label: 'Looked', customers: 2, conversion: 1, overallConversion: 1, medianMinutes: null },
    { label: 'ORDER_PLACED', customers: 2, conversion: 1, overallConversion: 1, medianMinutes: 60 },
  ]);
  const customersOf = async (where: string) => (await funnel(where)).map(({ customers }: { customers: number }) => customers);
  expect(await customersOf(', where: { total: { gte: 50 }, currency: "EUR" }')).toEqual([2, 1]);
  expect(await customersOf(', where: { currency: "USD" }')).toEqual([2, 0]);
});

it('tells who came back, week by week', async () => {
  await happened(
    [
      { hour: 1, event: 'Order Completed', who: ada },
      { hour: 24 * 8, who: ada },
    ],
    [{ hour: 2, event: 'Signed Up', who: bob }],
  );
  const { data } = await api.query(
    key,
    '{ retention(from: "2026-05-04T00:00:00Z", to: "2026-05-18T00:00:00Z") { cohorts { start size returned } } }',
  );
  expect(data.retention.cohorts).toEqual([
    { start: '2026-05-04T00:00:00.000Z', size: 2, returned: [2, 1] },
    { start: '2026-05-11T00:00:00.000Z', size: 0, returned: [0] },
  ]);
});

it('takes customers for those of their first order ever, also where it lies before the window', async () => {
  await happened([
    { hour: 1, event: 'Order Completed', who: ada },
    { hour: 24 * 8, event: 'Order Completed', who: ada },
  ]);
  const { data } = await api.query(key, '{ retention(from: "2026-05-11T00:00:00Z", to: "2026-05-18T00:00:00Z") { cohorts { size } } }');
  expect(data.retention.cohorts).toEqual([{ size: 0 }]);
});

it('tells how sticky it is', async () => {
  await happened([
    { hour: 1, who: ada },
    { hour: 25, who: ada },
    { hour: 1, who: bob },
  ]);
  const { data } = await api.query(
    key,
    '{ stickiness(from: "2026-05-04T00:00:00Z", to: "2026-05-14T00:00:00Z") { rate meanDailyActive activeCustomers days } }',
  );
  expect(data.stickiness).toEqual({ rate: 0.15, meanDailyActive: 0.3, activeCustomers: 2, days: 10 });
});

it('lists the variants of paths and what follows directly', async () => {
  await happened(
    [
      { hour: 1, event: 'a', who: ada },
      { hour: 2, event: 'b', who: ada },
    ],
    [
      { hour: 1, event: 'a', who: bob },
      { hour: 2, event: 'b', who: bob },
      { hour: 3, event: 'a', who: bob },
    ],
  );
  const { data } = await api.query(
    key,
    `{ pathVariants${WINDOW}, level: NAME, first: 1) { customers totalVariants variants { labels customers share } directlyFollows { from to count } } }`,
  );
  expect(data.pathVariants).toEqual({
    customers: 2,
    totalVariants: 2,
    variants: [{ labels: ['a', 'b'], customers: 1, share: 0.5 }],
    directlyFollows: [
      { from: 'a', to: 'b', count: 2 },
      { from: 'b', to: 'a', count: 1 },
    ],
  });
});

describe('of the running example of van der Aalst, Process Mining', () => {
  const YEARS = 'from: "2010-12-01T00:00:00Z", to: "2011-02-01T00:00:00Z", level: NAME';
  const FOLLOWS = 'directlyFollows { from to count }';
  const timeOf = (text: string) => new Date(parseEventTime(text, 'DAY_FIRST')).toISOString();
  const pairsOf = (pairs: readonly { from: string; to: string; count: number }[]) =>
    Object.fromEntries(pairs.map(({ from, to, count }) => [`${from} > ${to}`, count]));
  const cases = [...new Set(RUNNING_EXAMPLE.map(([caseId]) => caseId))];
  const wayOf = (ofCase: string) => RUNNING_EXAMPLE.filter(([caseId]) => caseId === ofCase).map(([, activity]) => activity);

  beforeEach(async () => {
    const messages = RUNNING_EXAMPLE.map(([caseId, event, time], index) => ({
      type: 'track',
      event,
      messageId: `book-${index}`,
      timestamp: timeOf(time),
      userId: `case-${caseId}`,
    }));
    for (const half of [messages.slice(20), messages.slice(0, 20)]) {
      await world.send(half);
      await world.drain(world.newLane());
    }
  });

  it('finds its six variants whole, and what follows directly', async () => {
    const { data } = await api.query(
      key,
      `{ pathVariants(${YEARS}) { customers totalVariants variants { labels customers } ${FOLLOWS} } }`,
    );
    const { customers, totalVariants, variants, directlyFollows } = data.pathVariants;
    expect([customers, totalVariants]).toEqual([6, 6]);
    expect(variants).toEqual(expect.arrayContaining(cases.map((ofCase) => ({ labels: wayOf(ofCase), customers: 1 }))));
    expect(pairsOf(directlyFollows)).toEqual(RUNNING_EXAMPLE_FOLLOWS);
  });

  it('counts what follows directly to the end of ways that it does not list, or cuts off', async () => {
    const { data } = await api.query(
      key,
      `{ pathVariants(${YEARS}, first: 1, maxSteps: 2) { totalVariants variants { labels } ${FOLLOWS} } }`,
    );
    expect(data.pathVariants).toMatchObject({ totalVariants: 3, variants: [{ labels: ['register request', 'examine casually'] }] });
    expect(pairsOf(data.pathVariants.directlyFollows)).toEqual(RUNNING_EXAMPLE_FOLLOWS);
  });

  it('has them as links of a map, step by step', async () => {
    const { data } = await api.query(key, `{ journeyMap(${YEARS}, maxSteps: 20) { customers links { from to customers } } }`);
    const counts: Record<string, number> = {};
    for (const { from, to, customers } of data.journeyMap.links) {
      const pair = [from, to].map((node: string) => node.replace(/^\d+:/, '')).join(' > ');
      counts[pair] = (counts[pair] ?? 0) + customers;
    }
    expect([data.journeyMap.customers, counts]).toEqual([6, RUNNING_EXAMPLE_FOLLOWS]);
  });
});

it('answers empty where there is nothing', async () => {
  const { data } = await api.query(key, `{ journeyMap${WINDOW}) { customers nodes { id } links { from } } }`);
  expect(data.journeyMap).toEqual({ customers: 0, nodes: [], links: [] });
});

it('shows no addresses in names to who may not see them', async () => {
  await happened([
    { hour: 1, event: 'Mail to ada@example.com', who: ada },
    { hour: 1, event: 'Mail to alf@example.com', who: bob },
  ]);
  const { data } = await api.query(await apiKey('reports:read'), `{ journeyMap${WINDOW}, level: NAME) { nodes { label customers } } }`);
  expect(data.journeyMap.nodes).toEqual([{ label: 'Mail to a***@e***.com', customers: 2 }]);
});

it.each([
  ['journeyMap without the scope', `{ journeyMap${WINDOW}) { customers } }`, 'FORBIDDEN', ['profiles:read']],
  [
    'a funnel without the scope',
    `{ funnel${WINDOW}, steps: [{ kind: CUSTOM }], withinHours: 1) { steps { label } } }`,
    'FORBIDDEN',
    ['profiles:read'],
  ],
  [
    'a funnel by personal properties without pii:read',
    `{ funnel${WINDOW}, steps: [{ kind: CUSTOM, where: { email: "a@b.de" } }], withinHours: 1) { steps { label } } }`,
    'FORBIDDEN',
    ['reports:read'],
  ],
  [
    'a step that asks for nothing',
    `{ funnel${WINDOW}, steps: [{}], withinHours: 1) { steps { label } } }`,
    'INVALID_INPUT',
    ['reports:read'],
  ],
  ['no steps', `{ funnel${WINDOW}, steps: [], withinHours: 1) { steps { label } } }`, 'INVALID_INPUT', ['reports:read']],
  [
    'a comparison that there is not',
    `{ funnel${WINDOW}, steps: [{ kind: CUSTOM, where: { total: { near: 5 } } }], withinHours: 1) { steps { label } } }`,
    'INVALID_INPUT',
    ['reports:read'],
  ],
  ['steps beyond all bounds', `{ journeyMap${WINDOW}, maxSteps: 51) { customers } }`, 'INVALID_INPUT', ['reports:read']],
  [
    'a window that ends before it begins',
    '{ stickiness(from: "2026-06-02T00:00:00Z", to: "2026-06-01T00:00:00Z") { rate } }',
    'INVALID_INPUT',
    ['reports:read'],
  ],
  [
    'more periods than anyone can look at',
    '{ retention(from: "2026-01-01T00:00:00Z", to: "2026-06-01T00:00:00Z", interval: HOUR) { cohorts { size } } }',
    'INVALID_INPUT',
    ['reports:read'],
  ],
])('refuses %s', async (_, query, code, scopes) => {
  expect((await api.query(await apiKey(...scopes), query)).codes).toEqual([code]);
});

it("does not count another workspace's customers", async () => {
  await happened([{ hour: 1, who: ada }]);
  await world.query(`
    insert into touch_chunk (workspace_id, first_at, last_at, touches, level, columns, message_ids)
    select 2, c.first_at, c.last_at, c.touches, c.level, c.columns, c.message_ids from touch_chunk c`);
  const { data } = await api.query(key, `{ journeyMap${WINDOW}) { customers nodes { customers } } }`);
  expect(data.journeyMap).toEqual({ customers: 1, nodes: [{ customers: 1 }] });
});
