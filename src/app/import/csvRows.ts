import { type Parser, parse } from 'csv-parse';
import type { Json, JsonObject } from '../../kernel/json';
import { type FileLine, LONGEST_LINE } from './fileLines';
import { FileFault, type ImportRow } from './importRow';

export interface CsvOptions {
  /** Null: the one of `,`, `;`, tab and `|` that the first line holds most of. */
  readonly delimiter: string | null;
  /** Names of columns for a file that has none; null: its first line has them. */
  readonly columns: readonly string[] | null;
}

/** A quoted cell may hold so many lines; beyond that its quote is taken for one that was never closed. */
const LONGEST_CELL_LINES = 1_000;
const DELIMITERS = [',', ';', '\t', '|'];
/** What is no name of a column, but somebody's data. */
const DATA_LIKE = /^(?:[^\s@]+@[^\s@]+\.[^\s@]+|[+-]?[\d.,:/ -]*\d[\d.,:/ -]*|true|false)$/i;

interface Cells {
  readonly cells: readonly string[];
  /** Bytes that the parser has read up to its end. */
  readonly endByte: number;
}

/** A line that the parser was given, and how many bytes that made. */
interface FedLine extends FileLine {
  readonly endByte: number;
}

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

type ReadCells = { readonly line: number } & ({ readonly cells: readonly string[] } | { readonly unreadable: string });

/** Feeds a parser line by line, remembering the lines of the row that it is in, so as to come back to them when the row is broken. */
class CsvReader {
  private readonly found: Cells[] = [];
  private pending: FedLine[] = [];
  private fedBytes = 0;
  private parser: Parser;

  /** `columns`: how many cells a row has, as soon as that is known. */
  constructor(
    private readonly delimiter: string,
    private readonly columns: () => number | null,
  ) {
    this.parser = this.newParser();
  }

  read(line: FileLine): ReadCells[] {
    const isTooLong = line.text.length > LONGEST_LINE;
    // Blank lines let go of the row before, whose end the parser looks beyond; they are nothing by themselves.
    const bytes = Buffer.from(isTooLong ? '\n\n\n\n' : line.text);
    this.fedBytes += bytes.length;
    this.pending.push({ ...line, endByte: isTooLong ? Number.POSITIVE_INFINITY : this.fedBytes });
    this.parser.write(bytes);
    const rows = this.taken();
    if (!isTooLong || this.pending.length === 0) return rows;
    return [...rows, ...this.refuseFirst(`The line has more than ${LONGEST_LINE.toLocaleString('en')} characters.`)];
  }

  /** What the last lines held. */
  async end(): Promise<ReadCells[]> {
    const rows: ReadCells[] = [];
    do {
      const { parser } = this;
      await new Promise<void>((resolve) => parser.once('close', resolve).end());
      rows.push(...this.taken());
      if (this.parser === parser) this.pending = [];
    } while (this.pending.length > 0);
    return rows;
  }

  private taken(): ReadCells[] {
    const rows: ReadCells[] = [];
    const columns = this.columns();
    for (const cells of this.found.splice(0)) {
      const own = this.pending.filter((line) => line.endByte <= cells.endByte);
      // Lines that a stray quote has joined to one row, most likely.
      if (own.length > 1 && !fits(cells.cells, columns)) return [...rows, ...this.refuseFirst(countFault(cells.cells, columns))];
      rows.push(this.complete(cells, own));
    }
    if (this.parser.errored) return [...rows, ...this.refuseFirst(this.parser.errored.message)];
    return this.pending.length > LONGEST_CELL_LINES ? [...rows, ...this.refuseFirst('A quote is not closed.')] : rows;
  }

  /** The row starts where the one before ended; blank lines in between are nobody's. */
  private complete({ cells, endByte }: Cells, own: readonly FedLine[]): ReadCells {
    this.pending = this.pending.filter((line) => line.endByte > endByte);
    return { line: (own.find(({ text }) => text.trim() !== '') ?? own[0])?.line ?? 0, cells };
  }

  /** The first line of the broken row is refused; those after it are read as if it had not been there. */
  private refuseFirst(unreadable: string): ReadCells[] {
    const start = this.pending.findIndex(({ text }) => text.trim() !== '');
    const [first, ...rest] = this.pending.slice(Math.max(0, start));
    this.pending = [];
    this.fedBytes = 0;
    this.parser = this.newParser();
    const rows: ReadCells[] = first ? [{ line: first.line, unreadable }] : [];
    for (const line of rest) rows.push(...this.read(line));
    return rows;
  }

  private newParser(): Parser {
    const parser = parse({
      delimiter: this.delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_LINE,
      on_record: (cells: string[], { bytes }) => {
        this.found.push({ cells, endByte: bytes });
        return null;
      },
    });
    // Looked for after each line, in time to read that line anew.
    parser.on('error', () => undefined);
    return parser.resume();
  }
}

function rowOf(read: ReadCells, columns: readonly string[], row: number): ImportRow {
  const { line } = read;
  if ('unreadable' in read) return { row, line, unreadable: read.unreadable };
  if (!fits(read.cells, columns.length)) return { row, line, unreadable: countFault(read.cells, columns.length) };
  const record: Record<string, Json> = Object.create(null);
  for (const [index, column] of columns.entries()) record[column] = read.cells[index] as string;
  return { row, line, record: record as JsonObject };
}

/** Empty cells beyond the last column are nothing. */
function fits(cells: readonly string[], columns: number | null): boolean {
  return columns === null || (cells.length >= columns && cells.slice(columns).every((cell) => cell.trim() === ''));
}

function countFault(cells: readonly string[], columns: number | null): string {
  return `It has ${cells.length} cells; there are ${columns} columns.`;
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
