import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import type { FuzzInput, HttpInput, RawInput, SocketInput } from './input';

/** What came back. */
export interface Outcome {
  /** Null where the connection ended without an answer. */
  readonly status: number | null;
  readonly contentType: string;
  readonly body: string;
  /** Why there is no answer, or only half of one. */
  readonly failure: string | null;
}

const PATIENCE_MS = 40_000;
/** An event stream is left as soon as it has said so much or so little. */
const STREAM_MS = 60;
const SOCKET_MS = 80;
const MOST_BODY = 5_000_000;
const NOTHING: Outcome = { status: null, contentType: '', body: '', failure: null };

/** Sends inputs to one address. */
export class Sending {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(private readonly address: string) {}

  send(input: FuzzInput): Promise<Outcome> {
    if (input.kind === 'http') return this.http(input);
    return input.kind === 'raw' ? this.raw(input) : this.socket(input);
  }

  close(): void {
    this.agent.destroy();
  }

  private http({ method, path, headers, body }: HttpInput): Promise<Outcome> {
    return new Promise((resolve) => {
      const fail = (error: Error) => resolve({ ...NOTHING, failure: error.message });
      try {
        // Said for every method, or the body would be taken for another request.
        const length = body === null ? {} : { 'content-length': String(body.length) };
        const options = { method, headers: { ...headers, ...length }, agent: this.agent, timeout: PATIENCE_MS };
        const asked = request(this.address + path, options, (response) => {
          const chunks: Buffer[] = [];
          const contentType = String(response.headers['content-type'] ?? '');
          const settle = (failure: string | null) =>
            resolve({ status: response.statusCode ?? null, contentType, body: Buffer.concat(chunks).toString('utf8'), failure });
          response.on('data', (chunk: Buffer) => {
            chunks.push(chunk);
            if (chunks.length * chunk.length > MOST_BODY) asked.destroy();
          });
          response.once('end', () => settle(null));
          response.once('error', (error) => settle(contentType.startsWith('text/event-stream') ? null : error.message));
          if (contentType.startsWith('text/event-stream')) setTimeout(() => asked.destroy(), STREAM_MS);
        });
        asked.once('timeout', () => asked.destroy(new Error('no answer in time')));
        asked.once('error', fail);
        asked.end(body ?? undefined);
      } catch (error) {
        // Node's client does not send everything; that is no answer of the server.
        resolve({ ...NOTHING, status: 0, failure: null, body: String(error) });
      }
    });
  }

  private raw({ bytes }: RawInput): Promise<Outcome> {
    const { hostname, port } = new URL(this.address);
    return new Promise((resolve) => {
      let said = '';
      const socket = connect(Number(port), hostname, () => socket.end(bytes));
      const settle = () =>
        resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? 0), contentType: '', body: said, failure: null });
      socket.setTimeout(PATIENCE_MS, () => socket.destroy());
      socket.on('data', (chunk) => (said += said.length < MOST_BODY ? String(chunk) : ''));
      socket.on('error', () => undefined);
      socket.on('close', settle);
    });
  }

  /** A WebSocket that is refused ends with a status; one that was opened is answered when it is closed or has said what it had to say. */
  private socket({ path, protocols, frames }: SocketInput): Promise<Outcome> {
    return new Promise((resolve) => {
      const said: string[] = [];
      const socket = new WebSocket(this.address.replace('http', 'ws') + path, [...protocols]);
      const settle = (status: number) => resolve({ status, contentType: 'application/json', body: `[${said.join(',')}]`, failure: null });
      socket.on('open', () => {
        for (const frame of frames) if (socket.readyState === socket.OPEN) socket.send(frame);
        setTimeout(() => socket.terminate(), SOCKET_MS);
      });
      socket.on('message', (data) => said.push(String(data)));
      socket.on('unexpected-response', (asked, response) => {
        settle(response.statusCode ?? 0);
        asked.destroy();
      });
      socket.on('error', () => undefined);
      socket.on('close', (code) => settle(code === 1006 || code === 1005 ? 200 : code));
    });
  }
}
