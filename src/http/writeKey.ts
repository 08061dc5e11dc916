import type { IncomingHttpHeaders } from 'node:http';
import type { Credential, Credentials } from '../intake/credential';
import type { Sender } from '../intake/door';
import { isJsonObject, type JsonObject } from '../kernel/json';
import { Refusal } from '../kernel/refusals';

/** The key as headers carry it: Basic (user name, empty password), Bearer, or X-Write-Key (whose part after a colon is a secret). */
export function keyInHeaders(headers: IncomingHttpHeaders): string | null {
  const { authorization } = headers;
  if (authorization !== undefined) return keyInAuthorization(authorization);
  const writeKey = headers['x-write-key'];
  return typeof writeKey === 'string' ? beforeColon(writeKey) : null;
}

/** The key as a body carries it: beside the message or the batch, or in the batch's first message. */
export function keyInBody(body: JsonObject): string | null {
  const { writeKey, batch } = body;
  if (typeof writeKey === 'string') return writeKey;
  const first: unknown = Array.isArray(batch) ? batch[0] : null;
  return isJsonObject(first) && typeof first['writeKey'] === 'string' ? first['writeKey'] : null;
}

/** Whose messages these are; refuses with UNAUTHENTICATED, or with FORBIDDEN for an API key, which can't send messages. */
export function senderOf(credential: Credential | null): Sender {
  if (credential === null) throw new Refusal('UNAUTHENTICATED');
  const { workspaceId, sourceId } = credential;
  if (sourceId === null) throw new Refusal('FORBIDDEN', 'An API key can not send messages; use the write key of a source.');
  return { workspaceId, sourceId };
}

/** As `senderOf`, for a key that still has to be looked up. */
export async function findSender(credentials: Credentials, key: string | null, from: () => string): Promise<Sender> {
  return senderOf(key === null ? null : await credentials.lookUp(key, from));
}

function keyInAuthorization(authorization: string): string | null {
  const [, scheme = '', value = ''] = /^\s*(\w+)\s+(\S+)\s*$/.exec(authorization) ?? [];
  if (/^bearer$/i.test(scheme)) return value;
  return /^basic$/i.test(scheme) ? beforeColon(Buffer.from(value, 'base64').toString('utf8')) : null;
}

function beforeColon(text: string): string {
  const colon = text.indexOf(':');
  return colon === -1 ? text : text.slice(0, colon);
}
