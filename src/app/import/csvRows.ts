import type { Json, JsonObject } from '../../kernel/json';
import { CsvReader, countFault, fits, type ReadCells } from './csvReader';
import type { FileLine } from './fileLines';
import { FileFault, type ImportRow } from './importRow';

export interface CsvOptions {
  /** Null: the one of `,`, `;`, tab and `|` that the first line holds most of. */
  readonly delimiter: string | null;
  /** Names of columns for a file that has none; null: its first line has them. */
  readonly columns: readonly string[] | null;
}

const DELIMITERS = [',', ';', '\t', '|'];
/** What is no name of a column, but somebody's data. */
const DATA_LIKE = /^(?:[^\s@]+@[^\s@]+\.[^\s@]+|[+-]?[\d.,:/ -]*\d[\d.,:/ -]*|true|false)$/i;

/**
 * The records of a CSV (RFC 4180, with any delimiter). A row that can't be read costs no other row: after a broken quote reading starts
 * anew with the next line. Throws FileFault for a first line that names no columns.
 */
export async function* csvRows(lines: AsyncIterable<FileLine>, options: CsvOptions): AsyncGenerator<ImportRow> {
  let columns = options.columns;
  let delimiter = options.delimiter;
  let reader: CsvReader | null = null;
  let row = 0;
  for await (const line of lines) {
    delimiter ??= guessDelimiter(line.text);
    reader ??= new CsvReader(delimiter, () => columns?.length ?? null);
    for (const read of reader.read(line)) {
      if (columns === null) columns = columnNames(read);
      else if (holdsSomething(read)) yield rowOf(read, columns, ++row);
    }
  }
  for (const read of (await reader?.end()) ?? []) {
    if (columns === null) columns = columnNames(read);
    else if (holdsSomething(read)) yield rowOf(read, columns, ++row);
  }
}

/** Spreadsheets end with rows of empty cells. */
function holdsSomething(read: ReadCells): boolean {
  return 'unreadable' in read || read.cells.some((cell) => cell.trim() !== '');
}

function rowOf(read: ReadCells, columns: readonly string[], row: number): ImportRow {
  const { line } = read;
  if ('unreadable' in read) return { row, line, unreadable: read.unreadable };
  if (!fits(read.cells, columns.length)) return { row, line, unreadable: countFault(read.cells, columns.length) };
  const record: Record<string, Json> = Object.create(null);
  for (const [index, column] of columns.entries()) record[column] = read.cells[index] as string;
  return { row, line, record: record as JsonObject };
}

function columnNames(read: ReadCells): readonly string[] {
  if ('unreadable' in read) throw new FileFault(`The first line can't be read: ${read.unreadable}`);
  const names = read.cells.map((cell) => cell.trim());
  while (names.at(-1) === '') names.pop();
  const fault = faultOfNames(names);
  if (fault) throw new FileFault(`The first line does not name the columns: ${fault} Give their names by --columns id,email,….`);
  return names;
}

function faultOfNames(names: readonly string[]): string | null {
  if (names.length === 0) return 'it is empty.';
  const data = names.find((name) => DATA_LIKE.test(name));
  if (data !== undefined) return `“${data}” looks like a value.`;
  const empty = names.indexOf('');
  if (empty >= 0) return `column ${empty + 1} has none.`;
  const double = names.find((name, index) => names.indexOf(name) < index);
  return double === undefined ? null : `“${double}” stands there twice.`;
}

function guessDelimiter(header: string): string {
  const unquoted = header.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => unquoted.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] as string;
}
