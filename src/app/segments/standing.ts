import { crc32 } from 'node:zlib';

/** That a profile is in a segment, as far as planning needs it. */
export interface Standing {
  readonly segmentId: string;
  /** Of the reason that was written, as `checksumOf` has it. */
  readonly checksum: number;
  /** Null where it was not read. */
  readonly enteredAtMs: number | null;
}

const ENTRY_BYTES = 6;

/** Two reasons that differ have the same once in four thousand million times; then the words of before stay. */
export function checksumOf(reason: string): number {
  return crc32(reason);
}

/** `place`: of the segment among all of one version of the definitions. */
export interface Place {
  readonly place: number;
  readonly checksum: number;
}

/** Six bytes a membership: what is kept of a profile's memberships beside the rows themselves, of which there are dozens, here and there. */
export function encodePlaces(places: readonly Place[]): Buffer {
  const bytes = Buffer.allocUnsafe(places.length * ENTRY_BYTES);
  for (const [index, { place, checksum }] of places.entries()) {
    bytes.writeUInt16BE(place, index * ENTRY_BYTES);
    bytes.writeUInt32BE(checksum, index * ENTRY_BYTES + 2);
  }
  return bytes;
}

export function decodePlaces(bytes: Buffer): Place[] {
  return Array.from({ length: bytes.length / ENTRY_BYTES }, (_, index) => ({
    place: bytes.readUInt16BE(index * ENTRY_BYTES),
    checksum: bytes.readUInt32BE(index * ENTRY_BYTES + 2),
  }));
}
