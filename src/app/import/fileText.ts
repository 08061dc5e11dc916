import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FileFault } from './importRow';

/** A file that is being read, or standard input. */
export interface OpenFile {
  readonly stream: Readable;
  /** Null where nobody can know. */
  readonly totalBytes: number | null;
}

export function openFile(path: string): OpenFile {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) throw new FileFault(`${path} is no file.`);
    return { stream: createReadStream(path, { highWaterMark: 1 << 18 }), totalBytes: stat.size };
  } catch (error) {
    throw error instanceof FileFault ? error : new FileFault(`${path} can't be read: ${(error as Error).message}`, { cause: error });
  }
}

/** SHA-256 of what the file holds, as it is on disk. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of openFile(path).stream) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const GZIP_MAGIC = [0x1f, 0x8b] as const;
const UTF16_LITTLE_ENDIAN = [0xff, 0xfe] as const;

/**
 * The text of a file, piece by piece, unpacked where it is gzip and without its byte order mark. `onBytes` is told of bytes as they are on disk.
 * Throws FileFault for what is no text of the encoding (UTF-8 unless a byte order mark or `encoding`, a label of the Encoding Standard, says
 * otherwise) and for gzip that is broken or cut off, after all the text before.
 */
export async function* textOf(
  stream: Readable,
  { encoding, onBytes }: { readonly encoding: string | null; readonly onBytes: (bytes: number) => void },
): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  for await (const chunk of unpacked(stream, onBytes)) {
    decoder ??= decoderFor(encoding, chunk);
    yield decoded(decoder, chunk);
  }
  if (decoder) yield decoded(decoder, null);
}

function decoderFor(encoding: string | null, start: Buffer): TextDecoder {
  const label = encoding ?? (startsWith(start, UTF16_LITTLE_ENDIAN) ? 'utf-16le' : 'utf-8');
  try {
    return new TextDecoder(label, { fatal: true });
  } catch (error) {
    throw new FileFault(`There is no encoding "${label}"; try utf-8, utf-16le or windows-1252.`, { cause: error });
  }
}

function decoded(decoder: TextDecoder, chunk: Buffer | null): string {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch (error) {
    throw new FileFault(`The file is no ${decoder.encoding} text; say how it is written, such as --encoding windows-1252.`, {
      cause: error,
    });
  }
}

async function* unpacked(stream: Readable, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  const chunks = counted(stream, onBytes);
  const first = await chunks.next();
  if (first.done) return;
  const all = startingWith(first.value, chunks);
  if (startsWith(first.value, GZIP_MAGIC)) yield* gunzipped(all);
  else yield* all;
}

async function* counted(stream: Readable, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    onBytes(chunk.length);
    yield chunk;
  }
}

async function* startingWith(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

async function* gunzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  pipeline(Readable.from(chunks), gunzip, () => undefined);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('Z_')) throw error;
    throw new FileFault(`The gzip is cut off or broken (${message}).`, { cause: error });
  }
}

function startsWith(bytes: Buffer, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}
