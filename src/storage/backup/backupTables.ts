import type { ClientBase } from 'pg';
import pg from 'pg';

/** A table with the columns that are stored in it, in a fixed order. */
export interface BackupTable {
  readonly table: string;
  readonly columns: readonly string[];
}

/** A sequence, also one of an identity column, and where it stands. */
export interface BackupSequence {
  readonly sequence: string;
  readonly lastValue: string;
  readonly isCalled: boolean;
}

/** All of ours: not the record of migrations, which says what a backup is of, nor the queue, which is filled again from the inbox. */
export async function backupTables(client: ClientBase): Promise<readonly BackupTable[]> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(`
    select c.relname::text as "table", array_agg(a.attname::text order by a.attname) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'schema_migration'
    group by c.relname
    order by c.relname`);
  return rows;
}

/** They do not belong to a transaction: what they answer is at least what any row seen before was given. */
export async function backupSequences(client: ClientBase): Promise<readonly BackupSequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname::text as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'S' and c.relname <> 'schema_migration_id_seq' order by 1`,
  );
  const sequences: BackupSequence[] = [];
  for (const { name } of rows) {
    const read = await client.query<{ last_value: string; is_called: boolean }>(`select last_value, is_called from ${named(name)}`);
    sequences.push({ sequence: name, lastValue: String(read.rows[0]?.last_value), isCalled: read.rows[0]?.is_called ?? false });
  }
  return sequences;
}

export async function setSequence(client: ClientBase, { sequence, lastValue, isCalled }: BackupSequence): Promise<void> {
  await client.query('select setval($1::regclass, $2, $3)', [named(sequence), lastValue, isCalled]);
}

/** Rows that are read in the order of their transactions are all of this one: the numbers of another server's may be ones that this one has yet to come to. */
export async function takeTransactionsOver(client: ClientBase, { table, columns }: BackupTable): Promise<void> {
  if (!columns.includes('transaction_id')) return;
  await client.query(`update ${named(table)} set transaction_id = pg_current_xact_id()::text::bigint`);
}

export async function isEmpty(client: ClientBase, tables: readonly BackupTable[]): Promise<boolean> {
  for (const { table } of tables) {
    const { rows } = await client.query<{ exists: boolean }>(`select exists (select from ${named(table)})`);
    if (rows[0]?.exists) return false;
  }
  return true;
}

export async function appliedMigrations(client: ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>('select m.name from public.schema_migration m order by m.id');
  return rows.map(({ name }) => name);
}

export function copyOut({ table, columns }: BackupTable): string {
  return `copy (select ${columns.map(quoted).join(', ')} from ${named(table)}) to stdout`;
}

export function copyInto({ table, columns }: BackupTable): string {
  return `copy ${named(table)} (${columns.map(quoted).join(', ')}) from stdin`;
}

function named(relation: string): string {
  return `public.${quoted(relation)}`;
}

const quoted = (name: string): string => pg.escapeIdentifier(name);
