import { connect } from 'node:net';
import { allowOrigins } from '../../src/http/crossOrigin';
import { ask } from './client';
import { basic, serveAllTests, startServer, WRITE_KEY } from './server';

const CONSOLE = 'https://console.example.com';
const served = serveAllTests({
  plugins: [
    (app) => {
      allowOrigins(app, [CONSOLE]);
      app.get('/graphql', (_request, reply) => reply.send('{}'));
      app.get('/explode', () => Promise.reject(new Error('a bug')));
      return Promise.resolve();
    },
  ],
});

const EXPECTED = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

it.each([
  ['a success', { path: '/healthz' }, 200],
  [
    'a message',
    { method: 'POST', path: '/v1/track', headers: { authorization: basic(WRITE_KEY) }, body: '{"userId":"u","event":"E"}' },
    200,
  ],
  ['a refusal', { method: 'POST', path: '/v1/track', body: '{}' }, 401],
  ['a pixel', { path: '/v1/pixel/track.gif' }, 200],
  ['a preflight', { method: 'OPTIONS', path: '/v1/track' }, 204],
  ['nothing', { path: '/nothing' }, 404],
  ['an address that can not be read', { path: '/v1/%zz' }, 400],
  ['a fault', { path: '/explode' }, 500],
])('tells browsers to take an answer for no page, where it is %s', async (_what, asked, status) => {
  const answer = await ask(served.server.port, asked);
  expect(answer.status).toBe(status);
  expect(answer.headers).toMatchObject(EXPECTED);
  expect(answer.headers['strict-transport-security']).toBeUndefined();
});

it('tells it to who speaks no HTTP, too', async () => {
  const told = await new Promise<string>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: served.server.port }, () => socket.write('nonsense\r\n\r\n'));
    let text = '';
    socket.on('data', (data) => (text += String(data))).on('close', () => resolve(text));
  });
  for (const [name, value] of Object.entries(EXPECTED)) expect(told).toContain(`${name}: ${value}\r\n`);
});

it('has browsers come back by TLS only where it is reached by TLS', async () => {
  const server = await startServer(served.database, { publicUrl: 'https://cx.example.com' });
  const answer = await ask(server.port, { path: '/healthz' });
  await server.close();
  expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
});

describe('a page of another site', () => {
  const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };

  it('may use the API where it is named', async () => {
    const first = await ask(served.server.port, { method: 'OPTIONS', path: '/graphql', headers: { origin: CONSOLE, ...preflight } });
    expect(first).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': CONSOLE, vary: 'origin' } });
    expect(first.headers['access-control-allow-headers']?.split(', ')).toEqual(
      expect.arrayContaining(['authorization', 'throughline-position']),
    );
    expect(first.headers['access-control-allow-credentials']).toBeUndefined();
    const then = await ask(served.server.port, { path: '/graphql', headers: { origin: CONSOLE } });
    expect(then.headers).toMatchObject({ 'access-control-allow-origin': CONSOLE });
    expect(then.headers['access-control-expose-headers']).toContain('retry-after');
  });

  it.each(['https://evil.example', 'http://console.example.com', 'https://console.example.com.evil.example', 'null'])(
    'may not where it is %s',
    async (origin) => {
      for (const method of ['OPTIONS', 'GET']) {
        const answer = await ask(served.server.port, { method, path: '/graphql', headers: { origin, ...preflight } });
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    },
  );
});
