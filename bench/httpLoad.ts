import { connect, type Socket } from 'node:net';

export interface Load {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent in turn. */
  readonly bodies: readonly Buffer[];
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadFigures {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * As many requests as the server answers: each kept connection sends the next one when the last was answered. Writes prepared bytes to
 * plain sockets, so that it takes little of the machine away from what is measured. Fails on any answer but 200.
 */
export async function runLoad(load: Load): Promise<LoadFigures> {
  const requests = load.bodies.map((body) => requestBytes(load, body));
  const durationsMs: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + load.seconds * 1000;
  await Promise.all(
    Array.from({ length: load.connections }, (_, lane) => runConnection(load.port, { requests, lane, endsAt, durationsMs })),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  durationsMs.sort((left, right) => left - right);
  const percentile = (share: number): number => durationsMs[Math.floor(durationsMs.length * share)] ?? Number.NaN;
  return { requestsPerSecond: durationsMs.length / seconds, p50Ms: percentile(0.5), p99Ms: percentile(0.99) };
}

interface Lane {
  readonly requests: readonly Buffer[];
  readonly lane: number;
  readonly endsAt: number;
  readonly durationsMs: number[];
}

function runConnection(port: number, { requests, lane, endsAt, durationsMs }: Lane): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ host: '127.0.0.1', port, noDelay: true });
    let next = lane;
    let sentAt = 0;
    let received = '';
    const send = (): void => {
      sentAt = performance.now();
      socket.write(requests[next++ % requests.length] as Buffer);
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (!isWhole(received)) return;
      const now = performance.now();
      durationsMs.push(now - sentAt);
      if (!received.startsWith('HTTP/1.1 200')) reject(new Error(`The server answered ${received.slice(0, 200)}`));
      received = '';
      if (now < endsAt) send();
      else socket.end(resolve);
    });
  });
}

function requestBytes({ path, headers }: Load, body: Buffer): Buffer {
  const lines = Object.entries({ host: '127.0.0.1', ...headers, 'content-length': String(body.length) }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`), body]);
}

function isWhole(received: string): boolean {
  const end = received.indexOf('\r\n\r\n');
  const [, length = '0'] = /\r\ncontent-length: (\d+)/i.exec(received) ?? [];
  return end !== -1 && received.length === end + 4 + Number(length);
}
