import type { LookupAddress } from 'node:dns';
import { leadsOutside, type ResolveName, WebhookSender } from '../../../src/app/activation/webhookSender';
import { answering, Receiver } from './receiver';

let receiver: Receiver;
let target: Receiver;
const senders: WebhookSender[] = [];

beforeAll(async () => {
  receiver = await Receiver.start();
  target = await Receiver.start();
});
beforeEach(() => {
  receiver.clear();
  target.clear();
});
afterAll(async () => {
  for (const sender of senders) sender.close();
  await Promise.all([receiver.stop(), target.stop()]);
});

function sender(options: Partial<ConstructorParameters<typeof WebhookSender>[0]> = {}): WebhookSender {
  const made = new WebhookSender({ clock: Date.now, allowPrivate: true, timeLimitMs: 400, ...options });
  senders.push(made);
  return made;
}
const post = (url: string, options = {}) => sender(options).send({ url, headers: { 'x-test': '1' }, body: '{}' });
const resolving = (...addresses: string[]): ResolveName =>
  ((_host: string, _options: object, done: (error: null, found: LookupAddress[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as unknown as ResolveName;

it.each([200, 202, 204, 299])('takes %d for a success', async (status) => {
  receiver.react = answering(status);
  expect(await post(receiver.url)).toEqual({ status, error: null, retryAfterMs: null });
});

it.each([400, 401, 404, 410, 429, 500, 503])('takes %d for a failure', async (status) => {
  receiver.react = answering(status);
  expect(await post(receiver.url)).toEqual({ status, error: 'STATUS', retryAfterMs: null });
});

it.each([301, 302, 303, 307, 308])('does not follow a redirect (%d)', async (status) => {
  receiver.react = answering(status, { location: target.url });
  expect(await post(receiver.url)).toMatchObject({ status, error: 'REDIRECT' });
  receiver.react = answering(status, { location: 'http://169.254.169.254/latest/meta-data' });
  expect(await post(receiver.url)).toMatchObject({ status, error: 'REDIRECT' });
  expect(target.received).toEqual([]);
});

it('waits no longer than its time limit for an answer', async () => {
  receiver.react = () => undefined;
  expect(await post(receiver.url)).toEqual({ status: null, error: 'TIMEOUT', retryAfterMs: null });
});

it('goes by the status of an answer whose body never ends, and ends it', async () => {
  const ended = new Promise<void>((resolve) => {
    receiver.react = (response) => {
      response.on('close', resolve);
      response.writeHead(200).write('a');
    };
  });
  expect(await post(receiver.url)).toMatchObject({ status: 200, error: null });
  await ended;
});

it('reads no more than a little of a huge body', async () => {
  let written = 0;
  receiver.react = (response) => {
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && written < 50_000_000) {
        written += 65_536;
        if (!response.write(Buffer.alloc(65_536))) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  };
  expect(await post(receiver.url, { timeLimitMs: 5_000 })).toMatchObject({ status: 200, error: null });
  expect(written).toBeLessThan(50_000_000);
});

it('says by a code when the connection is reset, refused or no HTTP', async () => {
  receiver.react = (_response, _received, request) => void request.socket.resetAndDestroy();
  expect(await post(receiver.url)).toMatchObject({ status: null, error: 'ECONNRESET' });
  receiver.react = (_response, _received, request) => void request.socket.end('secret nonsense\r\n\r\n');
  expect((await post(receiver.url)).error).toMatch(/^HPE_/);
  const gone = await Receiver.start();
  const { url } = gone;
  await gone.stop();
  expect(await post(url)).toMatchObject({ status: null, error: 'ECONNREFUSED' });
});

it('sends once more at once over a new connection where a kept one was closed meanwhile', async () => {
  const keeping = sender();
  const request = { url: receiver.url, headers: {}, body: '{}' };
  const ports = new Set<number | undefined>();
  receiver.react = (response, _received, { socket }) => {
    if (ports.has(socket.remotePort)) return void socket.destroy();
    ports.add(socket.remotePort);
    response.writeHead(204).end();
  };
  expect(await keeping.send(request)).toMatchObject({ status: 204 });
  expect(await keeping.send(request)).toMatchObject({ status: 204 });
  expect(ports.size).toBe(2);
});

describe('without private addresses', () => {
  it.each(['http://127.0.0.1/', 'https://127.0.0.1/', 'https://[::1]/', 'https://169.254.169.254/', 'https://localhost/'])(
    'sends nothing to %s',
    async (url) => {
      expect(await post(url, { allowPrivate: false })).toEqual({ status: null, error: 'ADDRESS_REFUSED', retryAfterMs: null });
    },
  );

  it.each([[['10.0.0.1']], [['127.0.0.1', '::1']], [['::ffff:127.0.0.1']], [['64:ff9b::a00:1']]])(
    'connects to no name that leads to %j',
    async (addresses) => {
      const resolve = resolving(...addresses);
      expect(await post('https://example.com/', { allowPrivate: false, resolve })).toMatchObject({ error: 'ADDRESS_REFUSED' });
      expect(await leadsOutside('https://example.com/', resolve)).toBe(false);
    },
  );

  it('asks once for the addresses of a name, so that no second answer can lead elsewhere', async () => {
    let asked = 0;
    const resolve = ((host: string, options: object, done: never) => {
      asked++;
      return (resolving(asked === 1 ? '10.0.0.1' : '127.0.0.1') as (host: string, options: object, done: never) => void)(
        host,
        options,
        done,
      );
    }) as unknown as ResolveName;
    expect(await post('https://rebinding.example.com/', { allowPrivate: false, resolve })).toMatchObject({ error: 'ADDRESS_REFUSED' });
    expect(asked).toBe(1);
  });
});
