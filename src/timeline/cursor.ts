import { Refusal } from '../kernel/refusals';
import { uuidFromBytes, uuidToBytes } from '../kernel/uuid';

/** A place in a timeline: newest first, and among interactions of one millisecond the greater id first. */
export interface TimelinePlace {
  readonly occurredAtMs: number;
  readonly interactionId: string;
}

/** One byte of version, eight of signed milliseconds, sixteen of the id: 25 bytes, 34 characters, no padding. */
const VERSION = 1;
const BYTES = 25;
const CHARACTERS = 34;
const UUID_AT = 9;
/** The last instant that a Date can hold. */
const LAST_MS = 8.64e15;

/** Opaque to clients, and the same for the same place for ever, so that it stays good under inserts. */
export function encodeCursor(place: TimelinePlace): string {
  const bytes = Buffer.alloc(BYTES);
  bytes[0] = VERSION;
  bytes.writeBigInt64BE(BigInt(place.occurredAtMs), 1);
  bytes.set(uuidToBytes(place.interactionId), UUID_AT);
  return bytes.toString('base64url');
}

/** Refuses with INVALID_CURSOR whatever `encodeCursor` did not make. */
export function decodeCursor(cursor: string): TimelinePlace {
  const bytes = cursor.length === CHARACTERS ? Buffer.from(cursor, 'base64url') : null;
  if (bytes?.length !== BYTES || bytes[0] !== VERSION || bytes.toString('base64url') !== cursor) throw new Refusal('INVALID_CURSOR');
  const occurredAtMs = Number(bytes.readBigInt64BE(1));
  if (Math.abs(occurredAtMs) > LAST_MS) throw new Refusal('INVALID_CURSOR');
  return { occurredAtMs, interactionId: uuidFromBytes(bytes.subarray(UUID_AT)) };
}
