import { lookup as resolveName } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Answer } from '../../activation/delivery';
import { faultOfUrl, hostOf } from '../../activation/destinationUrl';
import { isPublicAddress } from '../../activation/publicAddress';
import { retryAfterOf } from '../../activation/retries';
import type { Clock } from '../../kernel/clock';

/** For all of it: finding the address, connecting, sending, and the answer with its body. */
const TIME_LIMIT_MS = 15_000;
/** Of an answer's body, which nobody looks at; it is read so that the connection can be used again. */
const MOST_BODY_BYTES = 1_024;
const CONNECTIONS_A_HOST = 64;
const IDLE_CONNECTION_MS = 30_000;

/** What a system answers for a name; `dns.lookup` but in tests. */
export type ResolveName = typeof resolveName;

export interface WebhookSenderOptions {
  readonly clock: Clock;
  /** Also plain http, and addresses that are not public. */
  readonly allowPrivate: boolean;
  readonly timeLimitMs?: number;
  readonly resolve?: ResolveName;
}

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** An address that nothing is sent to. */
class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED';
}

/**
 * Posts over connections that are kept for the next request. A name is resolved once for each connection, and connected to is only an address that was
 * found public. Redirects are not followed. Never throws.
 */
export class WebhookSender {
  private readonly http: http.Agent;
  private readonly https: https.Agent;

  constructor(private readonly options: WebhookSenderOptions) {
    const manner = { keepAlive: true, maxSockets: CONNECTIONS_A_HOST, timeout: IDLE_CONNECTION_MS };
    this.http = new http.Agent(manner);
    this.https = new https.Agent(manner);
  }

  async send(request: WebhookRequest): Promise<Answer> {
    if (faultOfUrl(request.url, this.options.allowPrivate) !== null) return noAnswer('ADDRESS_REFUSED');
    const signal = AbortSignal.timeout(this.options.timeLimitMs ?? TIME_LIMIT_MS);
    try {
      return await this.post(request, signal, false);
    } catch (error) {
      if (!(error instanceof LostConnection)) return noAnswer(codeOf(error, signal));
      return await this.post(request, signal, true).catch((second: unknown) => noAnswer(codeOf(second, signal)));
    }
  }

  close(): void {
    this.http.destroy();
    this.https.destroy();
  }

  /** `fresh`: over a connection of its own, for a kept one may be closed by the other side at the moment it is used. */
  private post({ url, headers, body }: WebhookRequest, signal: AbortSignal, fresh: boolean): Promise<Answer> {
    const target = new URL(url);
    const isSecure = target.protocol === 'https:';
    const agent = fresh ? false : isSecure ? this.https : this.http;
    const payload = Buffer.from(body);
    return new Promise((resolve, reject) => {
      const request = (isSecure ? https : http).request(target, {
        method: 'POST',
        agent,
        signal,
        lookup: this.lookUp,
        headers: { ...headers, 'content-type': 'application/json', 'content-length': payload.length },
      });
      let answer: Answer | null = null;
      request.on('error', (error) => {
        if (answer) resolve(answer);
        else reject(request.reusedSocket && !signal.aborted ? new LostConnection() : error);
      });
      request.on('response', (response) => {
        const read = this.answerOf(response);
        answer = read;
        drain(response, () => resolve(read));
      });
      request.end(payload);
    });
  }

  private answerOf({ statusCode = 0, headers }: http.IncomingMessage): Answer {
    if (statusCode >= 200 && statusCode < 300) return { status: statusCode, error: null, retryAfterMs: null };
    const retryAfterMs = retryAfterOf(headers['retry-after'], this.options.clock());
    return { status: statusCode, error: statusCode >= 300 && statusCode < 400 ? 'REDIRECT' : 'STATUS', retryAfterMs };
  }

  /** Answers only addresses that may be connected to, and fails where there is none. An address in the URL itself does not come here. */
  private readonly lookUp: LookupFunction = (hostname, options, callback) => {
    const resolve = this.options.resolve ?? resolveName;
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const allowed = this.options.allowPrivate ? addresses : addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = allowed;
      if (!first) return callback(new AddressRefused(), []);
      return options.all ? callback(null, allowed) : callback(null, first.address, first.family);
    });
  };
}

/** Whether something may be sent to where a URL leads by now; true where its name can't be resolved at the moment. */
export function leadsOutside(url: string, resolve: ResolveName = resolveName): Promise<boolean> {
  const host = hostOf(new URL(url));
  if (isIP(host) !== 0) return Promise.resolve(isPublicAddress(host));
  return new Promise((answer) => {
    resolve(host, { all: true }, (error, addresses) => answer(error !== null || addresses.some(({ address }) => isPublicAddress(address))));
  });
}

/** A kept connection was closed before anything was answered on it. */
class LostConnection extends Error {}

/** The status has said everything: however the body ends, and if it is too long or too slow. */
function drain(response: http.IncomingMessage, done: () => void): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BODY_BYTES) response.destroy();
  });
  response.on('error', done);
  response.on('close', done);
}

function noAnswer(error: string): Answer {
  return { status: null, error, retryAfterMs: null };
}

/** Short, and none of it from the other side. */
function codeOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'TIMEOUT';
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return /^[A-Z][A-Z0-9_]{1,59}$/.test(code) ? code : 'CONNECTION';
}
