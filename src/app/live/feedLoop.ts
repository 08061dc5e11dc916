import type { WorkspaceFeed } from './workspaceFeed';

/** Whatever happens to announcements, it is looked so often. */
const POLL_MS = 1_000;
/** What was announced may have to wait for transactions that still run: for so long it is looked again and again. */
const EXPECTING_MS = 1_000;
const EXPECTING_PAUSE_MS = 50;
/** Announcements that come close together are one look. */
const SHORTEST_PAUSE_MS = 15;

/** Looks at one workspace when something was announced, and once a second anyway. */
export class FeedLoop {
  private expectingUntilMs = 0;
  private isRung = false;
  private wake: (() => void) | null = null;
  private stopped = false;
  private readonly running: Promise<void>;

  constructor(
    readonly feed: WorkspaceFeed,
    private readonly onError: (error: unknown) => void,
  ) {
    this.running = this.run();
  }

  ring(): void {
    this.isRung = true;
    this.expectingUntilMs = performance.now() + EXPECTING_MS;
    this.wake?.();
  }

  stop(): Promise<void> {
    this.stopped = true;
    this.wake?.();
    return this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.isRung = false;
      const startedAtMs = performance.now();
      const isFine = await this.feed.look().then(
        () => true,
        (error: unknown) => {
          this.onError(error);
          return false;
        },
      );
      // A look that takes long, over much or on a slow database, leaves as much time to others.
      await this.sleep(Math.max(SHORTEST_PAUSE_MS, performance.now() - startedAtMs));
      if (!isFine) await this.sleep(POLL_MS);
      else if (!this.isRung) await this.sleep(performance.now() < this.expectingUntilMs ? EXPECTING_PAUSE_MS : POLL_MS, true);
    }
  }

  private sleep(ms: number, untilRung = false): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.wake = null;
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.wake = () => {
        if (untilRung || this.stopped) end();
      };
    });
  }
}
