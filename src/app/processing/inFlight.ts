/**
 * How many batches may be on their way to the disk at once, each on a connection of its own: while one is committed, which takes the disk its time, the
 * rows of the next one are copied already.
 */
export const MOST_IN_FLIGHT = 2;

interface WrittenBatch {
  readonly positions: readonly bigint[];
  readonly done: Promise<void>;
}

/** Batches of one workspace that are being written, in order. After one fails, those behind it fail as well: they were decided on top of it. */
export class InFlight {
  private batches: WrittenBatch[] = [];

  /** Requests that leave the inbox with these batches. */
  get positions(): bigint[] {
    return this.batches.flatMap((batch) => batch.positions);
  }

  /** `write` is handed what the batch before it comes to; null where none is being written. */
  add(positions: readonly bigint[], write: (before: Promise<void> | null) => Promise<void>): void {
    const done = write(this.batches.at(-1)?.done ?? null);
    done.catch(() => undefined);
    this.batches.push({ positions, done });
  }

  /** Waits until one more may be added; throws what the oldest batch threw. */
  async room(): Promise<void> {
    while (this.batches.length >= MOST_IN_FLIGHT) await this.oldest();
  }

  /** Waits until all are on disk; throws what the first one that failed threw. */
  async settle(): Promise<void> {
    while (this.batches.length > 0) await this.oldest();
  }

  /** Waits until none is being written any more, whatever came of it. */
  async end(): Promise<void> {
    await Promise.allSettled(this.batches.map((batch) => batch.done));
    this.batches = [];
  }

  private async oldest(): Promise<void> {
    await this.batches[0]?.done;
    this.batches.shift();
  }
}
