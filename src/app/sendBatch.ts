import { isJsonObject, type Json } from '../kernel/json';

export interface BatchDoor {
  readonly baseUrl: string;
  readonly sleep: (waitMs: number) => Promise<unknown>;
  readonly signal: AbortSignal | undefined;
}

/** A message that the server refused while it took the others. */
export interface RejectedMessage {
  /** Its place in the batch. */
  readonly index: number;
  readonly code: string;
  readonly reason: string;
}

/** An overloaded server says itself when to come back; it is given time. One that fails is given up sooner. */
const MOST_OVERLOADS = 200;
const MOST_FAILURES = 8;
const LONGEST_WAIT_MS = 60_000;

/** Posts one gzipped batch until it is answered for. Resolves to those of its messages that were refused. Throws where it can't be sent. */
export async function sendBatch(door: BatchDoor, writeKey: string, body: Uint8Array<ArrayBuffer>): Promise<readonly RejectedMessage[]> {
  for (let overloads = 0, failures = 0; ; ) {
    const response = await post(door, writeKey, body);
    if (response instanceof Response && response.ok) return rejectedIn(await response.text());
    door.signal?.throwIfAborted();
    const isOverload = response instanceof Response && response.status === 429;
    if (isOverload) overloads++;
    else failures++;
    if (overloads > MOST_OVERLOADS || failures > MOST_FAILURES || isRefusal(response)) throw await failure(response);
    await door.sleep(waitMs(response, failures));
  }
}

async function post({ baseUrl, signal }: BatchDoor, writeKey: string, body: Uint8Array<ArrayBuffer>): Promise<Response | Error> {
  const headers = {
    authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
    'content-type': 'application/json',
    'content-encoding': 'gzip',
  };
  try {
    return await fetch(new URL('/v1/batch', baseUrl), { method: 'POST', headers, body, signal: signal ?? null });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** A 4xx other than 429 will be the same tomorrow. */
function isRefusal(response: Response | Error): boolean {
  return response instanceof Response && response.status >= 400 && response.status < 500 && response.status !== 429;
}

function waitMs(response: Response | Error, failures: number): number {
  const retryAfterS = response instanceof Response ? Number(response.headers.get('retry-after') ?? Number.NaN) : Number.NaN;
  const backoffMs = 250 * 2 ** failures;
  return Math.min(LONGEST_WAIT_MS, retryAfterS >= 0 ? retryAfterS * 1000 : backoffMs);
}

async function failure(response: Response | Error): Promise<Error> {
  if (response instanceof Error) return new Error('The messages could not be sent: the server does not answer.', { cause: response });
  return new Error(`The messages could not be sent: the server answered ${response.status} ${(await response.text()).slice(0, 300)}`);
}

function rejectedIn(answer: string): readonly RejectedMessage[] {
  const parsed: unknown = JSON.parse(answer);
  const rejected = isJsonObject(parsed) ? parsed['rejected'] : undefined;
  return Array.isArray(rejected) ? rejected.filter(isJsonObject).map(rejectedFrom) : [];
}

function rejectedFrom({ index, code, reason }: Readonly<Record<string, Json | undefined>>): RejectedMessage {
  return { index: Number(index), code: String(code), reason: String(reason) };
}
