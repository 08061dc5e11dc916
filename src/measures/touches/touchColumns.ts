import {
  CHANNELS,
  type Channel,
  DEPARTMENTS,
  type Department,
  DIRECTIONS,
  type Direction,
  INTERACTION_KINDS,
  type InteractionKind,
} from '../../kernel/vocabulary';
import { columnOffsets, HEADER_BYTES, NO_SENTIMENT, SENTIMENT_STEPS, VERSION } from './chunkLayout';
import type { Touch } from './touch';

/** A chunk's columns, one entry a touch, in the order of `compareTouches`. Codes are indexes into the vocabularies. */
export interface TouchColumns {
  readonly length: number;
  readonly occurredAtMs: Float64Array;
  readonly identifierIds: BigInt64Array;
  /** Indexes into `nameTexts`. */
  readonly names: Uint16Array;
  readonly nameTexts: readonly string[];
  readonly kinds: Uint8Array;
  readonly departments: Uint8Array;
  readonly channels: Uint8Array;
  readonly directions: Uint8Array;
  /** In hundredths; NO_SENTIMENT where there is none. */
  readonly sentiments: Int8Array;
  /** What it takes in memory, about. */
  readonly bytes: number;
}

/** Views of the bytes as they are; they are copied only where they are not aligned. */
export function decodeTouchColumns(encoded: Uint8Array): TouchColumns {
  const { buffer, byteOffset: base } = encoded.byteOffset % 8 === 0 ? encoded : new Uint8Array(encoded);
  const length = countOf(encoded);
  const at = columnOffsets(length);
  const bytesAt = (offset: number) => new Uint8Array(buffer, base + offset, length);
  return {
    length,
    occurredAtMs: new Float64Array(buffer, base + at.occurredAtMs, length),
    identifierIds: new BigInt64Array(buffer, base + at.identifierIds, length),
    names: new Uint16Array(buffer, base + at.names, length),
    nameTexts: JSON.parse(textOf(encoded, at.end)),
    kinds: bytesAt(at.kinds),
    departments: bytesAt(at.departments),
    channels: bytesAt(at.channels),
    directions: bytesAt(at.directions),
    sentiments: new Int8Array(buffer, base + at.sentiments, length),
    bytes: at.end + 3 * (encoded.length - at.end),
  };
}

/** In the order of the chunk's touches. */
export function decodeMessageIds(encoded: Uint8Array): string[] {
  const length = countOf(encoded);
  const text = textOf(encoded, HEADER_BYTES + 2 * length);
  const view = viewOf(encoded);
  const ids: string[] = [];
  let from = 0;
  for (let row = 0; row < length; row++) {
    const to = from + view.getUint16(HEADER_BYTES + 2 * row, true);
    ids.push(text.slice(from, to));
    from = to;
  }
  return ids;
}

/** The touches of a chunk one by one, to be put together anew. */
export function touchesOf(columns: TouchColumns, messageIds: readonly string[]): Touch[] {
  return messageIds.map((messageId, row) => {
    const sentiment = columns.sentiments[row] as number;
    return {
      identifierId: columns.identifierIds[row] as bigint,
      occurredAtMs: columns.occurredAtMs[row] as number,
      messageId,
      kind: INTERACTION_KINDS[columns.kinds[row] as number] as InteractionKind,
      department: DEPARTMENTS[columns.departments[row] as number] as Department,
      channel: CHANNELS[columns.channels[row] as number] as Channel,
      direction: DIRECTIONS[columns.directions[row] as number] as Direction,
      name: columns.nameTexts[columns.names[row] as number] as string,
      sentiment: sentiment === NO_SENTIMENT ? null : sentiment / SENTIMENT_STEPS,
    };
  });
}

function countOf(encoded: Uint8Array): number {
  const view = viewOf(encoded);
  const version = view.getUint32(0, true);
  if (version !== VERSION) throw new RangeError(`A chunk of touches has the version ${version}, which this program does not know.`);
  return view.getUint32(4, true);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function textOf({ buffer, byteOffset, byteLength }: Uint8Array, from: number): string {
  return Buffer.from(buffer, byteOffset + from, byteLength - from).toString();
}
