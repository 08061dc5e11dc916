import { setTimeout as sleep } from 'node:timers/promises';
import { postBatch } from './postBatch';

const PAUSE_MS = 20;
/** Longer than any process takes to come back. */
const PATIENCE_MS = 60_000;

export interface StreamOptions {
  /** What its message ids begin with. */
  readonly name: string;
  /** Where to send to. */
  readonly address: string;
  readonly writeKey: string;
  readonly messages: number;
  readonly messagesPerRequest: number;
  /** Requests that are on their way at the same time. */
  readonly connections: number;
  readonly customers: number;
  /** The nth message, always the same; left out: of `customers` who become known. */
  readonly message?: (n: number) => object & { readonly messageId: string };
}

/**
 * Messages of many customers, sent as client libraries send them: a request that was not acknowledged is sent again with the same message ids
 * until it is. What was acknowledged is what must be found in the end.
 */
export class MessageStream {
  /** Message ids in requests that were answered with success. */
  readonly acknowledged: string[] = [];
  /** Requests that failed or were refused, and were sent again. */
  sentAgain = 0;
  private nextRequest = 0;
  private readonly requests: number;

  constructor(private readonly options: StreamOptions) {
    this.requests = Math.ceil(options.messages / options.messagesPerRequest);
  }

  /** Resolves when everything is acknowledged. */
  async run(): Promise<void> {
    await Promise.all(Array.from({ length: this.options.connections }, () => this.sendOneAfterTheOther()));
  }

  /** Resolves when so many messages are acknowledged. */
  async reached(messages: number): Promise<void> {
    for (const startedAt = Date.now(); this.acknowledged.length < messages; await sleep(1)) {
      if (Date.now() - startedAt > PATIENCE_MS)
        throw new Error(`Only ${this.acknowledged.length} of ${messages} messages were acknowledged.`);
    }
  }

  private async sendOneAfterTheOther(): Promise<void> {
    while (this.nextRequest < this.requests) await this.sendUntilAcknowledged(this.nextRequest++);
  }

  private async sendUntilAcknowledged(request: number): Promise<void> {
    const { address, writeKey, messages, messagesPerRequest, message = (n: number) => this.message(n) } = this.options;
    const first = request * messagesPerRequest;
    const batch = Array.from({ length: Math.min(messagesPerRequest, messages - first) }, (_, index) => message(first + index));
    const body = JSON.stringify({ batch });
    for (const startedAt = Date.now(); !(await postBatch(address, writeKey, body)); await sleep(PAUSE_MS)) {
      this.sentAgain++;
      if (Date.now() - startedAt > PATIENCE_MS) throw new Error(`Request ${request} was never acknowledged.`);
    }
    this.acknowledged.push(...batch.map(({ messageId }) => messageId));
  }

  /** Each customer has a device, is met before it is known, and is identified now and then. */
  private message(n: number) {
    const customer = n % this.options.customers;
    const timestamp = new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString();
    const known = { messageId: `${this.options.name}-${n}`, timestamp, anonymousId: `device-${customer}` };
    const turn = Math.floor(n / this.options.customers) % 5;
    if (turn === 2) return { ...known, type: 'identify', userId: `user-${customer}`, traits: { seen: n } };
    return { ...known, type: 'track', event: 'Clicked', ...(turn < 2 ? {} : { userId: `user-${customer}` }), properties: { n } };
  }
}
