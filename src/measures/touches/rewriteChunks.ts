import { encodeTouchChunk, type TouchChunk } from './touchChunk';
import { decodeMessageIds, decodeTouchColumns, touchesOf } from './touchColumns';

type EncodedTouches = Pick<TouchChunk, 'columns' | 'messageIds'>;

/** All touches of several chunks in one; the order of the chunks makes no difference. */
export function mergeTouchChunks(chunks: readonly EncodedTouches[]): TouchChunk {
  return encodeTouchChunk(chunks.flatMap(decodedTouches));
}

/** A chunk without the touches of some identifiers: null where nothing is left, the same chunk where it has none of them. */
export function withoutIdentifiers<Chunk extends EncodedTouches>(chunk: Chunk, erased: ReadonlySet<bigint>): Chunk | TouchChunk | null {
  const all = decodedTouches(chunk);
  const kept = all.filter(({ identifierId }) => !erased.has(identifierId));
  if (kept.length === all.length) return chunk;
  return kept.length === 0 ? null : encodeTouchChunk(kept);
}

function decodedTouches({ columns, messageIds }: EncodedTouches) {
  return touchesOf(decodeTouchColumns(columns), decodeMessageIds(messageIds));
}
