import type { CustomerIndex } from './customerIndex';
import { groupByTime } from './groupByTime';
import type { JoinedTouches } from './joinChunks';

/** Touches customer by customer, each customer's by time. */
export interface OrderedTouches {
  /** Customer c has the places from starts[c] to starts[c + 1]. */
  readonly starts: Uint32Array;
  /** Which touch stands at a place. */
  readonly order: Uint32Array;
  /** Runs of places of one customer at one time that are not all from one chunk, so that only message ids can tell their order. */
  readonly ties: readonly (readonly [from: number, to: number])[];
}

/** Touches of identifiers that nobody holds are left out. Takes time in proportion to the touches where chunks follow one another, as they mostly do. */
export function orderTouches(joined: JoinedTouches, customers: CustomerIndex): OrderedTouches {
  const { identifierIds, occurredAtMs, length } = joined;
  const halves = new Int32Array(identifierIds.buffer, identifierIds.byteOffset, 2 * length);
  const customerOf = new Uint32Array(length);
  for (let touch = 0; touch < length; touch++) {
    const customer = customers.customerOf(halves[2 * touch] as number, halves[2 * touch + 1] as number);
    customerOf[touch] = customer < 0 ? customers.size : customer;
  }
  // Nobody's come last, and are cut off.
  const groups = groupByTime(customerOf, customers.size + 1, occurredAtMs);
  const starts = groups.starts.subarray(0, customers.size + 1);
  const order = groups.order.subarray(0, starts[customers.size] as number);
  return { starts, order, ties: tiesOf(order, customerOf, joined) };
}

/** The chunk that a touch is from. */
export function chunkOf({ bounds }: JoinedTouches, touch: number): number {
  let [low, high] = [0, bounds.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((bounds[middle] as number) <= touch) low = middle;
    else high = middle;
  }
  return low;
}

function tiesOf(order: Uint32Array, customerOf: Uint32Array, joined: JoinedTouches): (readonly [number, number])[] {
  const { occurredAtMs } = joined;
  const ties: (readonly [number, number])[] = [];
  for (let from = 0; from < order.length; ) {
    const first = order[from] as number;
    let to = from + 1;
    while (
      to < order.length &&
      occurredAtMs[order[to] as number] === occurredAtMs[first] &&
      customerOf[order[to] as number] === customerOf[first]
    )
      to++;
    // Places of one time stand in the order of their chunks.
    if (to > from + 1 && chunkOf(joined, first) !== chunkOf(joined, order[to - 1] as number)) ties.push([from, to]);
    from = to;
  }
  return ties;
}
