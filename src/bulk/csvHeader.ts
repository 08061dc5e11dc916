import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { Refusal } from '../kernel/refusals';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const LONGEST_HEADER_BYTES = 1 << 20;
const GZIP_MAGIC = [0x1f, 0x8b];

/** How a CSV file is to be read. */
export interface CsvShape {
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly isGzip: boolean;
}

/** Reads a CSV's first line: the columns' names, what stands between them, and whether the file is compressed. */
export async function readCsvShape(path: string): Promise<CsvShape> {
  const isGzip = await startsWithMagic(path);
  const line = await firstLine(path, isGzip);
  if (line.trim() === '') throw new Refusal('FILE_EMPTY', `${path} is empty.`);
  const delimiter = mostFrequent(line);
  const header = splitHeader(line, delimiter).map((name) => name.trim());
  const repeated = header.find((name, index) => name === '' || header.indexOf(name) !== index);
  if (repeated === undefined) return { header, delimiter, isGzip };
  const fault = repeated === '' ? 'A column has no name' : `The column "${repeated}" is there twice`;
  throw new Refusal('CSV_HEADER_INVALID', `${fault} in the first line of ${path}.`);
}

function splitHeader(line: string, delimiter: string): readonly string[] {
  try {
    return (parse(line, { delimiter, bom: true }) as string[][])[0] ?? [];
  } catch (error) {
    throw new Refusal('CSV_HEADER_INVALID', `The first line cannot be read: ${error instanceof Error ? error.message : error}.`);
  }
}

function mostFrequent(line: string): string {
  const bare = line.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

async function startsWithMagic(path: string): Promise<boolean> {
  const start: Buffer[] = [];
  for await (const chunk of reading(path, createReadStream(path, { end: 1 }))) start.push(chunk);
  const bytes = Buffer.concat(start);
  return GZIP_MAGIC.every((byte, index) => bytes[index] === byte);
}

async function firstLine(path: string, isGzip: boolean): Promise<string> {
  const file = createReadStream(path);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of reading(path, isGzip ? file.pipe(createGunzip()) : file)) {
    chunks.push(chunk);
    length += chunk.length;
    if (chunk.includes(0x0a) || length > LONGEST_HEADER_BYTES) break;
  }
  file.destroy();
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  return text.split(/\r\n|\n|\r/, 1)[0] ?? '';
}

async function* reading(path: string, stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* stream;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Refusal('FILE_UNREADABLE', `${path} cannot be read (${reason}).`);
  }
}
