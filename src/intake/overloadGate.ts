import type { Clock } from '../kernel/clock';
import { type Backlog, Overloaded, type OverloadLimits, retryAfterSeconds } from './overload';

export interface OverloadGatePorts {
  /** Workspaces with nothing in their inbox may be left out. */
  readonly readBacklog: () => Promise<readonly Backlog[]>;
  readonly clock: Clock;
  readonly onFailure?: (error: unknown) => void;
}

const POLL_MS = 500;
/** The backlog is read for at most a tenth of the time, however long reading it takes. */
const REST_PER_READ = 9;
const MEAN_SHARE = 0.3;

interface Seen extends Backlog {
  readonly drainedPerSecond: number;
}

/** Turns requests away while their workspace's inbox is too far behind. Looks again by itself; decides from what it saw last. */
export class OverloadGate {
  private seen: ReadonlyMap<number, Seen> = new Map();
  private seenAtMs = Number.NaN;
  private timer: NodeJS.Timeout | null = null;
  private stopped = true;

  constructor(
    private readonly ports: OverloadGatePorts,
    private readonly limits: OverloadLimits,
  ) {}

  /** Throws the refusal OVERLOADED, with the seconds to wait, where the workspace is behind. */
  refuseWhenBehind(workspaceId: number): void {
    const backlog = this.seen.get(workspaceId);
    if (backlog === undefined) return;
    const seconds = retryAfterSeconds(backlog, this.limits, backlog.drainedPerSecond, this.ports.clock());
    if (seconds !== null) throw new Overloaded(seconds);
  }

  /** As it was when it was looked at last, over all workspaces. `oldestReceivedAtMs` is null where nothing waits. */
  get total(): { readonly messages: number; readonly oldestReceivedAtMs: number | null } {
    let messages = 0;
    let oldestReceivedAtMs: number | null = null;
    for (const backlog of this.seen.values()) {
      messages += backlog.messages;
      oldestReceivedAtMs = Math.min(oldestReceivedAtMs ?? Number.POSITIVE_INFINITY, backlog.oldestReceivedAtMs);
    }
    return { messages, oldestReceivedAtMs };
  }

  /** Looks at the backlog until it is stopped. */
  async start(): Promise<void> {
    this.stopped = false;
    await this.poll();
  }

  stop(): void {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
  }

  /** Looks once. A database that does not answer leaves things as they were: requests will find that out themselves. */
  async look(): Promise<void> {
    try {
      const backlogs = await this.ports.readBacklog();
      this.remember(backlogs, this.ports.clock());
    } catch (error) {
      this.ports.onFailure?.(error);
    }
  }

  private async poll(): Promise<void> {
    const startedAtMs = this.ports.clock();
    await this.look();
    if (this.stopped) return;
    const restMs = Math.max(POLL_MS, (this.ports.clock() - startedAtMs) * REST_PER_READ);
    this.timer = setTimeout(() => void this.poll(), restMs);
    this.timer.unref();
  }

  private remember(backlogs: readonly Backlog[], nowMs: number): void {
    const elapsedSeconds = (nowMs - this.seenAtMs) / 1000;
    this.seen = new Map(
      backlogs.map((backlog) => [
        backlog.workspaceId,
        { ...backlog, drainedPerSecond: drainedPerSecond(this.seen.get(backlog.workspaceId), backlog.messages, elapsedSeconds) },
      ]),
    );
    this.seenAtMs = nowMs;
  }
}

/** An exponential mean. While requests are turned away nothing comes in, so that what the inbox lost is what was processed. */
function drainedPerSecond(before: Seen | undefined, messages: number, elapsedSeconds: number): number {
  if (before === undefined || !(elapsedSeconds > 0)) return before?.drainedPerSecond ?? 0;
  const drained = Math.max(0, (before.messages - messages) / elapsedSeconds);
  return before.drainedPerSecond === 0 ? drained : before.drainedPerSecond + (drained - before.drainedPerSecond) * MEAN_SHARE;
}
