import type { Socket } from 'node:net';
import { type FastifyInstance, type FastifyPluginAsync, fastify } from 'fastify';
import { Refusal, type RefusalCode } from '../kernel/refusals';
import { type IntakePorts, registerIntakeRoutes } from './intakeRoutes';
import type { Area, Metrics } from './metrics';
import { type OperationPorts, registerOperationRoutes } from './operationRoutes';
import { registerPixelRoute } from './pixelRoute';
import { answerError, type FaultPorts, JSON_TYPE, refusalJson } from './refusalAnswers';
import { registerSettingsRoute } from './settingsRoute';
import { SocketUpgrade } from './socketUpgrade';
import { registerWebhookRoute, type WebhookPorts } from './webhookRoute';

export interface HttpServerOptions extends IntakePorts, WebhookPorts, OperationPorts, Omit<FaultPorts, 'onRefusal'> {
  readonly metrics: Metrics;
  /** Called before there is any route, to watch what comes and goes. */
  readonly watch?: (app: FastifyInstance) => void;
  /** Registered after the intake, each in a scope of its own: hooks, parsers and error handlers of one don't reach another. */
  readonly plugins: readonly FastifyPluginAsync[];
}

/** A request must have arrived whole by then. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than load balancers keep idle connections, so that it is they who close them. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000;
const MAX_PARAM_CHARACTERS = 500;

/** The whole HTTP surface, not yet listening. Closing it answers 503 on kept connections and waits for what is under way. */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const app = fastify({
    logger: false,
    http: { IncomingMessage: SocketUpgrade },
    bodyLimit: options.maxBodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: MAX_PARAM_CHARACTERS },
    // An address that can't be decoded, such as /v1/%zz.
    frameworkErrors: (_error, _request, reply) =>
      void reply.raw.writeHead(400, { 'content-type': JSON_TYPE }).end(refusalJson('REQUEST_INVALID')),
    clientErrorHandler: answerBrokenRequest,
  });
  options.watch?.(app);
  const onRefusal = (code: RefusalCode) => options.metrics.noteRefusal(code);
  app.setErrorHandler(answerError({ ...options, onRefusal }));
  app.setNotFoundHandler(() => {
    throw new Refusal('NOT_FOUND', 'There is nothing at this path.');
  });
  addArea(app, 'intake', options.metrics, (area) => registerIntakeRoutes(area, options));
  addArea(app, 'intake', options.metrics, (area) => registerPixelRoute(area, { ...options, onRefusal }));
  addArea(app, 'intake', options.metrics, (area) => registerSettingsRoute(area, options.credentials));
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
  const status = isLate ? '408 Request Timeout' : '400 Bad Request';
  const head = `HTTP/1.1 ${status}\r\ncontent-type: ${JSON_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n`;
  if (socket.writable) socket.write(head + body);
  socket.destroy();
}
