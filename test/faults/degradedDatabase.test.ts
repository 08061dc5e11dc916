import { eventually } from '../journeys/eventually';
import { System } from '../journeys/system';
import { Gate } from './gate';

jest.setTimeout(180_000);

let system: System;
let gate: Gate;
let sent = 0;

beforeAll(async () => {
  system = await System.start();
  const url = new URL(system.database.url);
  gate = await Gate.closed({ host: url.hostname, port: Number(url.port) });
  await gate.open();
  url.host = `127.0.0.1:${gate.port}`;
  // Names a socket that is there all the time.
  url.searchParams.delete('host');
  for (const name of ['api', 'worker'] as const) {
    await system.end(name);
    await system.restart(name, { DATABASE_URL: url.href, STATEMENT_TIMEOUT_MS: '1000' });
  }
});
afterAll(async () => {
  await system.stop().finally(() => gate.close());
});
afterEach(() => expect(system.faults()).toEqual([]));

/** One message; counts it where it was accepted. */
async function send() {
  const answer = await fetch(`${system.address}/v1/identify`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${system.writeKey}:`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ userId: 'ada', messageId: `message-${sent}`, traits: { tier: `tier-${sent}` } }),
  });
  if (answer.status === 200) sent++;
  return {
    status: answer.status,
    retryAfter: answer.headers.get('retry-after'),
    body: (await answer.json()) as { error?: { code: string } },
  };
}

const accepts = async () => (await send()).status === 200;
const readyz = async () => {
  const answer = await fetch(`${system.address}/readyz`);
  const { checks } = (await answer.json()) as { checks: { name: string; status: string; reason?: string }[] };
  return { status: answer.status, checks: Object.fromEntries(checks.map(({ name, status, reason }) => [name, reason ?? status])) };
};
const segment = () =>
  system.graphql(
    `mutation { createSegment(input: { key: "s${sent}", name: "S", definition: { trait: "tier", op: "exists" } }) { segment { key } } }`,
  );
const profile = () => system.graphql('{ profile(identifier: { type: "user_id", value: "ada" }) { displayName traits } }');

const UNAVAILABLE = { status: 503, retryAfter: '1', body: { error: { code: 'UNAVAILABLE' } } };

async function everythingIsThere(): Promise<void> {
  await eventually('messages are accepted again', accepts);
  await eventually('it is ready again', async () => (await readyz()).status === 200);
  await system.settled();
  const [told] = await system.ask<{ count: number }>('select count(*)::int as count from interaction');
  expect(told?.count).toBe(sent);
  expect((await profile()).codes).toEqual([]);
}

/** What sessions are like from now on; those that stand are ended. */
async function everybodyIs(setting: string): Promise<void> {
  await system.ask(`alter database ${system.database.name} ${setting}`);
  await system.ask(`select pg_terminate_backend(a.pid) from pg_stat_activity a
    where a.datname = current_database() and a.pid <> pg_backend_pid() and a.application_name like 'throughline%'`);
}

it('answers reads while the database is read only, refuses writes with UNAVAILABLE, and goes on by itself', async () => {
  expect(await accepts()).toBe(true);
  await system.settled();
  await everybodyIs('set default_transaction_read_only = on');
  await eventually('writes are refused', async () => (await send()).status === 503);
  expect(await send()).toMatchObject(UNAVAILABLE);
  expect((await profile()).data.profile).not.toBeNull();
  expect((await segment()).codes).toEqual(['UNAVAILABLE']);
  await eventually('it is known', async () => (await readyz()).status === 503);
  expect((await readyz()).checks.database).toBe('The database is read only.');
  await everybodyIs('reset default_transaction_read_only');
  await everythingIsThere();
});

it('refuses messages while the disk is full, keeps those that were accepted, and goes on by itself', async () => {
  await system.ask(`create function fill_disk() returns trigger language plpgsql as $$ begin
    raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`);
  const fill = (table: string) =>
    system.ask(`create trigger full_disk before insert on ${table} for each row execute function fill_disk()`);
  const empty = (table: string) => system.ask(`drop trigger full_disk on ${table}`);
  await fill('interaction');
  expect(await accepts()).toBe(true);
  await fill('inbox');
  expect(await send()).toMatchObject(UNAVAILABLE);
  expect((await profile()).codes).toEqual([]);
  await eventually('the worker has failed', () => system.said.includes('53100'));
  expect(await system.ask('select from dead_letter')).toEqual([]);
  await empty('inbox');
  await empty('interaction');
  await everythingIsThere();
});

it('answers with codes while the database is gone, and goes on by itself when it is back', async () => {
  gate.close();
  expect(await send()).toMatchObject(UNAVAILABLE);
  expect((await profile()).codes).toEqual(['UNAVAILABLE']);
  expect((await segment()).codes).toEqual(['UNAVAILABLE']);
  await eventually('it is known', async () => (await readyz()).status === 503);
  expect((await readyz()).checks.database).toBe('The database can not be reached.');
  expect((await fetch(`${system.address}/healthz`)).status).toBe(200);
  expect((await fetch(`${system.address}/metrics`)).status).toBe(200);
  await gate.open();
  await everythingIsThere();
});

it('answers within its time while the database does not, and goes on by itself', async () => {
  gate.holdUp();
  try {
    await eventually('it is known', async () => (await readyz()).status === 503);
    const answers = await Promise.all([profile(), segment(), send()]);
    expect(answers.slice(0, 2)).toMatchObject([{ codes: ['UNAVAILABLE'] }, { codes: ['UNAVAILABLE'] }]);
    expect(answers[2]).toMatchObject(UNAVAILABLE);
  } finally {
    gate.letGo();
  }
  await everythingIsThere();
});
