import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import { createHandler, type Handler } from 'graphql-sse';
import { type EventResult, EventResults } from '../../api/live/eventResults';
import { SubscriptionFaults, type SubscriptionRequest } from '../../api/live/prepareSubscription';
import { REFUSALS, type RefusalCode } from '../../kernel/refusals';
import { CLOSE, type CloseCode, type Session, type Sessions } from './sessions';
import { plainResult, type Subscribing } from './subscribing';

export interface EventStreamRequest {
  readonly key: string;
  /** Where it comes from. */
  readonly from: string;
  /** Header Last-Event-ID. */
  readonly lastEventId: string | null;
  readonly subscription: SubscriptionRequest;
  readonly response: ServerResponse;
  /** Called before anything is sent. The headers that every answer of this server has. */
  readonly begin: () => OutgoingHttpHeaders;
}

/** What the request was is known already; graphql-sse is asked in the one form in which it streams. */
const AS_ITS_CLIENTS_ASK = {
  method: 'POST',
  url: '/graphql/stream',
  headers: new Map([
    ['accept', 'text/event-stream'],
    ['content-type', 'application/json'],
  ]),
};
/** In place of a text where a subscription is named by its id; it is read from the request itself. */
const NAMED_ELSEWHERE = '-';
/** Answers that were made and not yet taken by the client's connection. */
const AHEAD = 16;
/** A stream that says nothing for so long may be stuck, or its client gone; what it is cut off with reaches it, or not. */
const GOODBYE_MS = 1_000;

/** Subscriptions as server-sent events, each on a connection of its own: the distinct connections mode of graphql-sse. */
export class EventStreams {
  private readonly handler: Handler<EventStreamRequest, Sending>;

  constructor(private readonly options: { readonly subscribing: Subscribing; readonly sessions: Sessions }) {
    this.handler = createHandler<EventStreamRequest, Sending>({
      authenticate: () => null,
      onSubscribe: ({ raw, context }) => this.start(raw, context),
      onNext: (_context, request, result) => request.context.made(result as EventResult),
    });
  }

  /** Sends events until the client goes, the subscription ends or the session is cut. Refuses with OVERLOADED, before anything is sent. */
  async answer(request: EventStreamRequest): Promise<void> {
    const { response, key } = request;
    const sending = new Sending(response);
    const session: Session = { key, subscriptions: () => 1, cut: (code) => sending.cut(code) };
    this.options.sessions.add(session);
    try {
      this.options.sessions.refuseTooManySubscriptions(key);
      const body = { query: NAMED_ELSEWHERE, ...request.subscription };
      const [text, { status, headers: own }] = await this.handler({ ...AS_ITS_CLIENTS_ASK, body, raw: request, context: sending });
      response.writeHead(status, { ...request.begin(), ...own, 'x-accel-buffering': 'no' });
      if (text === null || typeof text === 'string') response.end(text ?? undefined);
      else await sending.send(text);
    } finally {
      this.options.sessions.remove(session);
    }
  }

  private async start({ key, from, lastEventId, subscription }: EventStreamRequest, sending: Sending) {
    const { subscribing } = this.options;
    try {
      const prepared = subscribing.prepare(subscription);
      const results = await subscribing.start(prepared, { key, from, lastEventId, onTooSlow: () => sending.cut(CLOSE.tryAgainLater) });
      return results instanceof EventResults ? results : errorResponse(results.errors ?? []);
    } catch (error) {
      if (error instanceof SubscriptionFaults) return errorResponse(error.errors);
      throw error;
    }
  }
}

/** What is under way to one client. */
class Sending {
  private readonly ids: (string | null)[] = [];
  private onTaken: (() => void) | null = null;
  private body: AsyncGenerator<string, void, undefined> | null = null;

  constructor(private readonly response: ServerResponse) {}

  /** An answer was made; resolves when the next one may be. */
  async made(result: EventResult): Promise<object> {
    this.ids.push(result.extensions?.eventId ?? null);
    while (this.ids.length > AHEAD && !this.response.destroyed) await new Promise<void>((resolve) => (this.onTaken = resolve));
    return plainResult(result);
  }

  async send(body: AsyncGenerator<string, void, undefined>): Promise<void> {
    const { response } = this;
    this.body = body;
    response.once('close', () => this.end());
    for await (const text of body) {
      if (response.destroyed) break;
      if (!response.write(this.withId(text))) await this.drained();
    }
    response.end();
  }

  /** What the client gets to know is why: an answer with the error, where it still reads. */
  cut(code: CloseCode): void {
    const { response } = this;
    if (code === CLOSE.forbidden && response.headersSent) response.write(lastAnswer('UNAUTHENTICATED'));
    if (code === CLOSE.tryAgainLater) response.destroy();
    else response.end();
    setTimeout(() => response.destroy(), GOODBYE_MS).unref();
    this.end();
  }

  private drained(): Promise<void> {
    const { response } = this;
    return new Promise((resolve) => {
      const settle = () => {
        response.off('drain', settle).off('close', settle);
        resolve();
      };
      response.on('drain', settle).on('close', settle);
      if (response.destroyed) settle();
    });
  }

  private end(): void {
    this.onTaken?.();
    void this.body?.return(undefined);
  }

  /** Browsers send the id of the last event when they come again. */
  private withId(text: string): string {
    if (!text.startsWith('event: next')) return text;
    const id = this.ids.shift();
    this.onTaken?.();
    return id ? `id: ${id}\n${text}` : text;
  }
}

function lastAnswer(code: RefusalCode): string {
  const errors = [{ message: REFUSALS[code].meaning, extensions: { code } }];
  return `event: next\ndata: ${JSON.stringify({ data: null, errors })}\n\nevent: complete\ndata: \n\n`;
}

function errorResponse(errors: readonly GraphQLError[]) {
  const code = errors[0]?.extensions['code'];
  const status = typeof code === 'string' && code in REFUSALS ? REFUSALS[code as RefusalCode].http : 400;
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return [JSON.stringify({ errors }), { status, statusText: 'Refused', headers }] as const;
}
