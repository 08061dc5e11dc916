import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import { Refusal } from '../kernel/refusals';
import type { ReadinessReport } from './readinessReport';

export interface OperationPorts {
  readonly metrics: { readonly registry: Registry };
  readonly readiness: () => Promise<ReadinessReport>;
  /** Who may read the metrics must say it as a bearer; null: whoever is on this machine may. */
  readonly metricsToken: string | null;
}

/** Set by proxies: then it is not this machine that asks. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip'] as const;
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** For whoever runs the server: is it up, does it want requests, how is it doing. */
export function registerOperationRoutes(app: FastifyInstance, { metrics, readiness, metricsToken }: OperationPorts): void {
  app.get('/healthz', (_request, reply) => reply.send({ status: 'up' }));
  app.get('/readyz', async (_request, reply) => {
    const { isReady, checks } = await readiness();
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: isReady ? 'ready' : 'not ready', checks });
  });
  app.get('/metrics', async (request, reply) => {
    admitReader(request, reply, metricsToken);
    return reply
      .type(metrics.registry.contentType)
      .header('cache-control', 'no-store')
      .send(await metrics.registry.metrics());
  });
}

/** Refuses with UNAUTHENTICATED or FORBIDDEN. */
function admitReader(request: FastifyRequest, reply: FastifyReply, token: string | null): void {
  if (token === null) {
    const isForwarded = FORWARDED.some((name) => request.headers[name] !== undefined);
    if (!isForwarded && LOOPBACK.test(request.socket.remoteAddress ?? '')) return;
    throw new Refusal('FORBIDDEN', 'Without METRICS_TOKEN metrics are for this machine alone.');
  }
  const [, said] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (said !== undefined && timingSafeEqual(digest(said), digest(token))) return;
  reply.header('www-authenticate', 'Bearer realm="metrics"');
  throw new Refusal('UNAUTHENTICATED');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
