import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { INTAKE_PATHS } from '../../src/http/intakePaths';
import { isJsonObject, type Json } from '../../src/kernel/json';
import type { Chance } from './chance';
import type { FuzzTarget, HttpInput } from './input';
import { mutatedBytes, mutatedJson } from './mutate';
import type { Nonsense } from './nonsense';
import { segmentMessage } from './segmentMessages';

/** What every message of a run is called by: so that it can be found again. */
export const MESSAGE_ID = /^fuzz-\d+-\d+-\d+$/;
const METHODS = ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'];
const CONTENT_TYPES = ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'x', ';;'];

interface Making {
  readonly chance: Chance;
  readonly nonsense: Nonsense;
  readonly target: FuzzTarget;
  readonly seed: number;
  readonly index: number;
}

/** Messages to one of the paths that take them: as they are, or with something wrong in them, around them or in how they are packed. */
export function intakeInput({ chance, nonsense, target, seed, index }: Making): HttpInput {
  const { path, call } = chance.pick(INTAKE_PATHS);
  const count = call === null ? chance.below(6) : 1;
  const messages = Array.from({ length: count }, (_, n) => segmentMessage(chance, `fuzz-${seed}-${index}-${n}`));
  const whole: Json = call === null ? { batch: messages, sentAt: '2026-06-01T12:00:01.000Z' } : { ...messages[0], type: call };
  const payload = chance.isTrue(0.75) ? mutatedJson(whole, chance, nonsense) : whole;
  const text = Buffer.from(JSON.stringify(payload));
  const isBroken = chance.isTrue(0.15);
  const packed = pack(isBroken ? mutatedBytes(text, chance) : text, chance);
  return {
    kind: 'http',
    method: chance.isTrue(0.97) ? 'POST' : chance.pick(METHODS),
    path: chance.isTrue(0.97) ? path : `${path}/${encodeURIComponent(nonsense.text(chance).toWellFormed())}?writeKey=${target.writeKey}`,
    headers: {
      'content-type': chance.isTrue(0.8) ? 'application/json' : chance.pick(CONTENT_TYPES),
      ...authorization(chance, target),
      ...packed.headers,
    },
    body: packed.body,
    messageIds: isBroken || packed.isBroken ? [] : idsIn(payload, call === null),
  };
}

function authorization(chance: Chance, { writeKey, apiKey }: FuzzTarget): Record<string, string> {
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  return chance.weighted<Record<string, string>>([
    [20, basic(`${writeKey}:`)],
    [2, { authorization: `Bearer ${writeKey}` }],
    [2, { 'x-write-key': writeKey }],
    [1, basic(`${apiKey}:`)],
    [1, basic(':::')],
    [1, { authorization: 'Basic' }],
    [1, { authorization: 'Digest x="\u00ff"' }],
    [1, {}],
  ]);
}

function pack(
  body: Buffer,
  chance: Chance,
): { readonly body: Buffer; readonly headers: Record<string, string>; readonly isBroken: boolean } {
  const as = (encoding: string, packed: Buffer, isBroken = false) => ({
    body: packed,
    headers: { 'content-encoding': encoding },
    isBroken,
  });
  return chance.weighted([
    [20, () => ({ body, headers: {}, isBroken: false })],
    [3, () => as('gzip', gzipSync(body))],
    [1, () => as('deflate', deflateSync(body), true)],
    [1, () => as('br', brotliCompressSync(body), true)],
    [1, () => as('gzip', mutatedBytes(gzipSync(body), chance), true)],
    [1, () => as('gzip', body, true)],
    [1, () => as('gzip, gzip', gzipSync(gzipSync(body)), true)],
    [0.2, () => as('gzip', gzipSync(Buffer.alloc(20_000_000)), true)],
    [1, () => as('x-\u00ff', body, true)],
  ])();
}

/** Of what is still a message with the id that it was given. */
function idsIn(payload: Json, isBatch: boolean): string[] {
  const batch = isBatch && isJsonObject(payload) ? payload['batch'] : [payload];
  const messages = Array.isArray(batch) ? (batch as readonly Json[]) : [];
  return messages.flatMap((message) => {
    const id = isJsonObject(message) ? message['messageId'] : null;
    return typeof id === 'string' && MESSAGE_ID.test(id) ? [id] : [];
  });
}
