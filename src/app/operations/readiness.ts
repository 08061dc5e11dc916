import type { CheckResult, ReadinessReport } from '../../http/readinessReport';
import type { Clock } from '../../kernel/clock';

/** Looks at one thing that a process needs. */
export interface Check {
  readonly name: string;
  /** What is wrong where it should be is a warning: without it the process does its work nevertheless. */
  readonly isOptional?: boolean;
  /** Null where all is well, else what is wrong, in a sentence without addresses and values. May throw: then `unreachable` is what is wrong. */
  readonly look: () => Promise<string | null>;
  readonly unreachable: string;
}

export interface ReadinessLimits {
  /** A check that takes longer has failed. */
  readonly timeoutMs: number;
  /** For so long an answer is given again, so that asking often costs nothing. */
  readonly keptMs: number;
}

const LIMITS: ReadinessLimits = { timeoutMs: 2_000, keptMs: 1_000 };

/** Whether a process can do its work, as of the last second. */
export class Readiness {
  private looking: Promise<ReadinessReport> | null = null;
  private lookedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly checks: readonly Check[],
    private readonly clock: Clock,
    private readonly limits: ReadinessLimits = LIMITS,
  ) {}

  /** All checks beside each other; who asks meanwhile gets the same answer. Never rejects. */
  report(): Promise<ReadinessReport> {
    const nowMs = this.clock();
    if (this.looking === null || nowMs - this.lookedAtMs >= this.limits.keptMs) {
      this.lookedAtMs = nowMs;
      this.looking = this.look();
    }
    return this.looking;
  }

  private async look(): Promise<ReadinessReport> {
    const checks = await Promise.all(this.checks.map((check) => resultOf(check, this.limits.timeoutMs)));
    return { isReady: checks.every(({ status }) => status !== 'fail'), checks };
  }
}

async function resultOf({ name, isOptional, look, unreachable }: Check, timeoutMs: number): Promise<CheckResult> {
  const reason = await withinTime(look(), timeoutMs, `It took longer than ${timeoutMs} ms to find out.`).catch(() => unreachable);
  if (reason === null) return { name, status: 'ok' };
  return { name, status: isOptional ? 'warn' : 'fail', reason };
}

/** What comes of `work` later is dropped. */
export function withinTime<Value, Late>(work: Promise<Value>, timeoutMs: number, late: Late): Promise<Value | Late> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Late>((resolve) => {
    timer = setTimeout(() => resolve(late), timeoutMs);
  });
  work.catch(() => undefined);
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}
