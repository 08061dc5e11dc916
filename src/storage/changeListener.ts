import { Client, type ClientConfig } from 'pg';
import { CHANGES_CHANNEL } from './statements/announceChanges';

export interface ChangeListenerOptions {
  readonly connection: ClientConfig;
  readonly onChange: (workspaceId: number) => void;
  readonly onError: (error: Error) => void;
}

const RECONNECT_MS = 1_000;

/** A connection that listens, opened again whenever it breaks. What was told meanwhile is lost. */
export class ChangeListener {
  private client: Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private isStopping = false;

  constructor(private readonly options: ChangeListenerOptions) {}

  /** Listens when it resolves, unless the database can't be reached; then it goes on trying. */
  async start(): Promise<void> {
    const client = new Client(this.options.connection);
    this.client = client;
    client.on('error', this.options.onError);
    client.on('notification', ({ payload }) => this.options.onChange(Number(payload)));
    client.once('end', () => this.startAgain());
    try {
      await client.connect();
      await client.query(`listen ${CHANGES_CHANNEL}`);
    } catch (error) {
      this.options.onError(error as Error);
      await client.end().catch(() => undefined);
      this.startAgain();
    }
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    if (this.timer) clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private startAgain(): void {
    if (this.isStopping || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.start();
    }, RECONNECT_MS);
  }
}
