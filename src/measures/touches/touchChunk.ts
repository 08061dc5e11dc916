import { CHANNEL_CODES, DEPARTMENT_CODES, DIRECTION_CODES, KIND_CODES } from '../../kernel/vocabularyCodes';
import { columnOffsets, HEADER_BYTES, MOST_TOUCHES, NO_SENTIMENT, SENTIMENT_STEPS, VERSION } from './chunkLayout';
import { compareTouches, type Touch } from './touch';

/** Touches as columns: what reports read, and apart from it the message ids, which only ties need. In the order of `compareTouches`. */
export interface TouchChunk {
  readonly touches: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly columns: Buffer;
  readonly messageIds: Buffer;
}

/** At least one touch and at most `MOST_TOUCHES`, in any order. */
export function encodeTouchChunk(unordered: readonly Touch[]): TouchChunk {
  const touches = isOrdered(unordered) ? unordered : [...unordered].sort(compareTouches);
  const [first, last] = [touches[0], touches.at(-1)];
  if (!first || !last || touches.length > MOST_TOUCHES) throw new RangeError(`A chunk can not hold ${touches.length} touches.`);
  return {
    touches: touches.length,
    firstAtMs: first.occurredAtMs,
    lastAtMs: last.occurredAtMs,
    columns: encodeColumns(touches),
    messageIds: encodeMessageIds(touches),
  };
}

function isOrdered(touches: readonly Touch[]): boolean {
  for (let index = 1; index < touches.length; index++) {
    if (compareTouches(touches[index - 1] as Touch, touches[index] as Touch) > 0) return false;
  }
  return true;
}

function encodeColumns(touches: readonly Touch[]): Buffer {
  const names = new Map<string, number>();
  const nameCodes = touches.map(({ name }) => codeOf(names, name));
  const dictionary = Buffer.from(JSON.stringify([...names.keys()]));
  const count = touches.length;
  const at = columnOffsets(count);
  const bytes = new ArrayBuffer(at.end + dictionary.length);
  new Uint32Array(bytes, 0, HEADER_BYTES / 4).set([VERSION, count]);
  const occurredAtMs = new Float64Array(bytes, at.occurredAtMs, count);
  const identifierIds = new BigInt64Array(bytes, at.identifierIds, count);
  new Uint16Array(bytes, at.names, count).set(nameCodes);
  const codes = new Uint8Array(bytes);
  const sentiments = new Int8Array(bytes, at.sentiments, count);
  for (let row = 0; row < count; row++) {
    const touch = touches[row] as Touch;
    occurredAtMs[row] = touch.occurredAtMs;
    identifierIds[row] = touch.identifierId;
    codes[at.kinds + row] = KIND_CODES[touch.kind];
    codes[at.departments + row] = DEPARTMENT_CODES[touch.department];
    codes[at.channels + row] = CHANNEL_CODES[touch.channel];
    codes[at.directions + row] = DIRECTION_CODES[touch.direction];
    sentiments[row] = touch.sentiment === null ? NO_SENTIMENT : Math.round(touch.sentiment * SENTIMENT_STEPS);
  }
  codes.set(dictionary, at.end);
  return Buffer.from(bytes);
}

/** Lengths in UTF-16 units, two bytes each, and then all ids in one text: one conversion for all of them. */
function encodeMessageIds(touches: readonly Touch[]): Buffer {
  const text = Buffer.from(touches.map(({ messageId }) => messageId).join(''));
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + touches.length * 2 + text.length);
  bytes.writeUInt32LE(VERSION, 0);
  bytes.writeUInt32LE(touches.length, 4);
  for (let row = 0; row < touches.length; row++) bytes.writeUInt16LE((touches[row] as Touch).messageId.length, HEADER_BYTES + row * 2);
  bytes.set(text, HEADER_BYTES + touches.length * 2);
  return bytes;
}

function codeOf(codes: Map<string, number>, value: string): number {
  const known = codes.get(value);
  if (known !== undefined) return known;
  codes.set(value, codes.size);
  return codes.size - 1;
}
