import { RateLimiter } from '../../src/intake/rates/rateLimiter';
import { ApiUnderTest } from './apiUnderTest';
import { WorkspaceBuilder } from './workspaceBuilder';

const NOW_MS = Date.UTC(2026, 0, 1);
const time = { nowMs: NOW_MS };
const clock = () => time.nowMs;
const spending = new RateLimiter({ quota: 100_100, windowMs: 100_100 }, clock);
const attempts = new RateLimiter({ quota: 3, windowMs: 60_000 }, clock);

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let key: string;

beforeAll(async () => {
  api = await ApiUnderTest.start({ limits: { spending, trustedProxies: 1 }, attempts });
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
});
beforeEach(async () => {
  key = await acme.apiKey();
});
afterAll(async () => {
  expect(api.bugs).toEqual([]);
  await api.stop();
});

function post(query: string, { as = key, headers = {} }: { as?: string; headers?: Record<string, string> } = {}): Promise<Response> {
  return fetch(api.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${as}`, ...headers },
    body: JSON.stringify({ query }),
  });
}

const codeOf = async (answer: Response): Promise<string | undefined> => (await answer.json()).errors?.[0].extensions.code;

const CHEAP = '{ ingestion { processed } }';
/** 10 for the request, and a field for each that could be answered. */
const COSTLY = '{ profiles(first: 200) { nodes { timeline(first: 198) { nodes { id } } } } }';

it('says with every answer what a key may spend and what it has left', async () => {
  const answer = await post(CHEAP);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('ratelimit-policy')).toBe('"cost";q=100100;w=101');
  expect(answer.headers.get('ratelimit')).toBe('"cost";r=100088;t=1');
});

it('refuses an operation that costs more than is left, before it runs, and says when to come again', async () => {
  expect((await post(COSTLY)).status).toBe(200);
  const names = await api.statementsOf(async () => {
    const refused = await post(COSTLY);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toMatch(/^"cost";r=\d+;t=\d+$/);
    expect(await codeOf(refused)).toBe('RATE_LIMITED');
  });
  expect(names).toEqual([]);
  expect((await post(CHEAP)).status).toBe(200);
});

it('takes it when the time has come', async () => {
  await post(COSTLY);
  const refused = await post(COSTLY);
  time.nowMs += Number(refused.headers.get('retry-after')) * 1000;
  expect((await post(COSTLY)).status).toBe(200);
});

it('counts requests that ask for nothing, or for nonsense, too', async () => {
  const left = async (answer: Response) => Number(/r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1]);
  const before = await left(await post(CHEAP));
  expect(await left(await post('{'))).toBe(before - 10);
  expect(await left(await post('{ nothing }'))).toBe(before - 20);
});

it('lets no key pay for another', async () => {
  while ((await post(COSTLY)).status === 200);
  expect((await post(COSTLY, { as: await acme.apiKey() })).status).toBe(200);
});

it('counts reports by what they read, not by what they answer', async () => {
  const report = '{ experience(from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z") { nps { score } } }';
  const { remaining } = spending.leftOf('nobody');
  const answer = await post(report);
  expect(remaining - Number(/r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1])).toBeGreaterThan(1_000);
});

it('refuses keys that it does not know to an address that tried too many, and no others', async () => {
  const from = (address: string) => ({ headers: { 'x-forwarded-for': `10.0.0.1, ${address}` } });
  const guess = async (number: number, address: string) =>
    codeOf(await post(CHEAP, { as: `guess ${address} ${number}`.replaceAll(' ', '-'), ...from(address) }));
  expect([await guess(1, '192.0.2.1'), await guess(2, '192.0.2.1'), await guess(3, '192.0.2.1')]).toEqual(Array(3).fill('UNAUTHENTICATED'));
  expect(await guess(4, '192.0.2.1')).toBe('RATE_LIMITED');
  expect(await guess(1, '192.0.2.2')).toBe('UNAUTHENTICATED');
  expect((await post(CHEAP, from('192.0.2.3'))).status).toBe(200);
  expect((await post(CHEAP, from('192.0.2.1'))).status).toBe(200);
  api.passTime(6_000);
  expect((await post(CHEAP, from('192.0.2.1'))).status).toBe(200);
  const names = await api.statementsOf(() => guess(5, '192.0.2.1'));
  expect(names).toEqual([]);
});

it('answers subscriptions that a key can not pay for as it does queries', async () => {
  while ((await post(COSTLY)).status === 200);
  const subscribe = () =>
    fetch(`${api.url}/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({
        query:
          'subscription { interactionAdded { profile { timeline(first: 200) { nodes { profile { timeline(first: 100) { nodes { id } } } } } } } }',
      }),
    });
  const refused = await subscribe();
  expect([refused.status, await codeOf(refused)]).toEqual([429, 'RATE_LIMITED']);
});
