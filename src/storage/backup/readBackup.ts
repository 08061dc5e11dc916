import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { Refusal } from '../../kernel/refusals';
import { aloneOnDatabase } from '../aloneOnDatabase';
import { ownerConnection } from '../pool';
import { type BackupEnd, type BackupHead, BackupReader } from './backupFormat';
import { appliedMigrations, backupTables, copyInto, isEmpty, setSequence, takeTransactionsOver } from './backupTables';

const SETTINGS = ['row_security=off', 'statement_timeout=0', 'lock_timeout=10000'];

export interface RestoredBackup {
  readonly tables: number;
  /** When the backup was made. */
  readonly createdAt: string;
}

/**
 * Reads a backup into a database that is migrated and has nothing in it: all of it or, where it throws, nothing. Refuses with BACKUP_BROKEN,
 * BACKUP_OF_OTHER_VERSION, DATABASE_NOT_EMPTY or FILE_UNREADABLE. Needs the owner's rights.
 */
export function readBackup(databaseUrl: string, file: string): Promise<RestoredBackup> {
  return aloneOnDatabase(databaseUrl, async () => {
    const client = new pg.Client({ ...ownerConnection(databaseUrl, SETTINGS), application_name: 'throughline restore' });
    await client.connect();
    try {
      await client.query('begin');
      const restored = await restore(client, new BackupReader(decompressed(file)));
      await client.query('commit');
      await client.query('analyze');
      return restored;
    } finally {
      await client.end();
    }
  });
}

async function restore(client: pg.Client, reader: BackupReader): Promise<RestoredBackup> {
  const head = await reader.head();
  refuseOtherVersion(head, await appliedMigrations(client));
  const known = await backupTables(client);
  if (!(await isEmpty(client, known))) throw new Refusal('DATABASE_NOT_EMPTY');
  const columnsOf = new Map(known.map(({ table, columns }) => [table, columns.join()]));
  let tables = 0;
  for (let part = await reader.next(); ; part = await reader.next()) {
    if ('end' in part) return await finish(client, part, { tables, createdAt: head.createdAt });
    if (columnsOf.get(part.table) !== part.columns.join()) throw new Refusal('BACKUP_BROKEN');
    await pipeline(Readable.from(reader.pieces()), client.query(from(copyInto(part))));
    await takeTransactionsOver(client, part);
    tables++;
  }
}

async function finish(client: pg.Client, end: BackupEnd, restored: RestoredBackup): Promise<RestoredBackup> {
  if (end.tables !== restored.tables) throw new Refusal('BACKUP_BROKEN');
  for (const sequence of end.sequences) await setSequence(client, sequence);
  return restored;
}

function refuseOtherVersion({ migrations }: BackupHead, applied: readonly string[]): void {
  const missing = migrations.filter((name) => !applied.includes(name));
  const added = applied.filter((name) => !migrations.includes(name));
  if (missing.length + added.length === 0) return;
  const what = missing.length > 0 ? `The database lacks ${missing.join(', ')}` : `The backup lacks ${added.join(', ')}`;
  throw new Refusal(
    'BACKUP_OF_OTHER_VERSION',
    `${what}: the backup was made by another version. Restore it with that one, and then start this one on it.`,
  );
}

async function* decompressed(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(new Refusal('FILE_UNREADABLE', `${file} cannot be read: ${error.message}.`)));
  yield* source.pipe(gunzip) as AsyncIterable<Buffer>;
}
