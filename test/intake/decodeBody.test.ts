import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { decodeBody } from '../../src/intake/decodeBody';

const LIMIT = 100_000;
const TEXT = '{"a":"ä€😀"}';
const BYTES = Buffer.from(TEXT);

describe('decodeBody', () => {
  it.each([
    ['nothing', BYTES, undefined],
    ['identity', BYTES, 'identity'],
    ['gzip', gzipSync(BYTES), 'gzip'],
    ['gzip in capitals with spaces', gzipSync(BYTES), ' GZIP '],
    ['gzip that no header tells of', gzipSync(BYTES), undefined],
    ['deflate with a zlib header', deflateSync(BYTES), 'deflate'],
    ['deflate without one', deflateRawSync(BYTES), 'deflate'],
    ['br', brotliCompressSync(BYTES), 'br'],
    ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), BYTES]), undefined],
  ])('reads a body encoded with %s', (_name, body, encoding) => {
    expect(decodeBody(body, encoding, LIMIT).toString()).toBe(TEXT);
  });

  it.each([
    ['truncated gzip', gzipSync(BYTES).subarray(0, 20), 'gzip', 'BODY_ENCODING'],
    ['gzip that is none', BYTES, 'gzip', 'BODY_ENCODING'],
    ['an encoding nobody knows', BYTES, 'gzip, gzip', 'BODY_ENCODING'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), undefined, 'BODY_ENCODING'],
    ['a surrogate encoded as UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), undefined, 'BODY_ENCODING'],
    ['a body over the limit', Buffer.alloc(LIMIT + 1, 0x20), undefined, 'BODY_TOO_LARGE'],
    ['a gzip bomb', gzipSync(Buffer.alloc(50 * LIMIT, 0x20)), 'gzip', 'BODY_TOO_LARGE'],
    ['a deflate bomb', deflateSync(Buffer.alloc(50 * LIMIT, 0x20)), 'deflate', 'BODY_TOO_LARGE'],
    ['a brotli bomb', brotliCompressSync(Buffer.alloc(50 * LIMIT, 0x20)), 'br', 'BODY_TOO_LARGE'],
  ])('refuses %s', (_name, body, encoding, code) => {
    expect(() => decodeBody(body, encoding, LIMIT)).toThrow(expect.objectContaining({ code }));
  });

  it('takes a body of exactly the limit', () => {
    expect(decodeBody(gzipSync(Buffer.alloc(LIMIT, 0x20)), 'gzip', LIMIT)).toHaveLength(LIMIT);
  });
});
