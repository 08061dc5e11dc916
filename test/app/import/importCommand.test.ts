import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { importCommand } from '../../../src/app/import/importCommand';
import { ServerDouble } from './serverDouble';

// A machine may be busy with other things than 100,000 rows.
jest.setTimeout(300_000);

let server: ServerDouble;
let dir: string;
beforeEach(async () => {
  server = await ServerDouble.start();
  dir = mkdtempSync(join(tmpdir(), 'throughline-import-'));
});
afterEach(async () => {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
}

interface Ran {
  readonly code: number;
  readonly output: string;
  readonly terminal: string;
  readonly waitsMs: readonly number[];
}

async function run(
  args: readonly string[],
  given: { input?: string | Buffer; signal?: AbortSignal; key?: string | null } = {},
): Promise<Ran> {
  let output = '';
  let terminal = '';
  const waitsMs: number[] = [];
  const key = given.key === undefined ? ['--write-key', 'tl_write_crm'] : given.key === null ? [] : ['--write-key', given.key];
  const code = await importCommand([...args, '--source', 'crm', '--url', server.url, ...key], {
    environment: { DATA_DIR: join(dir, 'data') },
    input: Readable.from(given.input === undefined ? [] : [Buffer.from(given.input)]) as unknown as NodeJS.ReadStream,
    output: { write: (text: string) => (output += text) } as unknown as NodeJS.WritableStream,
    terminal: { write: (text: string) => (terminal += text) } as unknown as NodeJS.WriteStream,
    signal: given.signal ?? new AbortController().signal,
    sleep: (waitMs) => Promise.resolve(void waitsMs.push(waitMs)),
  });
  return { code, output, terminal, waitsMs };
}

const people = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => `${from + index},p${from + index}@example.com,Person ${from + index}`);
const csv = (...rows: readonly string[]) => ['id,email,name', ...rows, ''].join('\r\n');

it('sends 100,000 rows once each, a few requests at a time, and shows how far it is', async () => {
  const path = file('customers.csv', csv(...people(100_000)));
  const { code, output, terminal } = await run([path]);
  expect({ code, output }).toEqual({ code: 0, output: 'crm: 100,000 rows, 100,000 taken, 0 refused.\n' });
  expect(new Set(server.sent.map((message) => message.messageId)).size).toBe(100_000);
  expect(server.sent).toHaveLength(100_000);
  expect(terminal).toContain('email → email');
  expect(terminal).toMatch(/crm \d0% [\d,]+ rows, 0 refused/);
  expect(readdirSync(dir)).toEqual(['customers.csv']);
});

it('says the same again when it is repeated, also after rows were added', async () => {
  await run([file('customers.csv', csv(...people(700)))]);
  await run([file('more.csv', csv(...people(5, 9_000), ...people(700)))]);
  expect(server.sent).toHaveLength(1405);
  expect(new Set(server.sent.map((message) => message.messageId)).size).toBe(705);
});

it('ends with what was refused and why: 10 bad rows among 2,500', async () => {
  const rows = people(2500);
  for (const bad of [7, 300, 1111, 2500]) rows[bad - 1] = `,,Nobody ${bad}`;
  for (const bad of [8, 900, 2499]) rows[bad - 1] = `${bad},"unclosed@example.com,Broken`;
  for (const bad of [1, 1000]) rows[bad - 1] = `${bad},too,many,cells`;
  rows[499] = `500,huge@example.com,${'x'.repeat(40_000)}`;
  const path = file('customers.csv', csv(...rows));
  const { code, output } = await run([path]);
  expect(code).toBe(1);
  expect(output).toContain('crm: 2,500 rows, 2,490 taken, 10 refused.');
  expect(output).toContain('ROW_UNREADABLE 5\n  MESSAGE_WITHOUT_ID 4\n  MESSAGE_TOO_LARGE 1');
  const [header, ...report] = readFileSync(`${path}.refused.csv`, 'utf8').trim().split('\n');
  expect(header).toBe('row,line,code,reason');
  expect(report.map((line) => line.split(',').slice(0, 3).join())).toEqual([
    '1,2,ROW_UNREADABLE',
    '7,8,MESSAGE_WITHOUT_ID',
    '8,9,ROW_UNREADABLE',
    '300,301,MESSAGE_WITHOUT_ID',
    '500,501,MESSAGE_TOO_LARGE',
    '900,901,ROW_UNREADABLE',
    '1000,1001,ROW_UNREADABLE',
    '1111,1112,MESSAGE_WITHOUT_ID',
    '2499,2500,ROW_UNREADABLE',
    '2500,2501,MESSAGE_WITHOUT_ID',
  ]);
  expect(report[1]).toBe('7,8,MESSAGE_WITHOUT_ID,"Neither userId, ""nor"" anonymousId."');
  const taken = server.sent.filter((message) => message.userId ?? message.anonymousId).map((message) => message.traits?.['email']);
  expect(taken).toHaveLength(2490);
});

it('goes on after a break where it was, with a report as if there had been none', async () => {
  const rows = people(20_000);
  for (const bad of [10, 5_000, 15_000]) rows[bad - 1] = ',,Nobody';
  const path = file('customers.csv', csv(...rows));
  const interrupt = new AbortController();
  server.interfere = ({ number }) => {
    if (number === 20) interrupt.abort();
    return number === 20;
  };
  const broken = await run([path], { signal: interrupt.signal });
  expect(broken.code).toBe(1);
  expect(broken.output).toMatch(/Not finished: It was interrupted\.\nThe same command goes on after row [\d,]+\./);
  server.interfere = () => false;
  const sentBefore = server.sent.length;
  const { code, output, terminal } = await run([path]);
  expect(code).toBe(1);
  expect(terminal).toMatch(/rows were answered for already/);
  expect(output).toContain('crm: 20,000 rows, 19,997 taken, 3 refused.');
  expect(readFileSync(`${path}.refused.csv`, 'utf8').match(/^\d+/gm)).toEqual(['10', '5000', '15000']);
  expect(new Set(server.sent.map((message) => message.messageId)).size).toBe(19_998);
  expect(server.sent.length - sentBefore).toBeLessThan(20_000 - 15 * 500);
  expect(existsSync(`${path}.import.json`)).toBe(false);
});

it('begins again where the file was changed after a break', async () => {
  const path = file('customers.csv', csv(...people(5_000)));
  server.interfere = ({ number }, response) => number > 3 && !!response.writeHead(500).end();
  expect((await run([path])).output).toContain('Not finished: The messages could not be sent: the server answered 500');
  server.interfere = () => false;
  file('customers.csv', csv('0,new@example.com,New', ...people(5_000)));
  expect((await run([path])).output).toBe('crm: 5,001 rows, 5,001 taken, 0 refused.\n');
  expect(new Set(server.sent.map((message) => message.messageId)).size).toBe(5_001);
});

it('waits as long as an overloaded server asks for, and tries again where one is away', async () => {
  server.interfere = ({ number }, response) => {
    if (number === 1) return !!response.writeHead(429, { 'retry-after': '7' }).end('{}');
    if (number === 2) return !!response.writeHead(503, { 'retry-after': '1' }).end('{}');
    return number === 3 && !!response.destroy();
  };
  const { code, waitsMs } = await run([file('customers.csv', csv(...people(10)))]);
  expect({ code, waitsMs }).toEqual({ code: 0, waitsMs: [7000, 1000, expect.any(Number)] });
});

it.each([
  ['a CSV', 'customers.csv.gz', csv(...people(3))],
  [
    'NDJSON',
    'customers.ndjson.gz',
    people(3)
      .map((_, index) => JSON.stringify({ id: index, email: `p${index}@example.com` }))
      .join('\n'),
  ],
])('reads gzip of %s, from a file and from standard input', async (_what, name, content) => {
  const packed = gzipSync(content);
  expect((await run([file(name, packed)])).output).toContain('3 rows, 3 taken');
  expect((await run(['-'], { input: packed })).output).toContain('3 rows, 3 taken');
  expect(new Set(server.sent.map((message) => message.messageId)).size).toBe(3);
});

it('sends what stands before the end of a gzip that is cut off, and says so', async () => {
  const packed = gzipSync(csv(...people(50_000).map((row, index) => `${row} ${Math.sin(index)}`)));
  const { code, output } = await run([file('customers.csv.gz', packed.subarray(0, packed.length / 2))]);
  expect(code).toBe(1);
  expect(output).toContain('Not finished: The gzip is cut off or broken');
  const rows = Number(/crm: ([\d,]+) rows/.exec(output)?.[1]?.replaceAll(',', ''));
  expect(rows).toBeGreaterThan(10_000);
  expect(server.sent).toHaveLength(rows);
});

it('keeps every character, whatever way the file is written in', async () => {
  const text = 'id;email;name\r\n1;ada@example.com;"Ada ""Łovelace"" 👩‍🔧 愛"\r\n2;grace@example.com;Grâce\r\n';
  const names = ['Ada "Łovelace" 👩‍🔧 愛', 'Grâce'];
  for (const content of [Buffer.from(`\uFEFF${text}`), Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
    await run([file('customers.csv', content)]);
    expect(server.requests.at(-1)?.map((message) => message.traits?.['name'])).toEqual(names);
  }
  const western = Buffer.from('email,name\ngrace@example.com,Gr\xe2ce\n', 'latin1');
  expect((await run([file('western.csv', western)])).terminal).toContain('--encoding windows-1252');
  await run([file('western.csv', western), '--encoding', 'windows-1252']);
  expect(server.sent.at(-1)?.traits?.['name']).toBe('Grâce');
});

it('sends objects of NDJSON as they are, and messages as messages', async () => {
  const lines = [
    '{"userId":9007199254740993,"type":"track","event":"Order Completed"}',
    '{"id":12345678901234567890,"email":"ada@example.com","address":{"city":"London"},"tags":["a"],"plan":null}',
    '',
    '[1]',
    'nonsense',
  ];
  const { output } = await run([file('records.jsonl', lines.join('\n'))]);
  expect(output).toContain('4 rows, 2 taken, 2 refused');
  expect(server.sent[0]).toMatchObject({ type: 'track', userId: '9007199254740993', event: 'Order Completed' });
  expect(server.sent[1]).toMatchObject({
    context: { externalIds: [{ id: '12345678901234567890', type: 'crm.id' }] },
    traits: { email: 'ada@example.com', address: { city: 'London' }, tags: ['a'], plan: null },
  });
});

it('creates the source it has no key of, once, and keeps its key for the next time', async () => {
  const path = file('customers.csv', csv(...people(2)));
  const args = [path, '--api-key', 'tl_api_dev'];
  expect((await run(args, { key: null })).terminal).toContain('The source "crm" was created');
  await run([file('others.csv', csv(...people(2, 7)))], { key: null });
  expect(server.sources).toEqual(['crm']);
  expect([...server.authorizations]).toEqual([`Basic ${Buffer.from('tl_write_1:').toString('base64')}`]);
  expect(statSync(join(dir, 'data', 'import-keys.json')).mode & 0o077).toBe(0);
  rmSync(join(dir, 'data'), { recursive: true });
  const refused = await run(args, { key: null });
  expect(refused).toMatchObject({ code: 1, terminal: expect.stringContaining('give it by --write-key') });
});

it('shows what the columns are taken for and sends nothing when asked to', async () => {
  const { code, terminal } = await run([file('customers.csv', csv(...people(2))), '--dry-run', '--map', 'id=-']);
  expect({ code, terminal }).toEqual({ code: 0, terminal: '  id → -\n  email → email\n  name → name\n' });
  expect(server.requests).toEqual([]);
});

it.each([
  ['a file that is not there', ['nowhere.csv'], "can't be read"],
  ['a folder', ['.'], 'is no file'],
  ['a flag nobody knows', ['--nope'], '--nope'],
  ['two files', ['a.csv', 'b.csv'], 'One file at a time'],
  ['a mapping of nothing', ['a.csv', '--map', 'x'], '--map must look like'],
  ['a delimiter of two characters', ['a.csv', '--delimiter', '::'], '--delimiter'],
  ['a department nobody has', ['a.csv', '--department', 'legal'], '--department must be one of'],
])('refuses %s', async (_what, args, said) => {
  const { code, terminal } = await run(args);
  expect({ code, said: terminal.includes(said) ? said : terminal }).toEqual({ code: 1, said });
});

it('refuses a CSV without names of columns, and takes it when they are given', async () => {
  const path = file('bare.csv', people(3).join('\n'));
  expect(await run([path])).toMatchObject({ code: 1, terminal: expect.stringContaining('does not name the columns') });
  expect((await run([path, '--columns', 'id,email,name'])).output).toContain('3 rows, 3 taken');
});

it('tells of a key that the server does not know', async () => {
  server.interfere = (_request, response) => !!response.writeHead(401).end('{"error":{"code":"UNAUTHENTICATED"}}');
  const { code, output } = await run([file('customers.csv', csv(...people(3)))]);
  expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('the server answered 401') });
});

it('has nothing to say of an empty file', async () => {
  expect(await run([file('empty.csv', '')])).toMatchObject({ code: 0, output: 'crm: 0 rows, 0 taken, 0 refused.\n' });
  expect(await run([file('header.csv', csv())])).toMatchObject({ code: 0 });
});
