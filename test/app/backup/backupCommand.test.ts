import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newDataDir, removeDataDir } from '../../../bench/faults/dataDir';
import { freePort, StartedSystem } from '../../../bench/faults/startedSystem';

jest.setTimeout(180_000);

const ROOT = join(__dirname, '..', '..', '..');

let folder: string;
let file: string;
let first: string;
let second: string;
let system: StartedSystem;
let port: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-backup-'));
  file = join(folder, 'backup');
  first = newDataDir();
  second = newDataDir();
  port = await freePort();
});
afterAll(() => {
  for (const dataDir of [first, second]) removeDataDir(dataDir);
  rmSync(folder, { recursive: true, force: true });
});

function run(command: 'backup' | 'restore', dataDir: string, args: readonly string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, DATA_DIR: dataDir, NODE_ENV: 'development' };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(ROOT, 'scripts', 'backup.mjs'), command, ...args], { cwd: ROOT, env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, said: out + err }),
    );
  });
}

async function start(dataDir: string): Promise<void> {
  system = await StartedSystem.spawn(dataDir, port).ready();
}

async function stop(): Promise<void> {
  system.process.kill('SIGTERM');
  expect(await system.ended()).toBe(0);
}

async function send(tier: string): Promise<void> {
  const headers = { authorization: `Basic ${btoa(`${system.writeKey}:`)}` };
  const body = JSON.stringify({ userId: 'ada', traits: { tier } });
  expect((await fetch(`http://127.0.0.1:${port}/v1/identify`, { method: 'POST', headers, body })).status).toBe(200);
  await system.until(async () => (await system.ask<{ left: string }>('select count(*) as left from inbox')).left === '0');
}

async function profile(): Promise<unknown> {
  const query = `{ profile(identifier: { type: "user_id", value: "ada" }) { id traits timeline(first: 9) { totalCount nodes { id occurredAt summary } } } }`;
  const headers = { authorization: `Bearer ${system.apiKey}`, 'content-type': 'application/json' };
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return answer.json();
}

it('takes what runs into a file, and a new data directory out of it, which gives the same answers and goes on', async () => {
  await start(first);
  await send('gold');
  const told = await profile();
  expect(told).toMatchObject({ data: { profile: { traits: { tier: 'gold' } } } });
  expect(await run('backup', first, [file])).toMatchObject({ code: 0, said: expect.stringContaining(`tables are in ${file}`) });
  await send('silver');
  await stop();

  expect(await run('restore', second, [file])).toMatchObject({ code: 0, said: expect.stringContaining('tables are restored') });
  await start(second);
  expect(await profile()).toEqual(told);
  await send('bronze');
  expect(await profile()).toMatchObject({ data: { profile: { traits: { tier: 'bronze' }, timeline: { totalCount: 2 } } } });
  await stop();
});

it('can back up what does not run, and restores over nothing', async () => {
  const again = join(folder, 'again');
  expect(await run('backup', first, [again])).toMatchObject({ code: 0 });
  expect(await run('restore', second, [again])).toMatchObject({ code: 1, said: expect.stringContaining('DATABASE_NOT_EMPTY: ') });
});

it('says what it lacks', async () => {
  expect(await run('backup', first, [])).toMatchObject({ code: 1, said: expect.stringContaining('INVALID_INPUT: ') });
  const nowhere = join(folder, 'nowhere');
  expect(await run('backup', nowhere, [file])).toMatchObject({ code: 1, said: expect.stringContaining('There is no database in') });
  expect(existsSync(nowhere)).toBe(false);
  expect(await run('restore', nowhere, ['--help'])).toMatchObject({ code: 0, said: expect.stringContaining('npm run restore -- FILE') });
});
