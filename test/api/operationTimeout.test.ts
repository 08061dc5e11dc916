import type { PoolClient } from 'pg';
import { ApiUnderTest } from './apiUnderTest';
import { until } from './streams/listeners';
import { WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let key: string;

beforeAll(async () => {
  api = await ApiUnderTest.start({ statementTimeoutMs: 60_000, limits: { operationTimeoutMs: 400 } });
  const acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  key = await acme.apiKey();
  await acme.profile({ identifiers: [{ type: 'user_id', value: 'ada' }], interactions: [{ atMs: 0 }] });
});
afterAll(async () => {
  expect(api.bugs).toEqual([]);
  await api.stop();
});

const ADA = '{ profile(identifier: { type: "user_id", value: "ada" }) { id } }';
const REPORT = '{ experience(from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z") { nps { score } } }';
const PATHS = '{ stickiness(from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z") { __typename } }';
const SOURCE = 'mutation { createSource(input: { name: "Late", type: "segment", department: PRODUCT }) { source { name } } }';

/** Runs while nobody can read or write the table. */
async function whileLocked<Result>(table: string, work: (locker: PoolClient) => Promise<Result>): Promise<Result> {
  const locker = await api.database.owner.connect();
  await locker.query(`begin; lock table ${table} in access exclusive mode`);
  try {
    return await work(locker);
  } finally {
    await locker.query('rollback');
    locker.release();
  }
}

/** Statements that wait for a lock. */
async function waiting(): Promise<number> {
  const { rows } = await api.database.owner.query(
    `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0].waiting;
}

it.each([
  ['a page', 'profile', ADA],
  ['a report', 'survey_answer', REPORT],
  ['a report on paths', 'touch_chunk', PATHS],
])('answers OPERATION_TIMEOUT where %s takes too long, and stops what the database does for it', async (_what, table, query) => {
  await whileLocked(table, async () => {
    expect(await api.query(key, query)).toMatchObject({ status: 504, codes: ['OPERATION_TIMEOUT'], data: undefined });
    await until(async () => (await waiting()) === 0);
  });
  expect(await api.query(key, query)).toMatchObject({ status: 200, codes: [] });
});

it('frees its connections for others, who are answered while what held it up is still there', async () => {
  await whileLocked('account', async () => {
    const slow = Array.from({ length: 12 }, () => api.query(key, '{ account(externalId: "x") { id } }'));
    await until(async () => (await waiting()) > 0);
    const answers = await Promise.all(slow);
    expect(new Set(answers.flatMap(({ codes }) => codes))).toEqual(new Set(['OPERATION_TIMEOUT']));
    await until(async () => (await waiting()) === 0);
    expect(await api.query(key, ADA)).toMatchObject({ status: 200, codes: [] });
  });
});

it('stops what nobody waits for any more', async () => {
  const other = await ApiUnderTest.start({ statementTimeoutMs: 60_000, database: api.database });
  await whileLocked('profile', async () => {
    const controller = new AbortController();
    const asked = fetch(other.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, connection: 'close' },
      body: JSON.stringify({ query: ADA }),
      signal: controller.signal,
    });
    await until(async () => (await waiting()) === 1);
    controller.abort();
    await expect(asked).rejects.toThrow();
    await until(async () => (await waiting()) === 0);
  });
  await other.app.close();
  expect(other.bugs).toEqual([]);
});

it('carries a mutation out once it has begun, however long that takes and whoever has gone', async () => {
  const controller = new AbortController();
  await whileLocked('source', async (locker) => {
    const gone = fetch(api.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: SOURCE.replace('Late', 'Left') }),
      signal: controller.signal,
    }).catch(() => null);
    await until(async () => (await waiting()) === 1);
    controller.abort();
    await gone;
    const late = api.query(key, SOURCE);
    await new Promise((resolve) => setTimeout(resolve, 600));
    await locker.query('commit');
    expect(await late).toMatchObject({ status: 200, codes: [] });
  });
  await until(async () => {
    const { data } = await api.query(key, '{ sources { name } }');
    const names = data.sources.map(({ name }: { name: string }) => name);
    return names.includes('Late') && names.includes('Left');
  });
});
