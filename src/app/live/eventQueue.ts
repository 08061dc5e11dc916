import type { LiveEvent } from '../../api/ports/liveEvents';
import { Refusal } from '../../kernel/refusals';

/** So many events wait for one subscriber at most. */
export const QUEUE_EVENTS = 1_000;
/** Of one whole profile nothing is gained by telling it more often. */
const COALESCED_MS = 250;

interface Waiter<Value> {
  readonly resolve: (event: LiveEvent<Value> | null) => void;
  readonly reject: (error: unknown) => void;
}

/** What waits for one subscriber, who takes one event at a time. Bounded: whoever takes too little for too long is given up on. */
export class EventQueue<Value> {
  private readonly waiting: LiveEvent<Value>[] = [];
  private waiter: Waiter<Value> | null = null;
  private failure: unknown = null;
  private ended = false;

  constructor(private readonly onTooSlow: () => void) {}

  get length(): number {
    return this.waiting.length;
  }

  push(event: LiveEvent<Value>): void {
    if (this.ended || this.failure !== null) return;
    if (this.waiter) this.settle((waiter) => waiter.resolve(event));
    else if (this.waiting.length < QUEUE_EVENTS) this.waiting.push(event);
    else this.giveUp();
  }

  /** In place of whatever waits. */
  replace(event: LiveEvent<Value>): void {
    this.waiting.length = 0;
    this.push(event);
  }

  fail(error: unknown): void {
    this.failure ??= error;
    this.waiting.length = 0;
    this.settle((waiter) => waiter.reject(error));
  }

  /** Whoever waits is answered null, and so is whoever asks from now on. */
  end(): void {
    this.ended = true;
    this.waiting.length = 0;
    this.settle((waiter) => waiter.resolve(null));
  }

  /** Null: the stream has ended. To be called again only when it has answered. */
  take(): Promise<LiveEvent<Value> | null> {
    if (this.failure !== null) return Promise.reject(this.failure);
    const next = this.waiting.shift();
    if (next || this.ended) return Promise.resolve(next ?? null);
    return new Promise((resolve, reject) => {
      this.waiter = { resolve, reject };
    });
  }

  private giveUp(): void {
    this.fail(new Refusal('OVERLOADED', 'This subscriber is too slow. Subscribe again with the id of the last event that arrived.'));
    this.onTooSlow();
  }

  private settle(how: (waiter: Waiter<Value>) => void): void {
    const { waiter } = this;
    this.waiter = null;
    if (waiter) how(waiter);
  }
}

/** Lets one event through each quarter of a second: the first at once, and of those that come in the meantime the last, at its end. */
export class Coalescing<Value> {
  private timer: NodeJS.Timeout | null = null;
  private held: LiveEvent<Value> | null = null;

  constructor(private readonly queue: EventQueue<Value>) {}

  push(event: LiveEvent<Value>): void {
    if (this.timer) {
      this.held = event;
      return;
    }
    this.queue.replace(event);
    this.timer = setTimeout(() => this.release(), COALESCED_MS);
    this.timer.unref();
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.held = null;
  }

  private release(): void {
    const { held } = this;
    this.stop();
    if (held) this.push(held);
  }
}
