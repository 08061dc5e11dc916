import { type Parser, parse } from 'csv-parse';
import { type FileLine, LONGEST_LINE } from './fileLines';

/** A quoted cell may hold so many lines; beyond that its quote is taken for one that was never closed. */
const LONGEST_CELL_LINES = 1_000;
const UNCLOSED = 'A quote is not closed.';
const TOO_LONG = `It has more than ${LONGEST_LINE.toLocaleString('en')} characters.`;

/** By the codes of csv-parse. */
const FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: UNCLOSED,
  CSV_INVALID_CLOSING_QUOTE: 'A quote is followed by neither the end of the cell nor another quote.',
  INVALID_OPENING_QUOTE: 'A quote stands inside a cell that does not begin with one.',
  CSV_MAX_RECORD_SIZE: TOO_LONG,
};

interface Cells {
  readonly cells: readonly string[];
  /** Bytes that the parser has read up to its end. */
  readonly endByte: number;
}

/** A line that the parser was given, and how many bytes that made. */
interface FedLine extends FileLine {
  readonly endByte: number;
}

/** A row's cells, or why it has none, and the line it begins on. */
export type ReadCells = { readonly line: number } & ({ readonly cells: readonly string[] } | { readonly unreadable: string });

/** Feeds a parser line by line, remembering the lines of the row that it is in, so as to come back to them when the row is broken. */
export class CsvReader {
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
    return [...rows, ...this.refuseFirst(TOO_LONG)];
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
    if (this.parser.errored) return [...rows, ...this.refuseFirst(faultInWords(this.parser.errored))];
    return this.pending.length > LONGEST_CELL_LINES ? [...rows, ...this.refuseFirst(UNCLOSED)] : rows;
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

/** The parser's own words count lines in their own way. */
function faultInWords(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  return FAULTS[code] ?? error.message;
}

/** Empty cells beyond the last column are nothing. */
export function fits(cells: readonly string[], columns: number | null): boolean {
  return columns === null || (cells.length >= columns && cells.slice(columns).every((cell) => cell.trim() === ''));
}

export function countFault(cells: readonly string[], columns: number | null): string {
  return `It has ${cells.length} cells; there are ${columns} columns.`;
}
