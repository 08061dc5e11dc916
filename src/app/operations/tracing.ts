import { AsyncLocalStorage } from 'node:async_hooks';
import { type Attributes, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type TimeInput, type Tracer, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OperationReport } from '../../api/operationReports';
import type { InboxAppend } from '../../intake/groupCommit';
import type { BatchReport, TracedRequest } from '../processing/batchReport';
import { spanContextOf, traceparentOf } from './traceContext';

/** Requests of a batch that get a span each; a full batch has thousands. */
const MOST_TRACED = 100;
/** Asked every few seconds by machines. */
const UNTRACED = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Spans at the few places where time goes: the request, its way onto the disk, the batch that processes it, GraphQL operations. Attributes are methods,
 * routes, statuses, counts and ids of workspaces: nothing that a client sent.
 */
export class Tracing {
  private readonly requests = new WeakMap<FastifyRequest, Span>();
  private readonly current = new AsyncLocalStorage<Span>();

  constructor(private readonly tracer: Tracer) {}

  /** To be called before routes are registered. A request goes on with the trace that its `traceparent` names. */
  watchRequests(app: FastifyInstance): void {
    app.addHook('onRequest', (request, _reply, done) => {
      this.begin(request);
      done();
    });
    // Behind the parsing of the body, which leaves the asynchronous context.
    app.addHook('preHandler', (request, _reply, done) => {
      const span = this.requests.get(request);
      if (span) this.current.run(span, done);
      else done();
    });
    app.addHook('onResponse', (request, reply, done) => {
      this.end(request, reply.statusCode);
      done();
    });
  }

  /** Appending to the inbox as a span of the request; its trace goes on from there. */
  appending(append: (appended: InboxAppend) => Promise<bigint | null>): (appended: InboxAppend) => Promise<bigint | null> {
    return async (appended) => {
      const request = this.current.getStore();
      if (request === undefined || appended.entry === null) return append(appended);
      const span = this.startBelow(request, 'inbox append', { 'throughline.messages': appended.entry.messageCount });
      const entry = span.isRecording() ? { ...appended.entry, traceparent: traceparentOf(span.spanContext()) } : appended.entry;
      try {
        return await append({ ...appended, entry });
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    };
  }

  noteOperation({ type, fields, codes, startedAtMs, durationMs }: OperationReport): void {
    const request = this.current.getStore();
    if (request === undefined) return;
    const attributes = { 'graphql.operation.type': type, 'throughline.fields': [...fields], 'throughline.error_codes': [...codes] };
    const span = this.startBelow(request, `graphql ${type}`, attributes, startedAtMs);
    if (codes.length > 0) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(startedAtMs + durationMs);
  }

  /** A trace of its own for the batch; and in the trace of each request in it, up to a hundred, a span with a link to the batch. */
  noteBatch(batch: BatchReport): void {
    const traced = batch.traced.slice(0, MOST_TRACED);
    const links = traced.flatMap(({ traceparent }) => {
      const context = spanContextOf(traceparent);
      return context ? [{ context }] : [];
    });
    const { workspaceId, messages, duplicates, deadLetters, startedAtMs, decidedAtMs, writtenAtMs } = batch;
    const attributes = {
      'throughline.workspace': workspaceId,
      'throughline.messages': messages,
      'throughline.duplicates': duplicates,
      'throughline.dead_letters': deadLetters,
    };
    const span = this.tracer.startSpan('batch', { kind: SpanKind.CONSUMER, startTime: startedAtMs, attributes, links }, ROOT_CONTEXT);
    this.startBelow(span, 'batch decide', {}, startedAtMs).end(decidedAtMs);
    this.startBelow(span, 'batch commit', {}, decidedAtMs).end(writtenAtMs);
    span.end(writtenAtMs);
    for (const request of traced) this.noteProcessed(request, span, batch);
  }

  private noteProcessed({ traceparent, receivedAtMs }: TracedRequest, batch: Span, { workspaceId, writtenAtMs }: BatchReport): void {
    const parent = spanContextOf(traceparent);
    if (parent === null) return;
    const links = [{ context: batch.spanContext() }];
    const options = { kind: SpanKind.CONSUMER, startTime: receivedAtMs, attributes: { 'throughline.workspace': workspaceId }, links };
    this.tracer.startSpan('process', options, trace.setSpanContext(ROOT_CONTEXT, parent)).end(writtenAtMs);
  }

  private begin(request: FastifyRequest): void {
    const route = request.routeOptions.url ?? 'unknown';
    if (UNTRACED.has(route)) return;
    const remote = spanContextOf(request.headers['traceparent']);
    const parent = remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    this.requests.set(request, this.tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent));
  }

  private end(request: FastifyRequest, status: number): void {
    const span = this.requests.get(request);
    if (span === undefined) return;
    span.setAttribute('http.response.status_code', status);
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }

  private startBelow(parent: Span, name: string, attributes: Attributes, startTime?: TimeInput): Span {
    return this.tracer.startSpan(name, { attributes, startTime }, trace.setSpan(ROOT_CONTEXT, parent));
  }
}
