import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Credential, Credentials } from '../intake/credential';
import { decodeBody } from '../intake/decodeBody';
import type { Door, Receipt, Sender } from '../intake/door';
import type { Call } from '../intake/message';
import { openBody } from '../intake/openBody';
import type { RateLimiter } from '../intake/rates/rateLimiter';
import { Refusal } from '../kernel/refusals';
import { clientAddress } from './clientAddress';
import { allowAnyOrigin, answerPreflight } from './crossOrigin';
import { CLIENT_METRICS_PATH, INTAKE_PATHS } from './intakePaths';
import { addRateLimitHeaders } from './rateLimitHeaders';
import { JSON_TYPE } from './refusalAnswers';
import { findSender, keyInBody, keyInHeaders, senderOf } from './writeKey';

export interface IntakePorts {
  readonly door: Door;
  readonly credentials: Credentials;
  /** Of a body, decompressed. */
  readonly maxBodyBytes: number;
  /** In front of the server, each of which adds to X-Forwarded-For. (Default: 0) */
  readonly trustedProxies?: number;
  /** By source: how many messages it may send; null: as many as it likes. (Default: null) */
  readonly messageRates?: RateLimiter | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose messages the request brings, where a header says so. */
    sender: Sender | null;
  }
}

const NOTHING = Buffer.alloc(0);
/** What every body is taken for, whatever its sender called it. */
const ANY_TYPE = 'application/octet-stream';
const SUCCESS = '{"success":true}';
const OTHER_METHODS = ['GET', 'PUT', 'PATCH', 'DELETE'];

/** Takes messages in. Says success when they are on disk; a body is JSON whatever its content-type says. */
export function registerIntakeRoutes(app: FastifyInstance, ports: IntakePorts): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(ANY_TYPE, { parseAs: 'buffer', bodyLimit: ports.maxBodyBytes }, (_request, body, done) => done(null, body));
  app.decorateRequest('sender', null);
  allowAnyOrigin(app);
  app.addHook('onRequest', (request, _reply, done) => {
    // A library may say anything here, also what is no content-type at all.
    request.raw.headers['content-type'] = ANY_TYPE;
    recogniseSender(request, ports, done);
  });
  for (const { path, call } of INTAKE_PATHS) addIntakePath(app, path, (request, reply) => take(request, reply, call, ports));
  addIntakePath(app, CLIENT_METRICS_PATH, (_request, reply) => sendJson(reply, SUCCESS));
}

type Take = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>;

function addIntakePath(app: FastifyInstance, path: string, handler: Take): void {
  app.post(path, handler);
  answerPreflight(app, path, 'POST');
  app.route({
    method: OTHER_METHODS,
    url: path,
    handler: (_request, reply) => {
      reply.header('allow', 'POST, OPTIONS');
      throw new Refusal('METHOD_NOT_ALLOWED', 'Messages are sent by POST.');
    },
  });
}

/** Turns away who may not send, or has to wait, before the body is read. Without a key in a header that has to wait for the body. */
function recogniseSender(request: FastifyRequest, ports: IntakePorts, done: (error?: Error) => void): void {
  const key = request.method === 'POST' ? keyInHeaders(request.headers) : null;
  if (key === null) {
    done();
    return;
  }
  const credential = ports.credentials.lookUp(key, () => clientAddress(request.raw, ports.trustedProxies ?? 0));
  if (credential instanceof Promise) credential.then((found) => done(admit(request, found, ports)), done);
  else done(admit(request, credential, ports));
}

/** Answers the refusal where there is one. */
function admit(request: FastifyRequest, credential: Credential | null, ports: IntakePorts): Refusal | undefined {
  try {
    const sender = senderOf(credential);
    refuseWhenTooMuch(sender, ports);
    request.sender = sender;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

async function take(request: FastifyRequest, reply: FastifyReply, call: Call | null, ports: IntakePorts): Promise<FastifyReply> {
  const raw = request.body instanceof Buffer ? request.body : NOTHING;
  const body = decodeBody(raw, request.headers['content-encoding'], ports.maxBodyBytes);
  const open = openBody({ body, call });
  const sender = request.sender ?? (await senderByKey(request, keyInBody(open.body) ?? keyInQuery(request), ports));
  const { messageRates } = ports;
  if (messageRates) {
    messageRates.charge(rateId(sender), open.messages.length);
    addRateLimitHeaders(reply, 'messages', messageRates, rateId(sender));
  }
  return sendJson(reply, receiptJson(await ports.door.receive(sender, open, { call, body })));
}

async function senderByKey(request: FastifyRequest, key: string | null, ports: IntakePorts): Promise<Sender> {
  const sender = await findSender(ports.credentials, key, () => clientAddress(request.raw, ports.trustedProxies ?? 0));
  refuseWhenTooMuch(sender, ports);
  return sender;
}

/** How many messages a body brings is known when it is read, and no batch is taken in part: the one that goes beyond the limit is still taken. */
function refuseWhenTooMuch(sender: Sender, { door, messageRates }: IntakePorts): void {
  door.refuseWhenBehind(sender.workspaceId);
  messageRates?.refuseWhenSpent(rateId(sender));
}

function rateId({ workspaceId, sourceId }: Sender): string {
  return `${workspaceId}.${sourceId}`;
}

function keyInQuery(request: FastifyRequest): string | null {
  const { writeKey } = request.query as { readonly writeKey?: unknown };
  return typeof writeKey === 'string' ? writeKey : null;
}

function receiptJson({ position, rejected }: Receipt): string {
  if (rejected.length > 0) return JSON.stringify({ success: true, ...(position === null ? {} : { position: String(position) }), rejected });
  return position === null ? SUCCESS : `{"success":true,"position":"${position}"}`;
}

function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type(JSON_TYPE).send(json);
}
