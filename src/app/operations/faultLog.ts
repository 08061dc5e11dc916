import type { Logger } from 'pino';
import type { Clock } from '../../kernel/clock';
import { describeError } from './describeError';

const EVERY_MS = 10_000;
/** Of different faults; more are not told apart. */
const MOST_KINDS = 100;

/** Logs what fails again and again, as everything does while the database or Redis is away, once in ten seconds, and says how often it was. */
export class FaultLog {
  private readonly kinds = new Map<string, { loggedAtMs: number; times: number }>();

  constructor(
    private readonly log: Logger,
    private readonly clock: Clock,
  ) {}

  /** The same fault is one of the same type and code at the same place. */
  warn(error: unknown, message: string): void {
    const { type, code, stack } = describeError(error);
    const kind = [message, type, code, stack].join('\n');
    const nowMs = this.clock();
    const known = this.kinds.get(kind);
    if (known !== undefined && nowMs - known.loggedAtMs < EVERY_MS) {
      known.times++;
      return;
    }
    this.log.warn({ err: error, ...(known && known.times > 0 && { times: known.times + 1 }) }, message);
    if (known === undefined && this.kinds.size >= MOST_KINDS) this.kinds.clear();
    this.kinds.set(kind, { loggedAtMs: nowMs, times: 0 });
  }
}
