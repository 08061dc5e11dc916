import { HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { accessOf } from '../../api/accessOf';
import { refusedRequest } from '../../api/errorEdge';
import type { GraphqlServer } from '../../api/graphqlServer';
import { Operation } from '../../api/operation';
import type { PersistedDocuments } from '../../api/persistedDocuments';
import { POSITION_HEADER, parsePosition } from '../../api/readYourWrites';
import { type RequestContext, type RequestParts, type RequestSurroundings, requestContext } from '../../api/requestContext';
import type { SettingsCache } from '../../api/workspaceSettings';
import { clientAddress } from '../../http/clientAddress';
import { keyInHeaders } from '../../http/writeKey';
import type { KeyLookup } from '../../intake/credential';
import { decodeBody } from '../../intake/decodeBody';
import { parseJson, parseJsonExactly } from '../../intake/parseJson';
import { isJsonObject } from '../../kernel/json';
import { REFUSALS, Refusal } from '../../kernel/refusals';
import type { ApiLimits } from './apiLimits';
import { KeyMeter } from './keyMeter';

export interface GraphqlPluginOptions extends RequestSurroundings {
  readonly server: GraphqlServer;
  readonly credentials: KeyLookup;
  readonly settings: SettingsCache;
  /** Of a body, decompressed. */
  readonly maxBodyBytes: number;
  /** GraphiQL. */
  readonly page: () => Promise<SentPage>;
  readonly limits: ApiLimits;
  /** What an error of the database means to who asked; null for a bug. */
  readonly refusalOf: (error: unknown) => Refusal | null;
  /** Told of bugs, with the id that the client was given. */
  readonly onBug: (error: unknown, id: string) => void;
}

/** UTF-8, with its Content-Security-Policy. */
export interface SentPage {
  readonly html: Buffer;
  readonly policy: string;
}

/** An integer that a double may not hold. */
const LONG_NUMBER = /\d{16}/;
/** What Apollo looks at: how the answer is to be written, and whether a browser could have sent the request unasked. */
const HEADERS_OF_USE = ['accept', 'content-type', 'apollo-require-preflight', 'x-apollo-operation-name'];

/**
 * The API at /graphql, and GraphiQL for browsers. Apollo's own Fastify integration is not used: it takes the Host header apart,
 * where a broken one ends in a 500, and copies every header of every request.
 */
export function graphqlPlugin(options: GraphqlPluginOptions): FastifyPluginAsync {
  return async (app) => {
    await options.server.start();
    app.addHook('onClose', () => options.server.stop());
    app.setErrorHandler((error, _request, reply) => answerFault(error, reply, options));
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: options.maxBodyBytes }, (_request, body, done) => done(null, body));
    app.post('/graphql', (request, reply) => answer(request, reply, options));
    app.get('/graphql', (request, reply) => (wantsPage(request) ? sendPage(reply, options) : answer(request, reply, options)));
  };
}

async function answer(request: FastifyRequest, reply: FastifyReply, options: GraphqlPluginOptions): Promise<FastifyReply> {
  const operation = new Operation(options.limits.operationTimeoutMs);
  const meter = options.limits.spending && new KeyMeter(options.limits.spending);
  reply.raw.once('close', () => operation.leave());
  const answered = await operation.until(execute(request, { operation, meter }, options)).finally(() => {
    operation.keep();
    meter?.addHeaders(reply);
  });
  const { status, headers, body } = answered;
  for (const [name, value] of headers) reply.header(name, value);
  if (body.kind !== 'complete') throw new Error('No answer of this server comes in parts.');
  return reply.code(status ?? 200).send(body.string);
}

type Asked = Pick<RequestParts, 'operation'> & { readonly meter: KeyMeter | null };

async function execute(request: FastifyRequest, asked: Asked, options: GraphqlPluginOptions): Promise<HTTPGraphQLResponse> {
  const httpGraphQLRequest = {
    method: request.method,
    headers: headersOf(request),
    search: request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '',
    body: readBody(request, options.maxBodyBytes),
  };
  const context = async () => {
    try {
      const context = await contextOf(request, asked, options);
      if (options.limits.documents) nameDocument(httpGraphQLRequest, options.limits.documents);
      return context;
    } catch (error) {
      throw error instanceof Refusal ? refusedRequest(error) : error;
    }
  };
  return await options.server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context });
}

/** Puts the text of the document that is asked for where Apollo reads it. Refuses with DOCUMENT_UNKNOWN. */
function nameDocument(asked: { body: unknown; search: string; readonly method: string }, documents: PersistedDocuments): void {
  if (asked.method === 'GET') asked.search = documents.resolveSearch(asked.search);
  else if (isJsonObject(asked.body)) asked.body = documents.resolve(asked.body);
}

/** What goes wrong before there is a query: a body that can't be read, or a fault of the server. In the shape that clients of GraphQL read. */
export function answerFault(
  error: unknown,
  reply: FastifyReply,
  options: Pick<GraphqlPluginOptions, 'newId' | 'onBug' | 'refusalOf'>,
): FastifyReply {
  const refusal = error instanceof Refusal ? error : (refusalOfFastify(error) ?? options.refusalOf(error));
  const id = refusal ? null : options.newId();
  if (id !== null) options.onBug(error, id);
  const code = refusal?.code ?? 'INTERNAL';
  const message = refusal?.message ?? `${REFUSALS.INTERNAL.meaning} Its number is ${id}.`;
  return reply
    .code(REFUSALS[code].http)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ errors: [{ message, extensions: { code, ...(id !== null && { id }) } }] }));
}

function refusalOfFastify(error: unknown): Refusal | null {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number' || error.statusCode >= 500) return null;
  return error.statusCode === 413 ? new Refusal('BODY_TOO_LARGE') : new Refusal('REQUEST_INVALID', error.message);
}

/** Refuses before anything is read of the query: who asks, and whether what they wrote is there. */
async function contextOf(request: FastifyRequest, { operation, meter }: Asked, options: GraphqlPluginOptions): Promise<RequestContext> {
  const key = keyInHeaders(request.headers);
  const from = () => clientAddress(request.raw, options.limits.trustedProxies);
  const found = key === null ? null : options.credentials.lookUp(key, from);
  const credential = found instanceof Promise ? await found : found;
  const access = accessOf(credential);
  meter?.begin(credential?.credentialId ?? '');
  const position = request.headers[POSITION_HEADER];
  if (position !== undefined) await options.positions.reached(access.workspaceId, parsePosition(String(position)));
  const settings = await options.settings.settingsOf(access.workspaceId);
  return requestContext(options, { access, settings, operation, meter, live: null });
}

/** JSON only, as browsers must ask before they send that to another site; whatever else comes is for Apollo to refuse. */
function readBody(request: FastifyRequest, maxBodyBytes: number): unknown {
  if (request.method !== 'POST' || !(request.body instanceof Buffer)) return undefined;
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type.trim())) return undefined;
  const text = decodeBody(request.body, request.headers['content-encoding'], maxBodyBytes).toString('utf8');
  return LONG_NUMBER.test(text) ? parseJsonExactly(text) : parseJson(text);
}

function headersOf(request: FastifyRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const name of HEADERS_OF_USE) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  // A page of another site can't send a key unasked: the browser would ask this server first.
  if (/^\s*bearer\s/i.test(request.headers.authorization ?? '')) headers.set('apollo-require-preflight', '1');
  return headers;
}

function wantsPage(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? '';
  return accept.includes('text/html') && !accept.startsWith('application/json');
}

async function sendPage(reply: FastifyReply, options: GraphqlPluginOptions): Promise<FastifyReply> {
  const { html, policy } = await options.page();
  return reply.type('text/html; charset=utf-8').header('content-security-policy', policy).header('cache-control', 'no-store').send(html);
}
