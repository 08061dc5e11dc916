import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { System } from './system';

jest.setTimeout(120_000);

const ROOT = join(__dirname, '..', '..');

let system: System;
let dir: string;
beforeAll(async () => {
  system = await System.start();
  dir = mkdtempSync(join(tmpdir(), 'throughline-import-'));
});
afterAll(async () => {
  rmSync(dir, { recursive: true, force: true });
  await system.stop();
});

const runImport = (...args: string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const script = join(ROOT, 'scripts', 'import.mjs');
    const env = { ...process.env, DATA_DIR: join(dir, 'data'), DEV_API_KEY: system.apiKey };
    execFile(process.execPath, [script, ...args, '--url', system.address], { cwd: ROOT, env }, (error, output) =>
      resolve({ code: error ? Number(error.code) : 0, output }),
    );
  });

const countOf = async (table: string) => (await system.ask<{ count: number }>(`select count(*)::int as count from ${table}`))[0]?.count;

it('brings the records of a file to the customers they are about, once, however often it is run', async () => {
  await system.take([{ type: 'identify', userId: 'u-ada', messageId: 'a', traits: { email: 'ada@example.com', name: 'Ada' } }]);
  const rows = Array.from({ length: 1200 }, (_, index) => `${index},p${index}@example.com,Person ${index},+49 30 ${231_259_00 + index}`);
  rows[100] = 'A-1,ADA@example.com,Ada Lovelace,';
  rows[200] = ',,Nobody at all,';
  rows[300] = '300,p300@example.com,"Broken';
  const path = join(dir, 'customers.csv');
  writeFileSync(path, ['Customer ID,E-Mail,Name,Phone', ...rows].join('\n'));

  const first = await runImport(path, '--source', 'crm');
  expect(first).toEqual({ code: 1, output: expect.stringContaining('crm: 1,200 rows, 1,198 taken, 2 refused.') });
  expect(readFileSync(`${path}.refused.csv`, 'utf8').match(/^\d+,\d+,[A-Z_]+/gm)).toEqual([
    '201,202,MESSAGE_WITHOUT_ID',
    '301,302,ROW_UNREADABLE',
  ]);
  await system.settled();

  const { data } = await system.graphql(`{ profile(identifier: { type: "crm.id", value: "A-1" }) {
    displayName identifiers { type value } timeline { nodes { source { name department } } } } }`);
  expect(data.profile.displayName).toBe('Ada Lovelace');
  expect(data.profile.identifiers).toEqual(expect.arrayContaining([{ type: 'user_id', value: 'u-ada' }]));
  expect(data.profile.timeline.nodes[0].source).toEqual({ name: 'crm', department: 'SALES' });

  expect(await countOf('interaction')).toBe(1199);
  const profiles = await countOf('profile');
  expect((await runImport(path, '--source', 'crm')).output).toBe(first.output);
  await system.settled();
  expect(await countOf('interaction')).toBe(1199);
  expect(await countOf('profile')).toBe(profiles);
});
