import type { Readable } from 'node:stream';
import { type CsvOptions, csvRows } from './csvRows';
import { type FileLine, linesOf } from './fileLines';
import { textOf } from './fileText';
import type { ImportRow } from './importRow';
import { jsonRows } from './jsonRows';

export interface RowOptions extends CsvOptions {
  /** Null: by `fileName`, else by the first character. */
  readonly format: 'csv' | 'ndjson' | null;
  readonly fileName: string | null;
  readonly encoding: string | null;
  /** Told of bytes as they are on disk. */
  readonly onBytes: (bytes: number) => void;
}

/** The rows of a file, whatever form it has. Throws FileFault where it, or the rest of it, is no use. */
export async function* fileRows(stream: Readable, options: RowOptions): AsyncGenerator<ImportRow> {
  const lines = linesOf(textOf(stream, options));
  const first = await lines.next();
  if (first.done) return;
  const format = options.format ?? formatNamed(options.fileName) ?? (/^\s*[{[]/.test(first.value.text) ? 'ndjson' : 'csv');
  const all = startingWith(first.value, lines);
  yield* format === 'ndjson' ? jsonRows(all) : csvRows(all, options);
}

function formatNamed(fileName: string | null): 'csv' | 'ndjson' | null {
  const name = fileName?.toLowerCase().replace(/\.gz$/, '') ?? '';
  if (/\.(?:csv|tsv)$/.test(name)) return 'csv';
  return /\.(?:ndjson|jsonl)$/.test(name) ? 'ndjson' : null;
}

async function* startingWith(first: FileLine, rest: AsyncIterable<FileLine>): AsyncGenerator<FileLine> {
  yield first;
  yield* rest;
}
