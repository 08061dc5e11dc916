import { INTERACTION_KINDS } from '../../kernel/vocabulary';
import type { JoinedTouches } from './joinChunks';
import { chunkOf, type OrderedTouches } from './orderTouches';
import { ascending } from './touch';

/** The chunks whose message ids are needed to settle the ties. */
export function chunksWithTies({ ties, order }: OrderedTouches, joined: JoinedTouches): number[] {
  const chunks = new Set<number>();
  for (const [from, to] of ties) for (let place = from; place < to; place++) chunks.add(chunkOf(joined, order[place] as number));
  return [...chunks].sort((left, right) => left - right);
}

/** Puts touches of one customer at one time in the order of their message ids, as `compareTouches` has it. `messageIds` are by chunk. */
export function settleTies(
  { ties, order }: OrderedTouches,
  joined: JoinedTouches,
  messageIds: ReadonlyMap<number, readonly string[]>,
): void {
  const { identifierIds, kinds, names, nameTexts } = joined;
  const kindOf = (touch: number) => INTERACTION_KINDS[kinds[touch] as number] as string;
  const nameOf = (touch: number) => nameTexts[names[touch] as number] as string;
  for (const [from, to] of ties) {
    const tied = Array.from(order.subarray(from, to), (touch) => ({ touch, messageId: messageIdOf(touch, joined, messageIds) }));
    tied.sort(
      (left, right) =>
        ascending(left.messageId, right.messageId) ||
        ascending(identifierIds[left.touch] as bigint, identifierIds[right.touch] as bigint) ||
        ascending(kindOf(left.touch), kindOf(right.touch)) ||
        ascending(nameOf(left.touch), nameOf(right.touch)),
    );
    order.set(
      tied.map(({ touch }) => touch),
      from,
    );
  }
}

function messageIdOf(touch: number, joined: JoinedTouches, messageIds: ReadonlyMap<number, readonly string[]>): string {
  const chunk = chunkOf(joined, touch);
  const row = (joined.firstRows[chunk] as number) + touch - (joined.bounds[chunk] as number);
  const messageId = messageIds.get(chunk)?.[row];
  if (messageId === undefined) throw new Error(`The message ids of chunk ${chunk} are missing.`);
  return messageId;
}
