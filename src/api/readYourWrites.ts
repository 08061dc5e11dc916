import type { Clock } from '../kernel/clock';
import { Refusal } from '../kernel/refusals';
import type { IngestionStore } from './ports/ingestionStore';

export const POSITION_HEADER = 'throughline-position';

const PATIENCE_MS = 10_000;
const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 40;
/** A bigint of PostgreSQL ends here. */
const LAST_POSITION = 2n ** 63n - 1n;

interface Waiter {
  readonly position: bigint;
  readonly untilMs: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Refuses with INVALID_INPUT what intake never answered. */
export function parsePosition(text: string): bigint {
  const position = /^\d{1,19}$/.test(text) ? BigInt(text) : null;
  if (position === null || position > LAST_POSITION) {
    throw new Refusal('INVALID_INPUT', `The header ${POSITION_HEADER} must be a position as intake answered it.`);
  }
  return position;
}

/**
 * Waits until nothing up to a position is left in a workspace's inbox. However many wait, each workspace is asked by one at a time,
 * at first every few milliseconds, then less often.
 */
export class PositionWatch {
  private readonly waiting = new Map<number, Set<Waiter>>();

  constructor(
    private readonly ingestion: Pick<IngestionStore, 'readFirstPosition'>,
    private readonly clock: Clock,
    private readonly patienceMs: number = PATIENCE_MS,
  ) {}

  /** Refuses with POSITION_TIMEOUT after 10 seconds. */
  reached(workspaceId: number, position: bigint): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter = { position, untilMs: this.clock() + this.patienceMs, resolve, reject };
      const others = this.waiting.get(workspaceId);
      if (others) others.add(waiter);
      else void this.watch(workspaceId, waiter);
    });
  }

  private async watch(workspaceId: number, first: Waiter): Promise<void> {
    const waiters = new Set([first]);
    this.waiting.set(workspaceId, waiters);
    let pauseMs = FIRST_PAUSE_MS;
    while (waiters.size > 0) {
      const settled = await this.look(workspaceId, waiters);
      if (waiters.size === 0) break;
      pauseMs = settled ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pauseMs * 1.5);
      await new Promise((wake) => setTimeout(wake, pauseMs));
    }
    this.waiting.delete(workspaceId);
  }

  /** Lets go those whose position has passed or whose time is over. */
  private async look(workspaceId: number, waiters: Set<Waiter>): Promise<boolean> {
    // Who comes while the database is being asked may have written after it looked.
    const asking = [...waiters];
    try {
      const left = await this.ingestion.readFirstPosition(workspaceId);
      const first = left === null ? null : BigInt(left);
      const passed = asking.filter((waiter) => first === null || waiter.position < first);
      const late = asking.filter((waiter) => !passed.includes(waiter) && waiter.untilMs <= this.clock());
      for (const waiter of passed) settle(waiters, waiter, waiter.resolve);
      for (const waiter of late) settle(waiters, waiter, () => waiter.reject(new Refusal('POSITION_TIMEOUT')));
      return passed.length > 0;
    } catch (error) {
      for (const waiter of asking) settle(waiters, waiter, () => waiter.reject(error));
      return true;
    }
  }
}

function settle(waiters: Set<Waiter>, waiter: Waiter, answer: () => void): void {
  waiters.delete(waiter);
  answer();
}
