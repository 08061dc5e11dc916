import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Rejected } from '../intake/admitMessages';
import type { CommitFigures } from '../intake/groupCommit';

/** The part of the HTTP surface that a request was for. */
export type Area = 'intake' | 'operations' | 'api' | 'unknown';

/** A GraphQL operation that has come to its end. */
export interface OperationFigures {
  /** Names of fields of the schema's root, so that there are only so many; empty where it never got as far as that. */
  readonly fields: readonly string[];
  /** Codes of its errors, each as often as it was answered. */
  readonly codes: readonly string[];
  readonly durationMs: number;
}

/** What an API process counts and measures itself, of all workspaces together; no label holds what a client says. */
export class Metrics {
  readonly registry = new Registry();

  private readonly accepted = new Counter({
    name: 'throughline_messages_accepted_total',
    help: 'Messages that are durable in the inbox.',
    registers: [this.registry],
  });

  private readonly refused = new Counter({
    name: 'throughline_refusals_total',
    help: 'Messages and requests that were refused, by code.',
    labelNames: ['code'],
    registers: [this.registry],
  });

  private readonly commitSeconds = new Histogram({
    name: 'throughline_commit_seconds',
    help: 'How long a group of requests took to become durable.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [this.registry],
  });

  private readonly commitRequests = new Histogram({
    name: 'throughline_commit_requests',
    help: 'Requests that shared a commit.',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
    registers: [this.registry],
  });

  private readonly httpSeconds = new Histogram({
    name: 'throughline_http_request_seconds',
    help: 'Requests, by the part of the surface they were for and the status they got.',
    labelNames: ['area', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [this.registry],
  });

  private readonly operationSeconds = new Histogram({
    name: 'throughline_graphql_operation_seconds',
    help: 'GraphQL operations, by the field of Query or Mutation; an operation with several counts for each of them.',
    labelNames: ['field'],
    buckets: [0.0025, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  private readonly graphqlErrors = new Counter({
    name: 'throughline_graphql_errors_total',
    help: 'Errors in answers of GraphQL, by code.',
    labelNames: ['code'],
    registers: [this.registry],
  });

  private readonly streams = new Gauge({
    name: 'throughline_live_streams',
    help: 'Connections over which subscriptions are followed just now.',
    registers: [this.registry],
  });

  /** Watches the process as well; its event loop lag is measured by a timer that does not keep it alive. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  noteAdmitted(accepted: number, rejected: readonly Rejected[]): void {
    this.accepted.inc(accepted);
    for (const { code } of rejected) this.refused.inc({ code });
  }

  noteRefusal(code: string): void {
    this.refused.inc({ code });
  }

  noteCommit({ requests, durationMs }: CommitFigures): void {
    this.commitSeconds.observe(durationMs / 1000);
    this.commitRequests.observe(requests);
  }

  noteAnswer(area: Area, status: number, durationMs: number): void {
    this.httpSeconds.observe({ area, status }, durationMs / 1000);
  }

  noteOperation({ fields, codes, durationMs }: OperationFigures): void {
    for (const field of fields) this.operationSeconds.observe({ field }, durationMs / 1000);
    for (const code of codes) this.graphqlErrors.inc({ code });
  }

  noteStream(change: 1 | -1): void {
    this.streams.inc(change);
  }
}
