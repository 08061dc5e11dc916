import { Client, type ClientConfig } from 'pg';
import { CHANGES_CHANNEL } from '../../storage/statements/announceChanges';

const TRY_AGAIN_MS = 1_000;

export interface ListeningOptions {
  /** As `appConnection` gives it. */
  readonly connection: ClientConfig;
  /** Told of a workspace in which something happened; null: it may have been any of them. */
  readonly onNews: (workspaceId: number | null) => void;
  readonly onError: (error: unknown) => void;
}

/** A connection that is told by whoever writes that there is something to be read. It opens itself again when it breaks; what was said meanwhile is lost. */
export class Listening {
  private client: Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;
  private opening: Promise<void> = Promise.resolve();

  constructor(private readonly options: ListeningOptions) {}

  start(): void {
    this.opening = this.open();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.opening;
    await this.client?.end().catch(() => undefined);
    this.client = null;
  }

  private async open(): Promise<void> {
    const client = new Client(this.options.connection);
    let isLost = false;
    const lose = (error?: Error) => {
      if (isLost || this.stopped) return;
      isLost = true;
      this.client = null;
      if (error) this.options.onError(error);
      client.end().catch(() => undefined);
      this.timer = setTimeout(() => this.start(), TRY_AGAIN_MS);
    };
    client.on('error', lose);
    client.on('end', () => lose());
    client.on('notification', ({ payload = '' }) => this.options.onNews(/^\d+$/.test(payload) ? Number(payload) : null));
    try {
      await client.connect();
      await client.query(`listen ${CHANGES_CHANNEL}`);
      this.client = client;
      this.options.onNews(null);
    } catch (error) {
      lose(error as Error);
    }
  }
}
