import type { ClientBase } from 'pg';
import { type ClaimedEntry, readNextInInbox } from '../../storage/statements/claimInbox';

export interface InboxReaderOptions {
  readonly workspaceId: number;
  readonly batchMessages: number;
  /** Positions of requests that are being written just now. */
  readonly inFlight: () => readonly bigint[];
}

/**
 * Takes batch after batch from the head of one workspace's inbox. Behind a full batch the next one is read while that one is being decided, since
 * reading takes the database a tenth of a batch's time.
 */
export class InboxReader {
  private ahead: Promise<ClaimedEntry[]> | null = null;

  constructor(private readonly options: InboxReaderOptions) {}

  /** Requests that are neither written nor being written; none where the inbox holds no more. */
  async next(reader: ClientBase): Promise<readonly ClaimedEntry[]> {
    const { ahead } = this;
    this.ahead = null;
    const entries = (await ahead) ?? [];
    return entries.length > 0 ? entries : this.read(reader, []);
  }

  /** `entries`: the batch that is about to be decided. */
  readAhead(reader: ClientBase, entries: readonly ClaimedEntry[]): void {
    const messages = entries.reduce((sum, entry) => sum + entry.messageCount, 0);
    if (messages < this.options.batchMessages) return;
    this.ahead = this.read(reader, entries);
    this.ahead.catch(() => undefined);
  }

  /** After a batch that failed, everything is read again; and no connection is given back while it still reads. */
  async dropAhead(): Promise<void> {
    await this.ahead?.catch(() => undefined);
    this.ahead = null;
  }

  private read(reader: ClientBase, taken: readonly ClaimedEntry[]): Promise<ClaimedEntry[]> {
    const { workspaceId, batchMessages, inFlight } = this.options;
    const positions = [...inFlight(), ...taken.map((entry) => entry.position)];
    return readNextInInbox(reader, workspaceId, { inFlight: positions, maxMessages: batchMessages });
  }
}
