import type { FastifyInstance } from 'fastify';

const ALLOWED_HEADERS = 'authorization, content-type, content-encoding, x-retry-count, x-write-key';
const MAX_AGE_SECONDS = '86400';

/** Lets pages of any origin send, without credentials: a write key is public, and all it can do is send. */
export function allowAnyOrigin(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', 'retry-after');
    done();
  });
}

/** Answers the question that a browser asks ahead of a request. */
export function answerPreflight(app: FastifyInstance, path: string, methods: string): void {
  app.options(path, (_request, reply) =>
    reply
      .header('access-control-allow-methods', methods)
      .header('access-control-allow-headers', ALLOWED_HEADERS)
      .header('access-control-max-age', MAX_AGE_SECONDS)
      .code(204)
      .send(),
  );
}
