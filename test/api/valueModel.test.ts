import { fittedValueText } from '../../src/measures/value/fittedValue';
import { rfmCuts } from '../../src/measures/value/rfm';
import { ApiUnderTest } from './apiUnderTest';
import { NOON_MS, WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let key: string;

const DAY_MS = 86_400_000;
const FIT = { logLikelihood: -9582.4, customers: 2357, iterations: 9, converged: true };
const today = Math.floor(Date.now() / DAY_MS);

beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  key = await acme.apiKey();
});

async function fitted(): Promise<void> {
  const model = fittedValueText({
    model: {
      ordering: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426, ...FIT },
      spending: { EUR: { p: 6.25, q: 3.74, v: 15.44, ...FIT } },
      ending: null,
    },
    cuts: rfmCuts(
      [1, 2, 3, 4, 5].map((n) => ({ lastOrderDay: today - 10 * n, orders: n, revenue: { amount: `${n}0.00`, currency: 'EUR' } })),
    ),
  });
  await api.database.owner.query('insert into value_model (workspace_id, fitted_at, customers, model) values ($1, $2, 2357, $3)', [
    acme.workspaceId,
    new Date(NOON_MS),
    model,
  ]);
}

const MODEL = `{ valueModel { fittedAt customers
  ordering { r alpha a b logLikelihood customers converged } spending { currency p q v logLikelihood } ending { alpha beta } } }`;

it('shows the parameters with their log-likelihoods, as fitted last', async () => {
  await fitted();
  expect((await api.query(key, MODEL)).data.valueModel).toEqual({
    fittedAt: new Date(NOON_MS).toISOString(),
    customers: 2357,
    ordering: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426, logLikelihood: -9582.4, customers: 2357, converged: true },
    spending: [{ currency: 'EUR', p: 6.25, q: 3.74, v: 15.44, logLikelihood: -9582.4 }],
    ending: null,
  });
});

it('is null before the first fit, and notices one within seconds', async () => {
  expect((await api.query(key, MODEL)).data.valueModel).toBeNull();
  await fitted();
  api.passTime(5_001);
  expect((await api.query(key, MODEL)).data.valueModel.customers).toBe(2357);
});

it('is for who has the scope admin, and of the own workspace', async () => {
  await fitted();
  expect((await api.query(await acme.apiKey('reports:read'), MODEL)).codes).toEqual(['FORBIDDEN']);
  const other = await WorkspaceBuilder.create(api.database.owner, 'Other');
  expect((await api.query(await other.apiKey(), MODEL)).data.valueModel).toBeNull();
});

it('is what the value of a customer goes by', async () => {
  await fitted();
  const orders = [40, 30, 5].map((daysAgo) => ({
    atMs: Date.now() - daysAgo * DAY_MS,
    kind: 'ORDER_PLACED' as const,
    properties: { order_id: `o${daysAgo}`, total: 20, currency: 'EUR' },
  }));
  await acme.profile({ identifiers: [{ type: 'email', value: 'value@example.com' }], interactions: orders });
  const { data } = await api.query(
    key,
    `{ profile(identifier: { type: "email", value: "value@example.com" }) { value {
      orders revenue { amount currency } averageOrderValue { amount } rfm aliveProbability predictedOrders90d predictedValue90d { amount currency } churnRisk } } }`,
  );
  const { value } = data.profile;
  expect(value).toMatchObject({ orders: 3, revenue: { amount: '60.00', currency: 'EUR' }, averageOrderValue: { amount: '20.00' } });
  expect(value.rfm).toMatch(/^[1-5]{3}$/);
  expect(value.aliveProbability).toBeGreaterThan(0);
  expect(value.predictedOrders90d).toBeGreaterThan(0);
  expect(Number(value.predictedValue90d.amount)).toBeGreaterThan(0);
  expect(value.churnRisk).toBeCloseTo(1 - value.aliveProbability, 9);
});
