import { setTimeout as sleep } from 'node:timers/promises';
import { postBatch } from './postBatch';
import type { RandomTraffic, SentMessage } from './randomTraffic';

const SENDERS = 6;
const MOST_IN_A_BATCH = 20;
const PAUSE_MS = 100;
/** Longer than everything together may be away. */
const PATIENCE_MS = 400_000;
/** So many batches are sent again although they were acknowledged; so many wait, so that others overtake them. */
const SENT_TWICE = 0.05;
const HELD_BACK = 0.05;
const HELD_BACK_MS = 20_000;

/** A message that was acknowledged. */
export interface AcceptedMessage {
  readonly message: SentMessage;
  /** From the first time that it was sent to the last acknowledgement; it was received in between. */
  readonly firstSentAtMs: number;
  readonly acknowledgedAtMs: number;
}

export interface SenderOptions {
  readonly traffic: RandomTraffic;
  readonly chance: () => number;
  /** Asked for each request. */
  readonly address: () => string;
  readonly writeKey: () => string;
  readonly messagesPerSecond: number;
}

/** Sends batches over several connections, each until it is acknowledged, some twice, some with a message in them twice, some late. */
export class PersistentSender {
  readonly accepted: AcceptedMessage[] = [];
  /** Requests that were not acknowledged. */
  sentAgain = 0;
  /** Messages that were sent although they had been acknowledged. */
  repeated = 0;

  constructor(private readonly options: SenderOptions) {}

  /** Resolves when `isOver` and everything begun is acknowledged. */
  async run(isOver: () => boolean): Promise<void> {
    await Promise.all(Array.from({ length: SENDERS }, () => this.sendOneAfterTheOther(isOver)));
  }

  private async sendOneAfterTheOther(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const startedAtMs = Date.now();
      const batch = this.batch();
      await this.send(batch, isOver);
      const paceMs = (batch.length * SENDERS * 1_000) / this.options.messagesPerSecond;
      await sleep(Math.max(0, startedAtMs + paceMs - Date.now()));
    }
  }

  private batch(): SentMessage[] {
    const { traffic, chance } = this.options;
    return Array.from({ length: 1 + Math.floor(chance() * MOST_IN_A_BATCH) }, () => traffic.next(Date.now()));
  }

  private async send(batch: readonly SentMessage[], isOver: () => boolean): Promise<void> {
    const { chance } = this.options;
    const isHeldBack = chance() < HELD_BACK;
    const twice = chance() < SENT_TWICE ? [batch[0] as SentMessage] : [];
    const again = chance() < SENT_TWICE;
    if (isHeldBack) for (const untilMs = Date.now() + HELD_BACK_MS * chance(); Date.now() < untilMs && !isOver(); ) await sleep(PAUSE_MS);
    const body = JSON.stringify({ batch: [...batch, ...twice] });
    const firstSentAtMs = Date.now();
    await this.sendUntilAcknowledged(body);
    const acknowledgedAtMs = Date.now();
    this.accepted.push(...batch.map((message) => ({ message, firstSentAtMs, acknowledgedAtMs })));
    this.repeated += twice.length;
    if (!again) return;
    await this.sendUntilAcknowledged(body);
    this.repeated += batch.length + twice.length;
  }

  private async sendUntilAcknowledged(body: string): Promise<void> {
    const { address, writeKey } = this.options;
    for (const startedAt = Date.now(); !(await postBatch(address(), writeKey(), body)); await sleep(PAUSE_MS)) {
      this.sentAgain++;
      if (Date.now() - startedAt > PATIENCE_MS) throw new Error('A request was never acknowledged.');
    }
  }
}
