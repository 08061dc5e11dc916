import type { FastifyInstance } from 'fastify';

const SENDERS_HEADERS = 'authorization, content-type, content-encoding, x-retry-count, x-write-key';
const READERS_HEADERS =
  'accept, authorization, content-type, content-encoding, last-event-id, throughline-position, apollo-require-preflight';
const EXPOSED_HEADERS = 'retry-after, ratelimit, ratelimit-policy';
const MAX_AGE_SECONDS = '86400';

/** Lets pages of any origin send, without credentials: a write key is public, and all it can do is send. */
export function allowAnyOrigin(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', EXPOSED_HEADERS);
    done();
  });
}

/** Lets pages of these origins read what a key lets them read. They send it themselves; a browser has nothing to add to it. */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const allowed = new Set(origins);
  app.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers;
    reply.header('vary', 'origin');
    if (origin !== undefined && allowed.has(origin)) {
      reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', `${EXPOSED_HEADERS}, throughline-as-of`);
    }
    done();
  });
  for (const path of ['/graphql', '/graphql/stream']) addPreflight(app, path, 'GET, POST', READERS_HEADERS);
  addPreflight(app, '/exports/segments/:file', 'GET', READERS_HEADERS);
}

/** Answers the question that a browser asks ahead of a request that sends messages. */
export function answerPreflight(app: FastifyInstance, path: string, methods: string): void {
  addPreflight(app, path, methods, SENDERS_HEADERS);
}

function addPreflight(app: FastifyInstance, path: string, methods: string, headers: string): void {
  app.options(path, (_request, reply) =>
    reply
      .header('access-control-allow-methods', methods)
      .header('access-control-allow-headers', headers)
      .header('access-control-max-age', MAX_AGE_SECONDS)
      .code(204)
      .send(),
  );
}
