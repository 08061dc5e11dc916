import { type ChildProcess, fork } from 'node:child_process';
import type { Logger } from 'pino';
import { EXIT_CONFIG, type ReadyMessage } from '../processLife';

/** Megabytes for what lives as long as a request or a batch, so that it is dropped before it is ever copied. */
const YOUNG_SPACE = ['--max-semi-space-size=48'];

export interface ProcessPlan {
  readonly name: string;
  /** The built script to run. */
  readonly script: string;
  /** Asked at every start, so that a restarted process gets what holds by then. */
  readonly environment: () => NodeJS.ProcessEnv;
}

const FIRST_BACK_OFF_MS = 100;
const LONGEST_BACK_OFF_MS = 10_000;
/** One that has lived this long is not failing at its start. */
const HEALTHY_AFTER_MS = 30_000;
const ATTEMPTS_BEFORE_FIRST_READY = 4;

/** A child process that is started again whenever it ends, with a growing pause, until it is stopped. */
export class KeptProcess {
  /** Its first `ready`; fails when it does not get that far in a few attempts, or is stopped before. */
  readonly ready: Promise<ReadyMessage>;
  private child: ChildProcess | null = null;
  private pause: NodeJS.Timeout | null = null;
  private failures = 0;
  private stopping = false;
  private settleReady: { resolve: (message: ReadyMessage) => void; reject: (error: Error) => void } | null = null;

  constructor(
    private readonly plan: ProcessPlan,
    private readonly log: Logger,
  ) {
    this.ready = new Promise((resolve, reject) => {
      this.settleReady = { resolve, reject };
    });
    this.ready.catch(() => undefined);
    this.start();
  }

  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  /** Lets it drain, and starts it again. */
  restart(): void {
    this.child?.kill('SIGTERM');
  }

  /** SIGTERM, and SIGKILL after `graceMs`. Resolves when it is gone. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    if (this.pause) clearTimeout(this.pause);
    this.failStart('it was stopped');
    const { child } = this;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const tooLate = setTimeout(() => {
      this.log.warn({ child: this.plan.name }, 'did not drain in time, killed');
      child.kill('SIGKILL');
    }, graceMs);
    await gone;
    clearTimeout(tooLate);
  }

  private start(): void {
    const startedAt = Date.now();
    const child = fork(this.plan.script, [], {
      env: this.plan.environment(),
      execArgv: [...process.execArgv, ...YOUNG_SPACE],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child = child;
    child.once('message', (message) => {
      this.settleReady?.resolve(message as ReadyMessage);
      this.settleReady = null;
    });
    child.once('error', (error) => this.log.error({ err: error, child: this.plan.name }, 'child process'));
    child.once('exit', (code, signal) => this.onExit({ code, signal, livedMs: Date.now() - startedAt }));
  }

  private onExit(end: { code: number | null; signal: NodeJS.Signals | null; livedMs: number }): void {
    this.child = null;
    if (this.stopping) return;
    if (end.livedMs > HEALTHY_AFTER_MS) this.failures = 0;
    this.failures++;
    if (end.code === EXIT_CONFIG || this.failures >= ATTEMPTS_BEFORE_FIRST_READY) this.failStart(`it ended with ${end.signal ?? end.code}`);
    const pauseMs = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** (this.failures - 1));
    this.log.warn({ child: this.plan.name, code: end.code, signal: end.signal, pauseMs }, 'ended, starts again');
    this.pause = setTimeout(() => this.start(), pauseMs);
  }

  private failStart(reason: string): void {
    this.settleReady?.reject(new Error(`The process "${this.plan.name}" did not start: ${reason}.`));
    this.settleReady = null;
  }
}
