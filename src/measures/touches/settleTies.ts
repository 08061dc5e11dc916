import { INTERACTION_KINDS } from '../../kernel/vocabulary';
import type { OrderedTouches } from './orderTouches';
import { ascending } from './touch';

/** The chunks whose message ids are needed to settle the ties. */
export function chunksWithTies({ ties, chunkAt }: OrderedTouches): number[] {
  const chunks = new Set<number>();
  for (const [from, to] of ties) for (let place = from; place < to; place++) chunks.add(chunkAt[place] as number);
  return [...chunks].sort((left, right) => left - right);
}

/** Puts touches of one customer at one time in the order of their message ids, as `compareTouches` has it. `messageIds` are by chunk. */
export function settleTies(touches: OrderedTouches, messageIds: ReadonlyMap<number, readonly string[]>): void {
  const { chunks, chunkAt, rowAt } = touches;
  for (const [from, to] of touches.ties) {
    const tied = Array.from({ length: to - from }, (_, index) => {
      const [chunk, row] = [chunkAt[from + index] as number, rowAt[from + index] as number];
      const columns = chunks[chunk];
      const messageId = messageIds.get(chunk)?.[row];
      if (!columns || messageId === undefined) throw new Error(`The message ids of chunk ${chunk} are missing.`);
      return { chunk, row, messageId, columns };
    });
    tied.sort(
      (left, right) =>
        ascending(left.messageId, right.messageId) ||
        ascending(left.columns.identifierIds[left.row] as bigint, right.columns.identifierIds[right.row] as bigint) ||
        ascending(kindOf(left), kindOf(right)) ||
        ascending(nameOf(left), nameOf(right)),
    );
    for (const [index, { chunk, row }] of tied.entries()) {
      chunkAt[from + index] = chunk;
      rowAt[from + index] = row;
    }
  }
}

type TiedTouch = { readonly row: number; readonly columns: OrderedTouches['chunks'][number] };

function kindOf({ columns, row }: TiedTouch): string {
  return INTERACTION_KINDS[columns.kinds[row] as number] as string;
}

function nameOf({ columns, row }: TiedTouch): string {
  return columns.nameTexts[columns.names[row] as number] as string;
}
