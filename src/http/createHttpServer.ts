import type { Socket } from 'node:net';
import { type FastifyInstance, type FastifyPluginAsync, fastify } from 'fastify';
import { Refusal, type RefusalCode } from '../kernel/refusals';
import { CONNECTION_LIMITS, type ConnectionLimits, LATE_REQUESTS_CHECK_MS, limitConnections } from './connectionLimits';
import { type IntakePorts, registerIntakeRoutes } from './intakeRoutes';
import type { Area, Metrics } from './metrics';
import { type OperationPorts, registerOperationRoutes } from './operationRoutes';
import { registerPixelRoute } from './pixelRoute';
import { answerError, type FaultPorts, JSON_TYPE, refusalJson } from './refusalAnswers';
import { addSecurityHeaders, rawAnswer, securityHeaders } from './securityHeaders';
import { registerSettingsRoute } from './settingsRoute';
import { SocketUpgrade } from './socketUpgrade';
import { registerWebhookRoute, type WebhookPorts } from './webhookRoute';

export interface HttpServerOptions extends IntakePorts, WebhookPorts, OperationPorts, Omit<FaultPorts, 'onRefusal'> {
  readonly metrics: Metrics;
  /** Called before there is any route, to watch what comes and goes. */
  readonly watch?: (app: FastifyInstance) => void;
  /** Registered after the intake, each in a scope of its own: hooks, parsers and error handlers of one don't reach another. */
  readonly plugins: readonly FastifyPluginAsync[];
  /** (Default: CONNECTION_LIMITS) */
  readonly connectionLimits?: ConnectionLimits;
}

/** Longer than load balancers keep idle connections, so that it is they who close them. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000;
const MAX_PARAM_CHARACTERS = 500;
const MAX_HEADER_BYTES = 16 * 1024;
const TOO_MANY_CONNECTIONS = rawAnswer(
  '429 Too Many Requests',
  JSON_TYPE,
  refusalJson('RATE_LIMITED', 'Too many connections are open from this address.'),
);

/** The whole HTTP surface, not yet listening. Closing it answers 503 on kept connections and waits for what is under way. */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const limits = options.connectionLimits ?? CONNECTION_LIMITS;
  const headers = securityHeaders(options.publicUrl);
  const app = fastify({
    logger: false,
    http: {
      IncomingMessage: SocketUpgrade,
      headersTimeout: limits.headersTimeoutMs,
      connectionsCheckingInterval: LATE_REQUESTS_CHECK_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    bodyLimit: options.maxBodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    connectionTimeout: limits.idleTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: MAX_PARAM_CHARACTERS },
    // An address that can't be decoded, such as /v1/%zz.
    frameworkErrors: (_error, _request, reply) =>
      void reply.raw.writeHead(400, { ...headers, 'content-type': JSON_TYPE }).end(refusalJson('REQUEST_INVALID')),
    clientErrorHandler: answerBrokenRequest,
  });
  limitConnections(app.server, limits, TOO_MANY_CONNECTIONS);
  addSecurityHeaders(app, headers);
  options.watch?.(app);
  const onRefusal = (code: RefusalCode) => options.metrics.noteRefusal(code);
  app.setErrorHandler(answerError({ ...options, onRefusal }));
  app.setNotFoundHandler(() => {
    throw new Refusal('NOT_FOUND', 'There is nothing at this path.');
  });
  addArea(app, 'intake', options.metrics, (area) => registerIntakeRoutes(area, options));
  addArea(app, 'intake', options.metrics, (area) => registerPixelRoute(area, { ...options, onRefusal }));
  addArea(app, 'intake', options.metrics, (area) => registerSettingsRoute(area, options));
  addArea(app, 'intake', options.metrics, (area) => registerWebhookRoute(area, options));
  addArea(app, 'operations', options.metrics, (area) => registerOperationRoutes(area, options));
  for (const plugin of options.plugins) addArea(app, 'api', options.metrics, (area) => void area.register(plugin));
  return app;
}

function addArea(app: FastifyInstance, area: Area, metrics: Metrics, register: (scope: FastifyInstance) => void): void {
  app.register((scope, _options, done) => {
    scope.addHook('onResponse', (_request, reply, finished) => {
      metrics.noteAnswer(area, reply.statusCode, reply.elapsedTime);
      finished();
    });
    register(scope);
    done();
  });
}

/** What is no HTTP, or did not come to an end in time: there is no request yet that could be answered. */
function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const body = refusalJson('REQUEST_INVALID', isLate ? 'The request did not arrive in time.' : undefined);
  if (socket.writable) socket.write(rawAnswer(isLate ? '408 Request Timeout' : '400 Bad Request', JSON_TYPE, body));
  socket.destroy();
}
