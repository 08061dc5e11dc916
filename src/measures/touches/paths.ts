import type { CustomerIndex } from './customerIndex';
import { type JoinedTouches, joinChunks, type Window } from './joinChunks';
import { orderTouches } from './orderTouches';
import { chunksWithTies, settleTies } from './settleTies';
import type { TakeTurn } from './slices';
import type { TouchColumns } from './touchColumns';

/** Every customer's touches in a window, in order: by time, ties by message id. Columns have one entry a touch; codes are indexes into the vocabularies. */
export interface Paths extends Window, Omit<JoinedTouches, 'bounds' | 'firstRows'> {
  readonly customers: CustomerIndex;
  /** Customer c has the touches from starts[c] to starts[c + 1]; customers without any have none. */
  readonly starts: Uint32Array;
}

/** Answers the message ids of some chunks, which are named by their places in the list. */
export type LoadMessageIds = (chunks: readonly number[]) => Promise<ReadonlyMap<number, readonly string[]>>;

/**
 * Asks for message ids only where touches of one customer fall on one millisecond in different chunks. The order of the chunks makes no difference. Goes in slices, for
 * it takes a third of a second for a million touches.
 */
export async function pathsOf(
  chunks: readonly TouchColumns[],
  customers: CustomerIndex,
  { fromMs, toMs }: Window,
  { loadMessageIds, takeTurn }: { readonly loadMessageIds: LoadMessageIds; readonly takeTurn: TakeTurn },
): Promise<Paths> {
  const joined = joinChunks(chunks, { fromMs, toMs });
  await takeTurn();
  const ordered = await orderTouches(joined, customers, takeTurn);
  if (ordered.ties.length > 0) settleTies(ordered, joined, await loadMessageIds(chunksWithTies(ordered, joined)));
  return { ...(await inOrder(joined, ordered.order, takeTurn)), starts: ordered.starts, fromMs, toMs, customers };
}

async function inOrder(joined: JoinedTouches, order: Uint32Array, takeTurn: TakeTurn) {
  const { length } = order;
  const { nameTexts } = joined;
  const occurredAtMs = taken(joined.occurredAtMs, order, new Float64Array(length));
  await takeTurn();
  const identifierIds = takenIds(joined.identifierIds, order);
  await takeTurn();
  const names = taken(joined.names, order, new Uint32Array(length));
  await takeTurn();
  const [kinds, departments] = [
    taken(joined.kinds, order, new Uint8Array(length)),
    taken(joined.departments, order, new Uint8Array(length)),
  ];
  await takeTurn();
  const [channels, directions] = [
    taken(joined.channels, order, new Uint8Array(length)),
    taken(joined.directions, order, new Uint8Array(length)),
  ];
  await takeTurn();
  const sentiments = taken(joined.sentiments, order, new Int8Array(length));
  return { length, nameTexts, occurredAtMs, identifierIds, kinds, departments, channels, directions, names, sentiments };
}

function taken<Column extends Float64Array | Uint32Array | Uint8Array | Int8Array>(column: Column, order: Uint32Array, to: Column): Column {
  for (let place = 0; place < order.length; place++) to[place] = column[order[place] as number] as number;
  return to;
}

/** In halves, which spares a BigInt for each. */
function takenIds(column: BigInt64Array, order: Uint32Array): BigInt64Array {
  const to = new BigInt64Array(order.length);
  const halves = new Int32Array(to.buffer);
  const from = new Int32Array(column.buffer, column.byteOffset, 2 * column.length);
  for (let place = 0; place < order.length; place++) {
    const touch = order[place] as number;
    halves[2 * place] = from[2 * touch] as number;
    halves[2 * place + 1] = from[2 * touch + 1] as number;
  }
  return to;
}
