import type { CustomerIndex } from './customerIndex';
import { groupByTime } from './groupByTime';
import type { TouchColumns } from './touchColumns';

/** A span of time, half-open. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Touches of a window, customer by customer, each customer's by time. Where a touch stands in the order is its place; it is found in a chunk, at a row.
 */
export interface OrderedTouches {
  readonly chunks: readonly TouchColumns[];
  /** Customer c has the places from starts[c] to starts[c + 1]. */
  readonly starts: Uint32Array;
  /** By place. */
  readonly chunkAt: Uint32Array;
  readonly rowAt: Uint32Array;
  /** Runs of places of one customer at one time that are not all from one chunk, so that only message ids can tell their order. */
  readonly ties: readonly (readonly [from: number, to: number])[];
}

/** What is in the window and of a known customer, in the order of the chunks. */
interface Selected {
  readonly length: number;
  readonly chunkOf: Uint32Array;
  readonly rowOf: Uint32Array;
  readonly customerOf: Int32Array;
  readonly occurredAtMs: Float64Array;
}

/** In time proportional to the number of touches where chunks follow one another in time, as they mostly do. */
export function orderTouches(chunks: readonly TouchColumns[], customers: CustomerIndex, window: Window): OrderedTouches {
  const selected = select(chunks, customers, window);
  const { starts, order } = groupByTime(selected.customerOf.subarray(0, selected.length), customers.size, selected.occurredAtMs);
  return {
    chunks,
    starts,
    chunkAt: order.map((index) => selected.chunkOf[index] as number),
    rowAt: order.map((index) => selected.rowOf[index] as number),
    ties: tiesOf(order, selected),
  };
}

function select(chunks: readonly TouchColumns[], customers: CustomerIndex, window: Window): Selected {
  const most = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const all = { chunkOf: new Uint32Array(most), rowOf: new Uint32Array(most), customerOf: new Int32Array(most) };
  const selected = { ...all, occurredAtMs: new Float64Array(most), length: 0 };
  for (const [chunk, columns] of chunks.entries()) selectFrom(columns, chunk, { customers, window, selected });
  return selected;
}

function selectFrom(
  { identifierIds, occurredAtMs }: TouchColumns,
  chunk: number,
  to: { readonly customers: CustomerIndex; readonly window: Window; readonly selected: Selected & { length: number } },
): void {
  const { customers, selected } = to;
  const halves = new Int32Array(identifierIds.buffer, identifierIds.byteOffset, 2 * identifierIds.length);
  const end = firstFrom(occurredAtMs, to.window.toMs);
  for (let row = firstFrom(occurredAtMs, to.window.fromMs); row < end; row++) {
    const customer = customers.customerOf(halves[2 * row] as number, halves[2 * row + 1] as number);
    if (customer < 0) continue;
    const index = selected.length++;
    selected.chunkOf[index] = chunk;
    selected.rowOf[index] = row;
    selected.customerOf[index] = customer;
    selected.occurredAtMs[index] = occurredAtMs[row] as number;
  }
}

/** The first row at or after a time, in rows ordered by time. */
function firstFrom(occurredAtMs: Float64Array, atMs: number): number {
  let [low, high] = [0, occurredAtMs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((occurredAtMs[middle] as number) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function tiesOf(order: Uint32Array, { customerOf, occurredAtMs, chunkOf }: Selected): (readonly [number, number])[] {
  const ties: (readonly [number, number])[] = [];
  const isWith = (place: number, other: number) => {
    const [one, two] = [order[place] as number, order[other] as number];
    return occurredAtMs[one] === occurredAtMs[two] && customerOf[one] === customerOf[two];
  };
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && isWith(from, to)) to++;
    // Places of one time stand in the order of their chunks.
    if (to > from + 1 && chunkOf[order[from] as number] !== chunkOf[order[to - 1] as number]) ties.push([from, to]);
    from = to;
  }
  return ties;
}
