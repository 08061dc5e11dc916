import { Refusal } from '../../kernel/refusals';
import { CsvReader } from '../import/csvReader';
import { linesOf } from '../import/fileLines';
import { openFile, textOf } from '../import/fileText';
import { FileFault } from '../import/importRow';

/** A line's cells, and where it stands, from 1. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

const DELIMITERS = [',', ';', '\t', '|'];

/** All rows of a file, the one that may name the columns included: any delimiter, or blanks between the columns; gzip is unpacked. */
export async function* rowsOf(path: string): AsyncGenerator<Row> {
  try {
    const { stream } = openFile(path);
    yield* cellsOf(linesOf(textOf(stream, { encoding: null, onBytes: () => undefined })), path);
  } catch (error) {
    throw error instanceof FileFault ? new Refusal('FILE_UNREADABLE', error.message) : error;
  }
}

async function* cellsOf(lines: ReturnType<typeof linesOf>, path: string): AsyncGenerator<Row> {
  let reader: CsvReader | null = null;
  let delimiter: string | undefined;
  for await (const { line, text } of lines) {
    if (text.trim() === '') continue;
    delimiter ??= delimiterOf(text);
    if (delimiter === ' ') {
      yield { line, cells: text.trim().split(/\s+/) };
      continue;
    }
    reader ??= new CsvReader(delimiter, () => null);
    for (const row of reader.read({ line, text })) yield readable(row, path);
  }
  for (const row of (await reader?.end()) ?? []) yield readable(row, path);
}

function readable(row: ReturnType<CsvReader['read']>[number], path: string): Row {
  if ('unreadable' in row) throw new Refusal('CSV_BROKEN', `${path}, line ${row.line}: ${row.unreadable}`);
  return { line: row.line, cells: row.cells.map((cell) => cell.trim()) };
}

function delimiterOf(line: string): string {
  const bare = line.replace(/"[^"]*"/g, '').trim();
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
  const most = Math.max(...counts);
  return most > 1 ? (DELIMITERS[counts.indexOf(most)] as string) : ' ';
}
