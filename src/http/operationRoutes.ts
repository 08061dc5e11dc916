import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics';

export interface OperationPorts {
  readonly metrics: Metrics;
  /** What the process still lacks to serve requests, one sentence each; empty when it is ready. */
  readonly readiness: () => Promise<readonly string[]>;
}

/** For whoever runs the server: is it up, does it want requests, how is it doing. */
export function registerOperationRoutes(app: FastifyInstance, { metrics, readiness }: OperationPorts): void {
  app.get('/healthz', (_request, reply) => reply.send({ status: 'up' }));
  app.get('/readyz', async (_request, reply) => {
    const missing = await readiness();
    return missing.length === 0 ? reply.send({ status: 'ready' }) : reply.code(503).send({ status: 'not ready', missing });
  });
  app.get('/metrics', async (_request, reply) => reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()));
}
