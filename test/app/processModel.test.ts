import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { newDataDir, removeDataDir } from '../../bench/faults/dataDir';
import { freePort, StartedSystem } from '../../bench/faults/startedSystem';
import { isAlive } from '../../src/app/supervisor/processIdentity';

jest.setTimeout(90_000);

/** One story: each test goes on where the one before has stopped. */
let system: StartedSystem;
let dataDir: string;
let port: number;
let sent = 0;

beforeAll(async () => {
  dataDir = newDataDir();
  port = await freePort();
});
afterAll(async () => {
  system.process.kill('SIGTERM');
  await system.ended();
  removeDataDir(dataDir);
});

async function send(): Promise<number | null> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/track`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${system.writeKey}:`)}` },
      body: JSON.stringify({ userId: 'ada', event: 'Visited', messageId: `message-${sent + 1}` }),
      signal: AbortSignal.timeout(5_000),
    });
    if (answer.status === 200) sent++;
    return answer.status;
  } catch {
    return null;
  }
}

const isAccepted = async (): Promise<boolean> => (await send()) === 200;

async function interactions(): Promise<number> {
  return Number((await system.ask<{ count: string }>('select count(*) as count from interaction')).count);
}

it('says where the console is and which keys to use, once everything is up', async () => {
  system = await StartedSystem.spawn(dataDir, port).ready();
  expect(system.said).toContain(`http://127.0.0.1:${port}/graphql`);
  expect(system.apiKey).toMatch(/^tl_api_/);
  expect(system.writeKey).toMatch(/^tl_write_/);
  expect(await isAccepted()).toBe(true);
  await system.until(async () => (await interactions()) === sent);
});

it('ends a second start on the same data directory, which says where the first one is, and does the first no harm', async () => {
  const second = StartedSystem.spawn(dataDir, port);
  expect(await second.ended()).toBe(1);
  expect(second.said).toContain('is running already');
  expect(second.said).toContain(`http://127.0.0.1:${port}`);
  expect(second.said).toContain(`process ${system.process.pid}`);
  expect(await isAccepted()).toBe(true);
});

it.each(['workers/ingestion.js', 'apiProcess.js'])(
  'starts %s again after kill -9, and everything accepted is processed',
  async (script) => {
    const [killed] = system.children(script) as [number];
    process.kill(killed, 'SIGKILL');
    await system.until(() => system.children(script).some((pid) => pid !== killed));
    await system.until(isAccepted);
    await system.until(async () => (await interactions()) === sent);
  },
);

it('starts PostgreSQL again after kill -9, and everything accepted is processed', async () => {
  const [killed] = system.children('bin/postgres') as [number];
  process.kill(killed, 'SIGKILL');
  await system.until(() => system.children('bin/postgres').some((pid) => pid !== killed));
  await system.until(isAccepted);
  await system.until(async () => (await interactions()) === sent);
});

it('goes on after kill -9 of the supervisor, with the same keys and all data', async () => {
  const before = system;
  expect(await isAccepted()).toBe(true);
  before.process.kill('SIGKILL');
  system = await StartedSystem.spawn(dataDir, port).ready();
  expect([system.apiKey, system.writeKey]).toEqual([before.apiKey, before.writeKey]);
  expect(await isAccepted()).toBe(true);
  await system.until(async () => (await interactions()) === sent);
});

it('drains and stops on SIGTERM within 10 seconds, with everything it started', async () => {
  const children = system.children('');
  expect(children).toHaveLength(3);
  const startedAt = Date.now();
  system.process.kill('SIGTERM');
  expect(await system.ended()).toBe(0);
  expect(Date.now() - startedAt).toBeLessThan(10_000);
  expect(children.filter(isAlive)).toEqual([]);
  expect(existsSync(join(dataDir, 'supervisor.lock'))).toBe(false);
});

it('waits for one that is still stopping when it is started again at once', async () => {
  system = await StartedSystem.spawn(dataDir, port).ready();
  system.process.kill('SIGTERM');
  system = await StartedSystem.spawn(dataDir, port).ready();
  expect(await isAccepted()).toBe(true);
});
