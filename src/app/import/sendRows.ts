import { MAX_MESSAGE_BYTES } from '../../intake/checkMessage';
import type { JsonObject } from '../../kernel/json';
import { REFUSALS, type RefusalCode } from '../../kernel/refusals';
import type { RejectedMessage } from '../sendBatch';
import { FileFault, type ImportRow, type ReadRow, type RowPlace } from './importRow';
import type { RefusedRow } from './refusedReport';

/** What one request may carry: well below what the server takes, and worth a commit. */
const BATCH_MESSAGES = 500;
const BATCH_BYTES = 1_000_000;
/** Rows that can't be read count, too, so that a batch ends in a file of nothing else. */
const BATCH_ROWS = 2_000;
/** Requests under way at a time: enough to share commits, few enough to leave the machine usable. */
const MOST_UNDER_WAY = 4;

export interface SendOptions {
  /** Rows at the start that are answered for already. */
  readonly skip: number;
  readonly toMessage: (row: ReadRow) => JsonObject;
  readonly send: (messages: readonly JsonObject[]) => Promise<readonly RejectedMessage[]>;
  /** Told in the order of the file, of rows that follow on those it was told of before. */
  readonly onAnswered: (answered: { readonly through: number; readonly refused: readonly RefusedRow[] }) => void;
  readonly signal: AbortSignal;
}

/**
 * Sends rows in batches, a few at a time, in the order of the file. Waits for what is under way whatever happens. Throws FileFault where the
 * rest of the file is no use, after what came before was sent, and what sending failed with; `onAnswered` then was told how far it came.
 */
export async function sendRows(rows: AsyncIterable<ImportRow>, options: SendOptions): Promise<void> {
  const sending = new Sending(options);
  let fault: FileFault | null = null;
  try {
    for await (const row of rows) {
      options.signal.throwIfAborted();
      if (row.row > options.skip) await sending.take(row);
    }
  } catch (error) {
    if (!(error instanceof FileFault)) {
      await sending.settled();
      throw error;
    }
    fault = error;
  }
  await sending.finish();
  if (fault !== null) throw fault;
}

interface Batch {
  readonly messages: JsonObject[];
  /** Of each message. */
  readonly places: RowPlace[];
  readonly refused: RefusedRow[];
  bytes: number;
  through: number;
}

const emptyBatch = (): Batch => ({ messages: [], places: [], refused: [], bytes: 0, through: 0 });

/** What the server would refuse for its size is refused here: it might be too large for a whole request. */
function add(batch: Batch, { row, line }: RowPlace, message: JsonObject): void {
  const bytes = Buffer.byteLength(JSON.stringify(message));
  if (bytes > MAX_MESSAGE_BYTES) {
    refuse(batch, { row, line }, 'MESSAGE_TOO_LARGE', REFUSALS.MESSAGE_TOO_LARGE.meaning);
    return;
  }
  batch.messages.push(message);
  batch.places.push({ row, line });
  batch.bytes += bytes;
}

function refuse(batch: Batch, { row, line }: RowPlace, code: RefusalCode, reason: string): void {
  batch.refused.push({ row, line, code, reason });
}

class Sending {
  private batch = emptyBatch();
  /** In the order of the file; what is answered leaves from the front. */
  private readonly started: { readonly batch: Batch; answered: boolean }[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private failure: { readonly error: unknown } | null = null;

  constructor(private readonly options: SendOptions) {}

  async take(row: ImportRow): Promise<void> {
    const { batch } = this;
    batch.through = row.row;
    if ('unreadable' in row) refuse(batch, row, 'ROW_UNREADABLE', row.unreadable);
    else add(batch, row, this.options.toMessage(row));
    const rows = batch.messages.length + batch.refused.length;
    if (batch.messages.length >= BATCH_MESSAGES || batch.bytes >= BATCH_BYTES || rows >= BATCH_ROWS) await this.start();
  }

  /** Sends what is left and waits for all. Throws what the first failed with. */
  async finish(): Promise<void> {
    if (this.batch.through > 0) await this.start();
    await this.settled();
    this.throwFailure();
  }

  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** Resolves when there is room for a further request. */
  private async start(): Promise<void> {
    const { batch } = this;
    this.batch = emptyBatch();
    const started = { batch, answered: false };
    this.started.push(started);
    const sent = this.send(started).finally(() => this.underWay.delete(sent));
    this.underWay.add(sent);
    if (this.underWay.size >= MOST_UNDER_WAY) await Promise.race(this.underWay);
    if (this.failure !== null) await this.settled();
    this.throwFailure();
  }

  private async send(started: { readonly batch: Batch; answered: boolean }): Promise<void> {
    const { messages, places, refused } = started.batch;
    try {
      const rejected = messages.length === 0 ? [] : await this.options.send(messages);
      for (const { index, code, reason } of rejected) refused.push({ ...(places[index] as RowPlace), code, reason });
      started.answered = true;
      this.tell();
    } catch (error) {
      this.failure ??= { error };
    }
  }

  private tell(): void {
    while (this.started[0]?.answered) {
      const { through, refused } = (this.started.shift() as { batch: Batch }).batch;
      this.options.onAnswered({ through, refused: refused.sort((a, b) => a.row - b.row) });
    }
  }

  private throwFailure(): void {
    if (this.failure !== null) throw this.failure.error;
  }
}
