/**
 * PostgreSQL's binary array format (array_recv), for `insert … select from unnest($1::int4[], …)`: under row-level security COPY is
 * not available, and arrays in binary come close to it. `pg` sends a Buffer parameter in binary format.
 */
const OIDS = { bool: 16, bytea: 17, int8: 20, int2: 21, int4: 23, text: 25, json: 114, timestamptz: 1184, uuid: 2950 } as const;

/** 1 January 2000 UTC, from which PostgreSQL counts microseconds. */
const POSTGRES_EPOCH_MS = 946_684_800_000;

const HEADER_BYTES = 20;

export const encodeInt2Array = (values: readonly (number | null)[]): Buffer =>
  fixed(OIDS.int2, 2, values, (buffer, at, value) => buffer.writeInt16BE(value, at));

export const encodeInt4Array = (values: readonly (number | null)[]): Buffer =>
  fixed(OIDS.int4, 4, values, (buffer, at, value) => buffer.writeInt32BE(value, at));

export const encodeInt8Array = (values: readonly (bigint | null)[]): Buffer =>
  fixed(OIDS.int8, 8, values, (buffer, at, value) => buffer.writeBigInt64BE(value, at));

export const encodeBooleanArray = (values: readonly (boolean | null)[]): Buffer =>
  fixed(OIDS.bool, 1, values, (buffer, at, value) => buffer.writeUInt8(value ? 1 : 0, at));

/** From milliseconds since 1970; exact for the years 1970 to 2285, where microseconds still fit 2^53. */
export const encodeTimestamptzArray = (values: readonly (number | null)[]): Buffer => fixed(OIDS.timestamptz, 8, values, writeTimestamp);

/** From UUIDs in their usual 36 character text. */
export const encodeUuidArray = (values: readonly (string | null)[]): Buffer => fixed(OIDS.uuid, 16, values, writeUuid);

export const encodeTextArray = (values: readonly (string | null)[]): Buffer => texts(OIDS.text, values);

/** From JSON texts. */
export const encodeJsonArray = (values: readonly (string | null)[]): Buffer => texts(OIDS.json, values);

export function encodeByteaArray(values: readonly (Uint8Array | null)[]): Buffer {
  if (values.length === 0) return empty(OIDS.bytea);
  let size = HEADER_BYTES;
  for (const value of values) size += 4 + (value?.length ?? 0);
  const buffer = Buffer.allocUnsafe(size);
  let at = writeHeader(buffer, OIDS.bytea, values);
  for (const value of values) {
    at = buffer.writeInt32BE(value === null ? -1 : value.length, at);
    if (value !== null) {
      buffer.set(value, at);
      at += value.length;
    }
  }
  return buffer;
}

function fixed<T>(oid: number, size: number, values: readonly (T | null)[], write: (buffer: Buffer, at: number, value: T) => void): Buffer {
  if (values.length === 0) return empty(oid);
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + values.length * (4 + size));
  let at = writeHeader(buffer, oid, values);
  for (const value of values) {
    if (value === null) {
      at = buffer.writeInt32BE(-1, at);
      continue;
    }
    buffer.writeInt32BE(size, at);
    write(buffer, at + 4, value);
    at += 4 + size;
  }
  return buffer.subarray(0, at);
}

function texts(oid: number, values: readonly (string | null)[]): Buffer {
  if (values.length === 0) return empty(oid);
  let characters = 0;
  for (const value of values) characters += value?.length ?? 0;
  // A UTF-16 unit takes at most three bytes in UTF-8.
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + values.length * 4 + characters * 3);
  let at = writeHeader(buffer, oid, values);
  for (const value of values) {
    if (value === null) {
      at = buffer.writeInt32BE(-1, at);
      continue;
    }
    const bytes = buffer.write(value, at + 4);
    buffer.writeInt32BE(bytes, at);
    at += 4 + bytes;
  }
  return buffer.subarray(0, at);
}

/** No dimensions, no nulls, element type. */
function empty(oid: number): Buffer {
  const buffer = Buffer.alloc(12);
  buffer.writeInt32BE(oid, 8);
  return buffer;
}

/** Dimensions, whether there are nulls, element type; then length and lower bound of the one dimension. */
function writeHeader(buffer: Buffer, oid: number, values: readonly unknown[]): number {
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  buffer.writeInt32BE(oid, 8);
  buffer.writeInt32BE(values.length, 12);
  buffer.writeInt32BE(1, 16);
  return HEADER_BYTES;
}

/** Microseconds in two halves, which spares a BigInt for each value. */
export function writeTimestamp(buffer: Buffer, at: number, valueMs: number): void {
  const microseconds = (valueMs - POSTGRES_EPOCH_MS) * 1000;
  const high = Math.floor(microseconds / 4_294_967_296);
  buffer.writeInt32BE(high, at);
  buffer.writeUInt32BE(microseconds - high * 4_294_967_296, at + 4);
}

/** Where the two digits of each byte stand in a UUID's text. */
const UUID_DIGITS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;
const DIGIT_VALUES = Uint8Array.from({ length: 128 }, (_, code) => Number.parseInt(String.fromCharCode(code), 16) || 0);

export function writeUuid(buffer: Buffer, at: number, uuid: string): void {
  let to = at;
  for (const from of UUID_DIGITS) {
    buffer[to++] = ((DIGIT_VALUES[uuid.charCodeAt(from)] as number) << 4) | (DIGIT_VALUES[uuid.charCodeAt(from + 1)] as number);
  }
}
