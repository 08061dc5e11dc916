import type { LiveEvent, LiveStream } from '../../api/ports/liveEvents';
import type { EventQueue } from './eventQueue';

/** A page of what a subscriber missed; null: that was all. */
export type ReadMissed<Value> = () => Promise<readonly LiveEvent<Value>[] | null>;

/**
 * First what a subscriber missed, page by page as it is taken, then what came in the meantime and comes from now on. Ends at once when it is told to, also
 * while somebody waits for the next event.
 */
export class ResumedStream<Value> implements LiveStream<Value> {
  private page: readonly LiveEvent<Value>[] = [];
  private place = 0;
  private readMissed: ReadMissed<Value> | null;

  constructor(
    private readonly queue: EventQueue<Value>,
    readMissed: ReadMissed<Value> | null,
    private readonly onEnd: () => void,
  ) {
    this.readMissed = readMissed;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<LiveEvent<Value>, undefined>> {
    try {
      const event = (await this.missed()) ?? (await this.queue.take());
      return event === null ? { done: true, value: undefined } : { done: false, value: event };
    } catch (error) {
      this.onEnd();
      throw error;
    }
  }

  return(): Promise<IteratorResult<LiveEvent<Value>, undefined>> {
    this.readMissed = null;
    this.page = [];
    this.onEnd();
    this.queue.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  private async missed(): Promise<LiveEvent<Value> | null> {
    while (this.place >= this.page.length && this.readMissed) {
      const page = await this.readMissed();
      // Null as well where the stream was ended in the meantime.
      this.page = this.readMissed === null ? [] : (page ?? []);
      if (page === null) this.readMissed = null;
      this.place = 0;
    }
    return this.page[this.place++] ?? null;
  }
}
