import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { ColumnSketch } from '../identity/matching/guessRoles';
import { Refusal } from '../kernel/refusals';
import { type CsvShape, readCsvShape } from './csvHeader';

/** What DuckDB may take before it goes on in files. */
const MEMORY_LIMIT = '300MB';
const THREADS = '2';
const SAMPLES = 500;
const NAMED_REPEATS = 3;

/** A record as it stands in the file: its line counted from 0 behind the header, and its columns, missing ones empty. */
export interface CsvRecord {
  readonly line: number;
  readonly columns: readonly string[];
}

/** A CSV's records in DuckDB: read once, checked on the way, then counted, sketched and read in order. */
export class CsvSnapshot {
  private constructor(
    readonly header: readonly string[],
    readonly records: number,
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  /** Reads the file; `scratchFolder` is where DuckDB puts what its memory does not hold. */
  static async open(path: string, scratchFolder: string): Promise<CsvSnapshot> {
    const shape = await readCsvShape(path);
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: MEMORY_LIMIT,
      threads: THREADS,
      temp_directory: scratchFolder,
    });
    const connection = await instance.connect();
    try {
      await connection.run(loadStatement(path, shape));
    } catch (error) {
      instance.closeSync();
      throw asRefusal(error, path);
    }
    const [[records] = []] = await rowsOf(connection, 'select count(*)::int from record');
    return new CsvSnapshot(shape.header, Number(records), instance, connection);
  }

  /** What is known of each column. */
  async sketch(): Promise<readonly ColumnSketch[]> {
    const sketches: ColumnSketch[] = [];
    for (const [index, name] of this.header.entries()) {
      const column = columnName(index);
      const [[known, distinct] = []] = await rowsOf(
        this.connection,
        `select count(record.${column})::int, count(distinct record.${column})::int from record`,
      );
      const samples = await rowsOf(
        this.connection,
        `select distinct record.${column}, hash(record.${column}) from record where record.${column} is not null order by 2, 1 limit ${SAMPLES}`,
      );
      sketches.push({
        name,
        records: this.records,
        known: Number(known),
        distinct: Number(distinct),
        samples: samples.map(([value]) => String(value)),
      });
    }
    return sketches;
  }

  /** Some values of a column that stand on several records; an empty one for records without any. */
  async repeated(column: number): Promise<readonly string[]> {
    const name = columnName(column);
    const rows = await rowsOf(
      this.connection,
      `select record.${name} from record group by 1 having count(*) > 1 or record.${name} is null order by 1 limit ${NAMED_REPEATS}`,
    );
    return rows.map(([value]) => (value === null ? '' : String(value)));
  }

  /** All records, sorted by one column, or by all of them: an order that does not depend on the file's. Batches of a few thousand. */
  async *sorted(by: number | 'all'): AsyncGenerator<readonly CsvRecord[]> {
    const columns = this.header.map((_, index) => `record.${columnName(index)}`);
    const order = by === 'all' ? columns : [`record.${columnName(by)}`];
    const result = await this.connection.stream(
      `select record.line, ${columns.join(', ')} from record order by ${order.join(', ')}, record.line`,
    );
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      const values = chunk.getColumns();
      yield Array.from({ length: chunk.rowCount }, (_, row) => ({
        line: Number(values[0]?.[row]),
        columns: values.slice(1).map((column) => (column[row] as string | null) ?? ''),
      }));
    }
  }

  /** Some columns of all records, one list a column, in batches of a few thousand records as they stand in the file; missing values are empty. */
  async *inFileOrder(columns: readonly number[]): AsyncGenerator<readonly (readonly string[])[]> {
    const names = columns.map((column) => `coalesce(record.${columnName(column)}, '')`);
    const result = await this.connection.stream(`select ${names.join(', ')} from record order by record.line`);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      yield chunk.getColumns() as string[][];
    }
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

function columnName(index: number): string {
  return `c${index}`;
}

/** DuckDB's reader, told everything: what it would guess from the first lines it guesses wrong where those are broken. */
function loadStatement(path: string, { header, delimiter, isGzip }: CsvShape): string {
  const columns = header.map((_, index) => `'${columnName(index)}': 'VARCHAR'`).join(', ');
  return `
    create table record as
    select (row_number() over () - 1)::int as line, source.*
    from read_csv(
      ${quoted(path)}, auto_detect = false, header = true, delim = ${quoted(delimiter)}, quote = '"', escape = '"', strict_mode = true,
      compression = '${isGzip ? 'gzip' : 'none'}', columns = {${columns}}
    ) as source`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

async function rowsOf(connection: DuckDBConnection, statement: string): Promise<readonly (readonly unknown[])[]> {
  return (await connection.runAndReadAll(statement)).getRows();
}

/** DuckDB's errors have no codes, only texts; the line that is at fault is left out of them, for it holds somebody's data. */
function asRefusal(error: unknown, path: string): unknown {
  const text = String(error);
  const [first = '', ...rest] = text
    .replace(/^Error: /, '')
    .split('\n')
    .filter((line) => !line.startsWith('Original Line'));
  if (/unicode|utf-?8/i.test(text)) return new Refusal('CSV_ENCODING', `${path} is not in UTF-8: ${first}`);
  if (/CSV Error/.test(first))
    return new Refusal('CSV_BROKEN', `${path}: ${first} ${rest.find((line) => /Expected|quote|found/i.test(line)) ?? ''}`);
  if (/IO Error|Cannot open|gzip|decompress/i.test(first)) return new Refusal('FILE_UNREADABLE', `${path}: ${first}`);
  return error;
}
