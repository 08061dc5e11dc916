import { createHash, randomUUID } from 'node:crypto';
import { anEvent, ExperienceWorld } from '../app/experience/experienceWorld';
import { RECEIVED_AT_MS } from '../app/processing/world';
import { ApiUnderTest } from './apiUnderTest';

let experience: ExperienceWorld;
let api: ApiUnderTest;
let key: string;

const DAY_MINUTES = 24 * 60;
const WINDOW = () => `from: "${at(-20)}", to: "${at(1)}"`;
const at = (days: number): string => new Date(RECEIVED_AT_MS + days * 86_400_000).toISOString();

beforeEach(async () => {
  experience = await ExperienceWorld.create();
  api = await ApiUnderTest.start({ database: experience.world.database });
  key = await apiKey('reports:read', 'pii:read');
});
afterEach(async () => {
  await experience.world.pool.end();
  await api.stop();
});

async function apiKey(...scopes: string[]): Promise<string> {
  const made = `api-${randomUUID()}`;
  await experience.world.query(
    `insert into credential (key_hash, workspace_id, credential_id, source_id, name, scopes, created_at) values ($1, 1, $2, null, 'test', $3, now())`,
    [createHash('sha256').update(made).digest(), randomUUID(), scopes],
  );
  return made;
}

async function heard(...messages: object[]): Promise<void> {
  await experience.hear(...messages);
  await experience.evaluate();
}

const ask = async (query: string, by = key) => {
  const { data, codes } = await api.query(by, `{ ${query} }`);
  expect(codes).toEqual([]);
  return data;
};

const daysAgo = (userId: string, event: string, days: number, properties: object = {}) =>
  anEvent(userId, event, days * DAY_MINUTES, properties);
const order = (userId: string, days: number, total: number, currency = 'EUR') =>
  daysAgo(userId, 'Order Completed', days, { order_id: `${userId}-${days}`, total, currency });
const CREDITS = 'conversions untouched conversionProbability credits { label conversions removalEffect values { amount currency } }';

describe('Attribution', () => {
  beforeEach(() =>
    heard(
      daysAgo('ada', 'Ad Clicked', 9, { campaign_name: 'Spring' }),
      daysAgo('ada', 'Email Link Clicked', 8, { campaign_name: 'News' }),
      order('ada', 7, 30),
      daysAgo('ada', 'Email Link Clicked', 6, { campaign_name: 'News' }),
      order('ada', 5, 12, 'USD'),
      order('bob', 4, 50),
      daysAgo('eve', 'Ad Clicked', 3, { campaign_name: 'Spring' }),
    ),
  );

  it('shares an order among the touches since the one before it, exactly', async () => {
    const { attribution } = await ask(`attribution(${WINDOW()}) { ${CREDITS} }`);
    expect(attribution).toEqual({
      conversions: 3,
      untouched: 1,
      conversionProbability: null,
      credits: [
        {
          label: 'News',
          conversions: 1.5,
          removalEffect: null,
          values: expect.arrayContaining([
            { amount: '15.00', currency: 'EUR' },
            { amount: '12.00', currency: 'USD' },
          ]),
        },
        { label: 'Spring', conversions: 0.5, removalEffect: null, values: [{ amount: '15.00', currency: 'EUR' }] },
      ],
    });
  });

  it.each([
    ['FIRST', { Spring: 1, News: 1 }],
    ['LAST', { News: 2 }],
    ['U_SHAPED', { News: 1.5, Spring: 0.5 }],
  ])('goes by %s', async (model, credited) => {
    const { attribution } = await ask(`attribution(${WINDOW()}, model: ${model}) { credits { label conversions } }`);
    const counted = Object.fromEntries(
      attribution.credits
        .filter(({ conversions }: { conversions: number }) => conversions > 0)
        .map(({ label, conversions }: { label: string; conversions: number }) => [label, conversions]),
    );
    expect(counted).toEqual(credited);
  });

  it('tells by Markov removal effects what would be lost', async () => {
    const { attribution } = await ask(`attribution(${WINDOW()}, model: MARKOV) { ${CREDITS} }`);
    const effects = Object.fromEntries(
      attribution.credits.map(({ label, removalEffect }: { label: string; removalEffect: number }) => [label, removalEffect]),
    );
    expect(effects.News).toBeCloseTo(1, 9);
    expect(effects.Spring).toBeGreaterThan(0);
    expect(attribution.credits.reduce((sum: number, { conversions }: { conversions: number }) => sum + conversions, 0)).toBeCloseTo(2, 9);
  });

  it('labels by channel or kind, looks back as far as it is told to, and counts orders of the period only', async () => {
    const kinds = (await ask(`attribution(${WINDOW()}, by: KIND) { credits { label } }`)).attribution.credits;
    expect(kinds.map(({ label }: { label: string }) => label).sort()).toEqual(['AD_CLICKED', 'EMAIL_CLICKED']);
    const near = (await ask(`attribution(${WINDOW()}, lookbackDays: 1, model: FIRST) { credits { label conversions } }`)).attribution;
    expect(near.credits).toEqual([
      { label: 'News', conversions: 2 },
      { label: 'Spring', conversions: 0 },
    ]);
    const late = (await ask(`attribution(from: "${at(-6)}", to: "${at(1)}") { conversions credits { label conversions } }`)).attribution;
    expect(late).toEqual({
      conversions: 2,
      credits: [{ label: 'News', conversions: 1 }, expect.objectContaining({ label: 'Spring', conversions: 0 })],
    });
  });

  it('needs the scope reports:read, and a window that goes forward', async () => {
    const { codes } = await api.query(await apiKey('profiles:read'), `{ attribution(${WINDOW()}) { conversions } }`);
    expect(codes).toEqual(['FORBIDDEN']);
    expect((await api.query(key, `{ attribution(from: "${at(1)}", to: "${at(-1)}") { conversions } }`)).codes).toEqual(['INVALID_INPUT']);
    expect((await api.query(key, `{ attribution(${WINDOW()}, lookbackDays: 0) { conversions } }`)).codes).toEqual(['INVALID_INPUT']);
  });
});

describe('An experiment', () => {
  const shown = (userId: string, variation_id: string, days: number, experiment_id = 'checkout') =>
    daysAgo(userId, 'Experiment Viewed', days, { experiment_id, variation_id });

  beforeEach(() =>
    heard(
      ...['a1', 'a2', 'a3'].map((user) => shown(user, 'old', 9)),
      ...['b1', 'b2', 'b3', 'b4'].map((user) => shown(user, 'new', 9)),
      order('a1', 8, 10),
      ...['b1', 'b2', 'b3'].map((user) => order(user, 8, 10)),
      // before the first sight, long after it, and of somebody who saw both
      order('a2', 10, 10),
      order('a3', 3, 10),
      shown('c1', 'old', 9),
      shown('c1', 'new', 8),
      shown('d1', 'x', 9, 'another'),
    ),
  );

  it('counts customers by what they saw first, and who did it within the days after', async () => {
    const { abTest } = await ask(`abTest(experimentId: "checkout", ${WINDOW()}, withinDays: 5, control: "old") {
      experimentId mixed variations { variationId customers converted rate difference low high z pValue } sampleRatio { chiSquare pValue mismatch } }`);
    expect(abTest).toMatchObject({
      experimentId: 'checkout',
      mixed: 1,
      variations: [
        { variationId: 'old', customers: 3, converted: 1, difference: null, z: null },
        { variationId: 'new', customers: 4, converted: 3, rate: 0.75 },
      ],
      sampleRatio: { mismatch: false },
    });
    const [, changed] = abTest.variations;
    expect(changed.difference).toBeCloseTo(0.75 - 1 / 3, 9);
    expect(changed.low).toBeLessThan(changed.difference);
    expect(changed.pValue).toBeGreaterThan(0.05);
  });

  it('knows nothing of an experiment that nobody saw, and of no such control', async () => {
    const { abTest } = await ask(`abTest(experimentId: "none", ${WINDOW()}) { variations { customers } sampleRatio { pValue } mixed }`);
    expect(abTest).toEqual({ variations: [], sampleRatio: null, mixed: 0 });
    const { codes } = await api.query(key, `{ abTest(experimentId: "checkout", ${WINDOW()}, control: "blue") { mixed } }`);
    expect(codes).toEqual(['INVALID_INPUT']);
  });
});

it('counts who was active in the period, and whom of them friction befell', async () => {
  await heard(
    daysAgo('ada', 'Payment Failed', 3, { invoice_id: '1' }),
    daysAgo('ada', 'Payment Failed', 2, { invoice_id: '1' }),
    daysAgo('bob', 'Product Viewed', 2),
    daysAgo('eve', 'Email Delivered', 2),
  );
  const report = (
    await ask(
      `experience(${WINDOW()}) { activeCustomers frictionRate { rate count of low } friction { kind department signals customers unresolved } }`,
    )
  ).experience;
  expect(report).toMatchObject({ activeCustomers: 2, frictionRate: { rate: 0.5, count: 1, of: 2 } });
  expect(report.friction).toEqual([{ kind: 'FAILED_PAYMENT', department: 'SALES', signals: 1, customers: 1, unresolved: 1 }]);
  const map = (await ask(`journeyMap(${WINDOW()}) { nodes { label step frictionRate } }`)).journeyMap;
  expect(map.nodes).toEqual(expect.arrayContaining([expect.objectContaining({ label: 'PAYMENT_FAILED', step: 2, frictionRate: 1 })]));
});
