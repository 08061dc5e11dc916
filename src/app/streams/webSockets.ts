import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError } from 'graphql';
import { type Context, handleProtocols, makeServer, type Server as ProtocolServer, type SubscribePayload } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { EventResult, EventResults } from '../../api/live/eventResults';
import { refusalFault, SubscriptionFaults, type SubscriptionRequest } from '../../api/live/prepareSubscription';
import { clientAddress } from '../../http/clientAddress';
import { keyInHeaders } from '../../http/writeKey';
import { Refusal, type RefusalCode } from '../../kernel/refusals';
import type { ApiLimits } from '../api/apiLimits';
import { isAllowedOrigin } from './allowedOrigin';
import { CLOSE, type CloseCode, type Session, type Sessions } from './sessions';
import { plainResult, type Subscribing } from './subscribing';

export interface WebSocketsOptions {
  readonly subscribing: Subscribing;
  readonly sessions: Sessions;
  /** Null: as requests say. */
  readonly publicUrl: string | null;
  readonly limits: ApiLimits;
  readonly onError: (error: unknown) => void;
}

interface Extra {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  /** Where it comes from. */
  readonly from: string;
  session: Session | null;
}

/** Starts what was prepared. It travels to `subscribe` where graphql-ws lets a context travel. */
type StartsResults = () => Promise<EventResults | EventResult>;

const CLOSE_OF: Partial<Record<RefusalCode, CloseCode>> = { UNAUTHENTICATED: CLOSE.unauthorized, FORBIDDEN: CLOSE.forbidden };
const TOO_SLOW = 'Too slow. Subscribe again with the id of the last event.';
const PATH = '/graphql';
const MAX_PAYLOAD_BYTES = 256 * 1024;
const INIT_TIMEOUT_MS = 5_000;
const PING_MS = 12_000;
/** How long a client that was told to go has to say good-bye. */
const GOODBYE_MS = 1_000;
export const SUBSCRIPTIONS_PER_CONNECTION = 100;

/** Subscriptions over WebSockets at /graphql, in the protocol graphql-transport-ws. */
export class WebSockets {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD_BYTES, handleProtocols });
  private readonly protocol: ProtocolServer<Extra>;
  private isClosing = false;

  constructor(private readonly options: WebSocketsOptions) {
    this.protocol = makeServer<Record<string, unknown>, Extra>({
      connectionInitWaitTimeout: INIT_TIMEOUT_MS,
      onConnect: (context) => this.admit(context),
      onSubscribe: (context, _id, payload) => this.prepare(context, payload),
      subscribe: ({ contextValue }) => (contextValue as StartsResults)(),
      onNext: (_context, _id, _payload, _args, result) => plainResult(result),
    });
  }

  listenTo(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  close(): void {
    this.isClosing = true;
    for (const socket of this.server.clients) cut(socket, CLOSE.goingAway, 'The server is stopping.');
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const refusal = this.refusalOf(request);
    if (refusal === null) this.server.handleUpgrade(request, socket, head, (opened) => this.open(opened, request));
    else socket.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  }

  private refusalOf({ url = '', headers }: IncomingMessage): string | null {
    if (this.isClosing) return '503 Service Unavailable';
    if (url.replace(/\?.*$/, '').replace(/\/+$/, '') !== PATH) return '404 Not Found';
    return isAllowedOrigin(headers, { publicUrl: this.options.publicUrl, origins: this.options.limits.origins }) ? null : '403 Forbidden';
  }

  private open(socket: WebSocket, request: IncomingMessage): void {
    const extra: Extra = { socket, request, from: clientAddress(request, this.options.limits.trustedProxies), session: null };
    const closed = this.protocol.opened(
      {
        protocol: socket.protocol,
        // Resolves when the system has taken it, so that a client that does not read is not written to.
        send: (text) => new Promise((resolve) => (socket.readyState === socket.OPEN ? socket.send(text, () => resolve()) : resolve())),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) => {
          socket.on('message', (data) => void handle(String(data)).catch((error) => this.fail(socket, error)));
        },
      },
      extra,
    );
    const stopPinging = keepAlive(socket);
    socket.on('error', () => socket.terminate());
    socket.once('close', (code, reason) => {
      stopPinging();
      if (extra.session) this.options.sessions.remove(extra.session);
      closed(code, String(reason)).catch(this.options.onError);
    });
  }

  /** The key comes with the first message, since browsers can't send headers; or as a header. */
  private async admit(context: Context<Record<string, unknown>, Extra>): Promise<boolean> {
    const { connectionParams, extra } = context;
    const key = keyIn(connectionParams) ?? keyInHeaders(extra.request.headers);
    const close = (code: CloseCode, reason: string) => extra.socket.close(code, reason);
    if (key === null) close(CLOSE.unauthorized, 'Send an API key as Authorization in the payload of connection_init.');
    else {
      try {
        await this.options.subscribing.admit(key, extra.from);
        const session: Session = {
          key,
          subscriptions: () => Object.keys(context.subscriptions).length,
          cut: (code, reason) => cut(extra.socket, code, reason),
        };
        this.options.sessions.add(session);
        if (extra.socket.readyState !== extra.socket.OPEN) this.options.sessions.remove(session);
        else extra.session = session;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        close(CLOSE_OF[error.code] ?? CLOSE.tryAgainLater, error.message);
      }
    }
    return extra.session !== null;
  }

  private prepare({ subscriptions, extra }: Context<Record<string, unknown>, Extra>, payload: SubscribePayload) {
    const { session } = extra;
    if (!session) throw new Error('A subscription came before its connection was admitted.');
    if (Object.keys(subscriptions).length > SUBSCRIPTIONS_PER_CONNECTION) {
      const message = `A connection may have ${SUBSCRIPTIONS_PER_CONNECTION} subscriptions at most.`;
      return [new GraphQLError(message, { extensions: { code: 'OVERLOADED' } })];
    }
    const onTooSlow = () => session.cut(CLOSE.tryAgainLater, TOO_SLOW);
    const { subscribing, sessions } = this.options;
    try {
      sessions.refuseTooManySubscriptions(session.key);
      const prepared = subscribing.prepare(payload as SubscriptionRequest);
      const contextValue: StartsResults = () =>
        subscribing.start(prepared, { key: session.key, from: extra.from, lastEventId: null, onTooSlow });
      return { ...prepared, contextValue };
    } catch (error) {
      if (error instanceof SubscriptionFaults) return error.errors;
      if (error instanceof Refusal) return [refusalFault(error)];
      throw error;
    }
  }

  private fail(socket: WebSocket, error: unknown): void {
    if (isOutOfPlace(error)) {
      cut(socket, CLOSE.badRequest, 'Only the server says this.');
    } else {
      this.options.onError(error);
      cut(socket, CLOSE.internal, 'A fault of the server, which it has noted.');
    }
  }
}

/** A message of the protocol that only a server sends; graphql-ws takes it for a fault of its own. */
function isOutOfPlace(error: unknown): boolean {
  return error instanceof Error && /^Unexpected message of type (connection_ack|next|error) received$/.test(error.message);
}

/** Null where the payload of connection_init has no key. Clients write the name in either case. */
function keyIn(params: Readonly<Record<string, unknown>> | undefined): string | null {
  const authorization = params?.['Authorization'] ?? params?.['authorization'];
  return typeof authorization === 'string' ? keyInHeaders({ authorization }) : null;
}

/** A client that is stuck does not hear of it: it is not waited for. */
function cut(socket: WebSocket, code: CloseCode, reason: string): void {
  socket.close(code, reason);
  setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
}

/** A client that does not answer a ping before the next one is gone. */
function keepAlive(socket: WebSocket): () => void {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, PING_MS);
  return () => clearInterval(timer);
}
