import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { Refusal } from '../kernel/refusals';

const GZIP_MAGIC = [0x1f, 0x8b] as const;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/**
 * The body as JSON text in UTF-8: decompressed (gzip, deflate, br; gzip also where no header says so, as a beacon can't set one) and
 * without a byte order mark. Reads no more than `maxBytes` out of a compressed body, whatever it claims to hold.
 * Refuses with BODY_ENCODING or BODY_TOO_LARGE.
 */
export function decodeBody(raw: Buffer, encoding: string | undefined, maxBytes: number): Buffer {
  const bytes = decompress(raw, encoding?.trim().toLowerCase() ?? '', maxBytes);
  if (bytes.length > maxBytes) throw new Refusal('BODY_TOO_LARGE');
  if (!isUtf8(bytes)) throw new Refusal('BODY_ENCODING', 'The body is no UTF-8.');
  return startsWith(bytes, BYTE_ORDER_MARK) ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
}

function decompress(raw: Buffer, encoding: string, maxBytes: number): Buffer {
  const limit = { maxOutputLength: maxBytes };
  try {
    if (encoding === 'gzip' || encoding === 'x-gzip' || startsWith(raw, GZIP_MAGIC)) return gunzipSync(raw, limit);
    if (encoding === 'deflate') return isZlibStream(raw) ? inflateSync(raw, limit) : inflateRawSync(raw, limit);
    if (encoding === 'br') return brotliDecompressSync(raw, limit);
  } catch (error) {
    if (isOverLimit(error)) throw new Refusal('BODY_TOO_LARGE');
    throw new Refusal('BODY_ENCODING', `The body could not be decompressed as ${encoding || 'gzip'}.`);
  }
  if (encoding === '' || encoding === 'identity') return raw;
  throw new Refusal('BODY_ENCODING', 'The content-encoding is none of gzip, deflate, br, identity.');
}

/** RFC 1950: compression method 8, and the first two bytes a multiple of 31. Some clients send deflate without that header. */
function isZlibStream(raw: Buffer): boolean {
  return raw.length > 1 && ((raw[0] as number) & 0x0f) === 8 && raw.readUInt16BE(0) % 31 === 0;
}

function startsWith(bytes: Buffer, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

function isOverLimit(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
}
