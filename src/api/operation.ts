import { Refusal } from '../kernel/refusals';
import { type StopSignal, StopSource } from '../kernel/stopSignal';

/**
 * One operation of GraphQL, from its request to its answer. What works for it is stopped, also in the database, when it takes too long or its client has gone;
 * but what may change something is carried out once it has begun.
 */
export class Operation {
  private readonly source = new StopSource();
  private readonly timer: NodeJS.Timeout;
  private isStoppable = true;
  private onStop: ((refusal: Refusal) => void) | null = null;

  constructor(timeoutMs: number) {
    this.timer = setTimeout(() => this.stop(new Refusal('OPERATION_TIMEOUT')), timeoutMs);
    this.timer.unref();
  }

  /** Aborted with a refusal. */
  get signal(): StopSignal {
    return this.source;
  }

  /** What `work` comes to; or the refusal, as soon as it is stopped: that what works for it has noticed is not waited for. */
  until<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.onStop = reject;
      work.then(resolve, reject);
    });
  }

  /** Nothing stops it from now on: it is answered, or changes something. */
  keep(): void {
    this.isStoppable = false;
    clearTimeout(this.timer);
  }

  /** Nobody waits for its answer any more. */
  leave(): void {
    if (this.isStoppable) this.stop(new Refusal('OPERATION_TIMEOUT', 'The client has gone.'));
  }

  private stop(refusal: Refusal): void {
    if (!this.isStoppable) return;
    this.keep();
    this.onStop?.(refusal);
    this.source.abort(refusal);
  }
}
