import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { BatchReport } from '../processing/batchReport';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 300];

/** What a delivery came to: RETRIED is one that failed and is tried again. */
export type DeliveryOutcome = 'DELIVERED' | 'RETRIED' | 'FAILED' | 'WITHHELD';

/** What a worker process counts and measures itself, of all workspaces together; no label holds what a client says. */
export class WorkerMetrics {
  readonly registry = new Registry();

  private readonly messages = this.counter(
    'messages_processed_total',
    'Messages that left the inbox, those that were there before included.',
  );
  private readonly duplicates = this.counter('messages_duplicate_total', 'Of them, those whose id was there before.');
  private readonly deadLetters = this.counter('dead_letters_total', 'Messages that became dead letters while they were processed.');
  private readonly deliveries = this.counter('deliveries_total', 'Attempts to deliver, by outcome.', ['outcome']);
  private readonly faults = this.counter('worker_faults_total', 'What failed and is done again, by code.', ['code']);

  private readonly batchMessages = this.histogram(
    'batch_messages',
    'Messages a batch.',
    [1, 10, 50, 100, 250, 500, 1000, 2000, 4000, 8000],
  );
  private readonly batchSeconds = this.histogram(
    'batch_seconds',
    'From when a batch was taken out of the inbox until it was on disk.',
    SECONDS,
  );
  private readonly lagSeconds = this.histogram(
    'batch_lag_seconds',
    'From when the oldest message of a batch was accepted until it was on disk.',
    SECONDS,
  );

  /** Watches the process as well; its event loop lag is measured by a timer that does not keep it alive. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  noteBatch({ messages, duplicates, deadLetters, lagMs, startedAtMs, writtenAtMs }: BatchReport): void {
    this.messages.inc(messages);
    this.duplicates.inc(duplicates);
    this.deadLetters.inc(deadLetters);
    this.batchMessages.observe(messages);
    this.batchSeconds.observe((writtenAtMs - startedAtMs) / 1000);
    this.lagSeconds.observe(Math.max(0, lagMs) / 1000);
  }

  noteDelivery(outcome: DeliveryOutcome): void {
    this.deliveries.inc({ outcome });
  }

  /** SQLSTATEs and errnos are codes of their own; whatever else happens is UNKNOWN. */
  noteFault(error: unknown): void {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    this.faults.inc({ code: /^([0-9A-Z]{5}|E[A-Z]{3,})$/.test(code) ? code : 'UNKNOWN' });
  }

  private counter<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> {
    return new Counter({ name: `throughline_${name}`, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  private histogram(name: string, help: string, buckets: number[]): Histogram {
    return new Histogram({ name: `throughline_${name}`, help, buckets, registers: [this.registry] });
  }
}
