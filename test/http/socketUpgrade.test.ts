import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { SocketUpgrade } from '../../src/http/socketUpgrade';

/** A server that listens to upgrades, and answers other requests with their bodies. */
async function ask(headers: Record<string, string>): Promise<string> {
  const app = fastify({ http: { IncomingMessage: SocketUpgrade } });
  app.post('/', async ({ body }) => body);
  app.server.on('upgrade', (_request, socket) =>
    socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const said = await new Promise<string>((resolve, reject) => {
    const asked = request({
      host: '127.0.0.1',
      port,
      path: '/',
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    asked.on('upgrade', (_answer, socket) => {
      socket.destroy();
      resolve('upgraded');
    });
    asked.on('response', (answer) => void answer.setEncoding('utf8').once('data', resolve));
    asked.on('error', reject);
    asked.end('{"a":1}');
  });
  await app.close();
  return said;
}

it('takes a request that offers HTTP/2 for an ordinary one, body and all', async () => {
  expect(await ask({ connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQCAAAAAAIAAAAA' })).toBe(
    '{"a":1}',
  );
});

it('takes a WebSocket for an upgrade', async () => {
  expect(await ask({ connection: 'keep-alive, Upgrade', upgrade: 'WebSocket' })).toBe('upgraded');
});
