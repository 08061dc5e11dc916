import type { CustomerIndex } from './customerIndex';
import { group, sortGroups } from './groupByTime';
import type { JoinedTouches } from './joinChunks';
import { inSlices, type TakeTurn } from './slices';

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
export async function orderTouches(joined: JoinedTouches, customers: CustomerIndex, takeTurn: TakeTurn): Promise<OrderedTouches> {
  const customerOf = await customersOf(joined, customers, takeTurn);
  // Nobody's come last, and are cut off.
  const groups = group(customerOf, customers.size + 1);
  await takeTurn();
  await inSlices(customers.size, takeTurn, (from, to) => sortGroups(groups, joined.occurredAtMs, from, to));
  const starts = groups.starts.subarray(0, customers.size + 1);
  const order = groups.order.subarray(0, starts[customers.size] as number);
  const ties = tiesOf(order, customerOf, joined);
  await takeTurn();
  return { starts, order, ties };
}

/** By touch; the number of customers where nobody holds its identifier. */
async function customersOf({ identifierIds, length }: JoinedTouches, customers: CustomerIndex, takeTurn: TakeTurn): Promise<Uint32Array> {
  const halves = new Int32Array(identifierIds.buffer, identifierIds.byteOffset, 2 * length);
  const customerOf = new Uint32Array(length);
  await inSlices(length, takeTurn, (from, to) => {
    for (let touch = from; touch < to; touch++) {
      const customer = customers.customerOf(halves[2 * touch] as number, halves[2 * touch + 1] as number);
      customerOf[touch] = customer < 0 ? customers.size : customer;
    }
  });
  return customerOf;
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
