import type { FieldValue } from './comparison/comparison';
import type { Field } from './field';
import { readField } from './readField';
import { comparisonOf } from './roles';

/** What stands in a column where a record has no value. */
export const MISSING = -1;

/** One field of all records: each record's value by its number in `values`. */
export interface FieldColumn {
  readonly field: Field;
  readonly values: readonly FieldValue[];
  /** Record → value, or MISSING. */
  readonly ofRecord: Int32Array;
  /** Value → how many records hold it in this field. */
  readonly counts: Int32Array;
  /** How many records hold a value. */
  readonly known: number;
}

/** Records side by side, their values interned: what the bulk run works on. Records are numbered from 0. */
export interface RecordTable {
  readonly size: number;
  readonly columns: readonly FieldColumn[];
  /** Record → number of its source; all 0 where there is one source only. */
  readonly sourceOf: Int32Array;
}

/** The values of one role, shared by the fields of that role, so that given names and surnames can be compared crosswise. */
class ValuePool {
  readonly values: FieldValue[] = [];
  private readonly byRaw = new Map<string, number>();
  private readonly byText = new Map<string, number>();

  constructor(private readonly prepare: (text: string) => FieldValue | undefined) {}

  numberOf(raw: string): number {
    const known = this.byRaw.get(raw);
    if (known !== undefined) return known;
    const number = this.add(this.prepare(raw));
    this.byRaw.set(raw, number);
    return number;
  }

  /** The raw spellings are needed only while records are added. */
  forgetSpellings(): void {
    this.byRaw.clear();
    this.byText.clear();
  }

  private add(value: FieldValue | undefined): number {
    if (!value) return MISSING;
    const known = this.byText.get(value.text);
    if (known !== undefined) return known;
    this.values.push(value);
    this.byText.set(value.text, this.values.length - 1);
    return this.values.length - 1;
  }
}

/** Builds a record table record by record. */
export class RecordTableBuilder {
  private readonly pools = new Map<string, ValuePool>();
  private readonly columns: { field: Field; pool: ValuePool; ofRecord: Int32Array }[];
  private readonly sources = new Map<string, number>();
  private readonly sourceOf: Int32Array;
  private added = 0;

  constructor(
    fields: readonly Field[],
    private readonly size: number,
  ) {
    this.sourceOf = new Int32Array(size);
    this.columns = fields.map((field) => ({ field, pool: this.poolOf(field), ofRecord: new Int32Array(size).fill(MISSING) }));
  }

  /** Takes the next record: its columns as read, missing ones empty, and the name of its source. */
  add(columns: readonly string[], source: string): void {
    for (const { field, pool, ofRecord } of this.columns) {
      const text = readField(field.origin, columns);
      ofRecord[this.added] = text === '' ? MISSING : pool.numberOf(text);
    }
    const sourceNumber = this.sources.get(source) ?? this.sources.size;
    this.sources.set(source, sourceNumber);
    this.sourceOf[this.added] = sourceNumber;
    this.added++;
  }

  build(): RecordTable {
    for (const pool of this.pools.values()) pool.forgetSpellings();
    const columns = this.columns.map(({ field, pool, ofRecord }) => {
      const counts = new Int32Array(pool.values.length);
      let known = 0;
      for (const value of ofRecord) {
        if (value === MISSING) continue;
        counts[value] = (counts[value] as number) + 1;
        known++;
      }
      return { field, values: pool.values, ofRecord, counts, known };
    });
    return { size: this.size, columns, sourceOf: this.sourceOf };
  }

  private poolOf(field: Field): ValuePool {
    const comparison = comparisonOf(field.role);
    const key = field.role === 'givenName' || field.role === 'surname' ? 'name' : field.name;
    const known = this.pools.get(key);
    if (known) return known;
    const pool = new ValuePool((text) => comparison.prepare(text));
    this.pools.set(key, pool);
    return pool;
  }
}
