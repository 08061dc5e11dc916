import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embeddedPostgres';

const BACK_OFF_MS = [0, 500, 2_000, 5_000, 10_000];

/** The embedded server, started again on the same data whenever it ends, until it is stopped. */
export class KeptPostgres {
  private readonly stopping = new AbortController();
  private readonly keeping: Promise<void>;

  private constructor(
    private server: EmbeddedPostgres,
    private readonly options: EmbeddedPostgresOptions,
    private readonly log: Logger,
    onMoved: () => void,
  ) {
    this.keeping = this.keepRunning(onMoved);
  }

  /** `onMoved` is called after a restart in the rare case that connection strings have changed. */
  static async start(options: EmbeddedPostgresOptions, log: Logger, onMoved: () => void): Promise<KeptPostgres> {
    return new KeptPostgres(await startEmbeddedPostgres(options), options, log, onMoved);
  }

  url(database: string): string {
    return this.server.url(database);
  }

  async stop(graceMs: number): Promise<void> {
    this.stopping.abort();
    await this.server.stop(graceMs);
    await this.keeping;
  }

  private async keepRunning(onMoved: () => void): Promise<void> {
    for (;;) {
      await this.server.ended;
      if (this.stopping.signal.aborted) return;
      this.log.error('PostgreSQL ended, starts again');
      const before = this.url('');
      await this.startAgain();
      this.log.info('PostgreSQL is back');
      if (this.url('') !== before) onMoved();
    }
  }

  private async startAgain(): Promise<void> {
    const { signal } = this.stopping;
    for (let attempt = 0; !signal.aborted; attempt++) {
      await sleep(BACK_OFF_MS[Math.min(attempt, BACK_OFF_MS.length - 1)], undefined, { signal }).catch(() => undefined);
      try {
        this.server = await startEmbeddedPostgres(this.options);
        if (signal.aborted) await this.server.stop(0);
        return;
      } catch (error) {
        this.log.error({ err: error }, 'PostgreSQL did not start');
      }
    }
  }
}
