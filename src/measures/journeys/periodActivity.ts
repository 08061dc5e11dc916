import { DIRECTIONS, INTERACTION_KINDS, type InteractionKind } from '../../kernel/vocabulary';
import type { CustomerIndex } from '../touches/customerIndex';
import { rowsWithin, type Window } from '../touches/joinChunks';
import type { TouchColumns } from '../touches/touchColumns';

export interface ActivityOptions {
  /** Touches outside of it do not count. */
  readonly window: Window;
  /** The beginnings of the periods, and last the end of the last one. */
  readonly bounds: Float64Array;
  /** Kinds whose first touch is noted; none: nobody's. */
  readonly firstKinds: readonly InteractionKind[];
}

const INBOUND = DIRECTIONS.indexOf('INBOUND');

/**
 * In which periods customers did something, gathered from chunk after chunk in any order: a bit a customer and period. What the customer brought about
 * (INBOUND) counts, what was only sent to them or noted about them does not.
 */
export class PeriodActivity {
  readonly periods: number;
  /** By customer: when the first touch of the kinds was; Infinity where there is none. */
  readonly firstAtMs: Float64Array;
  private readonly isFirstKind: Uint8Array;
  private readonly rowBytes: number;
  private readonly bits: Uint8Array;

  constructor(
    private readonly customers: CustomerIndex,
    private readonly options: ActivityOptions,
  ) {
    this.periods = options.bounds.length - 1;
    this.rowBytes = Math.ceil(this.periods / 8);
    this.bits = new Uint8Array(customers.size * this.rowBytes);
    this.firstAtMs = new Float64Array(customers.size).fill(Number.POSITIVE_INFINITY);
    this.isFirstKind = Uint8Array.from(INTERACTION_KINDS, (kind) => (options.firstKinds.includes(kind) ? 1 : 0));
  }

  get size(): number {
    return this.customers.size;
  }

  add(columns: TouchColumns): void {
    const { occurredAtMs, identifierIds, kinds, directions } = columns;
    const halves = new Int32Array(identifierIds.buffer, identifierIds.byteOffset, 2 * identifierIds.length);
    const [from, to] = rowsWithin(columns, this.options.window);
    let period = -1;
    for (let row = from; row < to; row++) {
      const atMs = occurredAtMs[row] as number;
      while (period < this.periods && atMs >= (this.options.bounds[period + 1] as number)) period++;
      const customer = this.customers.customerOf(halves[2 * row] as number, halves[2 * row + 1] as number);
      if (customer < 0) continue;
      if (this.isFirstKind[kinds[row] as number] === 1) this.noteFirst(customer, atMs);
      if (directions[row] === INBOUND && period >= 0 && period < this.periods) this.note(customer, period);
    }
  }

  isActive(customer: number, period: number): boolean {
    return (((this.bits[customer * this.rowBytes + (period >>> 3)] as number) >>> (period & 7)) & 1) === 1;
  }

  /** The period that a time lies in; −1 outside of all. */
  periodOf(atMs: number): number {
    const { bounds } = this.options;
    let [low, high] = [0, bounds.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((bounds[middle] as number) <= atMs) low = middle + 1;
      else high = middle;
    }
    return low === bounds.length ? -1 : low - 1;
  }

  private note(customer: number, period: number): void {
    const at = customer * this.rowBytes + (period >>> 3);
    this.bits[at] = (this.bits[at] as number) | (1 << (period & 7));
  }

  private noteFirst(customer: number, atMs: number): void {
    if (atMs < (this.firstAtMs[customer] as number)) this.firstAtMs[customer] = atMs;
  }
}
