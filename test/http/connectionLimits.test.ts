import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { CONNECTION_LIMITS } from '../../src/http/connectionLimits';
import { ask } from './client';
import { basic, MAX_BODY_BYTES, serveAllTests, WRITE_KEY } from './server';

const served = serveAllTests({
  connectionLimits: { ...CONNECTION_LIMITS, headersTimeoutMs: 300, requestTimeoutMs: 600, maxConnectionsPerAddress: 5 },
});
const open: Socket[] = [];
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy();
  await until(async () => (await connections()) === 0);
});

const connections = () => new Promise<number>((resolve) => served.server.app.server.getConnections((_error, count) => resolve(count)));

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** A connection, and all that it is told until it is closed. */
function client(first = ''): { readonly socket: Socket; readonly told: Promise<string> } {
  const socket = connect({ host: '127.0.0.1', port: served.server.port });
  open.push(socket);
  let text = '';
  socket.on('data', (data) => (text += String(data))).on('error', () => undefined);
  if (first !== '') socket.write(first);
  return { socket, told: new Promise((resolve) => socket.once('close', () => resolve(text))) };
}

/** Sends a byte again and again, so that the connection is never idle. */
function drip({ socket }: { readonly socket: Socket }, byte: string): void {
  const timer = setInterval(() => socket.write(byte), 20);
  socket.once('close', () => clearInterval(timer));
}

const HEAD = `POST /v1/track HTTP/1.1\r\nhost: x\r\nauthorization: ${basic(WRITE_KEY)}\r\n`;

it.each([
  ['says nothing at all', '', null],
  ['drips its headers', `${HEAD}x-slow: `, 'x'],
  ['drips its body', `${HEAD}content-length: 100000\r\n\r\n{"userId":"`, 'x'],
])('closes the connection of a client that %s', async (_what, first, byte) => {
  const slow = client(first);
  if (byte !== null) drip(slow, byte);
  const told = await slow.told;
  expect(told).toMatch(/^HTTP\/1\.1 408 /);
  expect(told).toContain('"REQUEST_INVALID"');
});

it('answers others while slow clients hold on to their connections', async () => {
  for (let index = 0; index < 4; index++) drip(client(HEAD), 'x');
  expect(await ask(served.server.port, { path: '/healthz' })).toMatchObject({ status: 200 });
});

it('turns away the connections that are too many from one address, and takes new ones when others are closed', async () => {
  const first = Array.from({ length: 5 }, () => client());
  await until(async () => (await connections()) === 5);
  const told = await client().told;
  expect(told).toMatch(/^HTTP\/1\.1 429 /);
  expect(told).toContain('"RATE_LIMITED"');
  for (const { socket } of first) socket.destroy();
  await until(async () => (await connections()) === 0);
  expect(await ask(served.server.port, { path: '/healthz' })).toMatchObject({ status: 200 });
});

it('refuses a head of more than 16 KB', async () => {
  expect(await client(`GET /healthz HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`).told).toMatch(/^HTTP\/1\.1 4/);
});

const post = (path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  ask(served.server.port, { method: 'POST', path, headers: { authorization: basic(WRITE_KEY), ...headers }, body });

it.each(['/v1/batch', '/v1/track', '/v1/b', '/v1/m', '/api/s/track', '/webhooks/src_1'])(
  'reads no more than its limit of a body on %s',
  async (path) => {
    const answer = await post(path, 'x'.repeat(MAX_BODY_BYTES + 1));
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([400, 'BODY_TOO_LARGE']);
  },
);

it.each(['/v1/batch', '/v1/track'])('inflates no more than its limit of a compressed body on %s', async (path) => {
  const bomb = gzipSync(Buffer.alloc(200 * 2 ** 20));
  expect(bomb.length).toBeLessThan(MAX_BODY_BYTES);
  const answer = await post(path, bomb, { 'content-encoding': 'gzip' });
  expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([400, 'BODY_TOO_LARGE']);
});
