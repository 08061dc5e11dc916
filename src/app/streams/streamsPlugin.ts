import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { clientAddress } from '../../http/clientAddress';
import { keyInHeaders } from '../../http/writeKey';
import { Refusal } from '../../kernel/refusals';
import { EventStreams } from './eventStream';
import { Sessions } from './sessions';
import { streamRequestOf } from './streamRequest';
import { Subscribing, type SubscribingOptions } from './subscribing';
import { WebSockets } from './webSockets';

export interface StreamsPluginOptions extends SubscribingOptions {
  /** Null: as requests say. */
  readonly publicUrl: string | null;
  readonly maxBodyBytes: number;
  /** Told of what is no client's fault and no answer's. */
  readonly onError: (error: unknown) => void;
  readonly onStream?: (change: 1 | -1) => void;
  /** As the rest of the API answers what goes wrong before there is a query. */
  readonly answerFault: (error: unknown, reply: FastifyReply) => FastifyReply;
  /** Ends what the subscriptions read from. */
  readonly close: () => Promise<void>;
}

const PATH = '/graphql/stream';

/** Subscriptions: WebSockets at /graphql, and server-sent events at /graphql/stream. All of them end when the server is told to stop. */
export function streamsPlugin(options: StreamsPluginOptions): FastifyPluginAsync {
  return (app) => {
    const { publicUrl, limits, onError } = options;
    const subscribing = new Subscribing(options);
    const sessions = new Sessions({ isAllowed: (key) => subscribing.isAllowed(key), onError, onStream: options.onStream });
    const sockets = new WebSockets({ subscribing, sessions, publicUrl, limits, onError });
    const streams = new EventStreams({ subscribing, sessions });
    sockets.listenTo(app.server);
    app.addHook('preClose', async () => {
      sockets.close();
      await sessions.close();
      await options.close();
    });
    app.setErrorHandler((error, _request, reply) => options.answerFault(error, reply));
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: options.maxBodyBytes }, (_request, body, done) => done(null, body));
    app.route({
      method: ['GET', 'POST'],
      url: PATH,
      handler: async (request, reply) => {
        const key = keyInHeaders(request.headers);
        if (key === null) throw new Refusal('UNAUTHENTICATED');
        const from = clientAddress(request.raw, limits.trustedProxies);
        await subscribing.admit(key, from);
        await answer(streams, { key, from }, request, reply).catch((error: unknown) => {
          if (!reply.sent) throw error;
          onError(error);
          reply.raw.destroy();
        });
        return reply;
      },
    });
    return Promise.resolve();
  };
}

async function answer(
  streams: EventStreams,
  who: { readonly key: string; readonly from: string },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const lastEventId = request.headers['last-event-id'];
  await streams.answer({
    ...who,
    subscription: streamRequestOf(request),
    lastEventId: typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : null,
    response: reply.raw,
    begin: () => reply.hijack().getHeaders() as OutgoingHttpHeaders,
  });
}
