import type { CsvSnapshot } from '../../bulk/csvSnapshot';
import { type RecordTable, RecordTableBuilder } from '../../identity/matching/recordTable';
import { Refusal } from '../../kernel/refusals';
import type { ColumnPlan } from './planColumns';

/** The records as the model sees them, with what is needed to find them in the file again. */
export interface LoadedTable {
  readonly table: RecordTable;
  readonly ids: readonly string[];
  /** Record → its line in the file. */
  readonly lines: Int32Array;
}

/** More records than this have no room in a block's keys. */
const MOST_RECORDS = 2 ** 21;

/** Reads a snapshot's records in an order of their own, so that the file's order makes no difference. */
export async function loadTable(snapshot: CsvSnapshot, { fields, id, source }: ColumnPlan): Promise<LoadedTable> {
  if (snapshot.records > MOST_RECORDS) throw new Refusal('TOO_MANY_RECORDS', `${snapshot.records} records; ${MOST_RECORDS} are the most.`);
  if (id !== undefined) await checkIds(snapshot, id);
  const builder = new RecordTableBuilder(fields, snapshot.records);
  const ids: string[] = [];
  const lines = new Int32Array(snapshot.records);
  for await (const batch of snapshot.sorted(id ?? 'all')) {
    for (const { line, columns } of batch) {
      lines[ids.length] = line;
      ids.push(id === undefined ? String(line + 1) : (columns[id] as string));
      builder.add(columns, source === undefined ? '' : (columns[source] as string));
    }
  }
  return { table: builder.build(), ids, lines };
}

async function checkIds(snapshot: CsvSnapshot, id: number): Promise<void> {
  const repeated = await snapshot.repeated(id);
  if (repeated.length === 0) return;
  const named = repeated.map((value) => (value === '' ? 'an empty one' : `"${value}"`)).join(', ');
  throw new Refusal(
    'RECORD_ID_REPEATED',
    `The column "${snapshot.header[id]}" is no record id: ${named} stands on several records, or on none.`,
  );
}
