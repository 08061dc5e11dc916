import type { Field } from '../../../src/identity/matching/field';
import { type RecordTable, RecordTableBuilder } from '../../../src/identity/matching/recordTable';
import type { Role } from '../../../src/identity/matching/roles';

/** One field a role, each read from the column of its own. */
export function fieldsFor(roles: readonly Role[]): readonly Field[] {
  return roles.map((role, column) => ({ name: role, role, origin: { kind: 'whole', column } }));
}

/** A table of records given column by column, all of one source unless sources are given. */
export function tableOf(roles: readonly Role[], records: readonly (readonly string[])[], sources: readonly string[] = []): RecordTable {
  const builder = new RecordTableBuilder(fieldsFor(roles), records.length);
  for (const [index, record] of records.entries()) builder.add(record, sources[index] ?? '');
  return builder.build();
}
