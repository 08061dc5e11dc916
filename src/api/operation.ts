import { Refusal } from '../kernel/refusals';

/**
 * One operation of GraphQL, from its request to its answer. What works for it is stopped, also in the database, when it takes too long or its client has gone;
 * but what may change something is carried out once it has begun.
 */
export class Operation {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private isStoppable = true;

  constructor(timeoutMs: number) {
    this.timer = setTimeout(() => this.stop(new Refusal('OPERATION_TIMEOUT')), timeoutMs);
    this.timer.unref();
  }

  /** Aborted with a refusal. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Nothing stops it from now on: it is answered, or changes something. */
  keep(): void {
    this.isStoppable = false;
    clearTimeout(this.timer);
  }

  /** Nobody waits for its answer any more. */
  leave(): void {
    this.stop(new Refusal('OPERATION_TIMEOUT', 'The client has gone.'));
  }

  private stop(refusal: Refusal): void {
    if (!this.isStoppable) return;
    this.keep();
    this.controller.abort(refusal);
  }
}
